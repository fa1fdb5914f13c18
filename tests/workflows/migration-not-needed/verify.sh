test -s src/a
