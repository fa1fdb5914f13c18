# Stands in for a coding agent.
mkdir -p target
for file in src/*; do
  sed 's/old/new/g' "$file" > target/changed
  cp target/changed "$file"
done
