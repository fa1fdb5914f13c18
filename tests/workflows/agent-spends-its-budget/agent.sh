echo 'echo wrong' > src/main.sh
(sleep 2; touch target/late) &
sleep 60
