# Stands in for a coding agent: a test a round.
mkdir -p target tests
cat > target/prompt.md
echo true > "tests/$(($(ls tests | wc -l) + 1)).sh"
