echo 'a new thing' > src/a
