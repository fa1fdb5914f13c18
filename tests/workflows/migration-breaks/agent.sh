: > src/a
