# Stands in for an agent that edits the code under test, adds to it, and removes a file.
mkdir -p tests
echo true > tests/1.sh
echo 'echo wrong' > src/main.sh
echo true > src/more.sh
rm LICENSE
