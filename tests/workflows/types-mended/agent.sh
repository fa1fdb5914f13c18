# Stands in for a coding agent: mends the first file that its prompt names.
mkdir -p target
cat > target/prompt.md
file=$(grep -Eo '^src/[a-z]+' target/prompt.md | head -n 1)
sed 's/oops/fine/' "$file" > target/mended
cp target/mended "$file"
