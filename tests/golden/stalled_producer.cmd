# a producer that goes on or waits does not delay an error
mkfifo stalled
rows() { printf 'score,label\n'; yes 0.9,1 | head -n 100000; echo x,1; yes 0.9,1 | head -n 100000; }
for filter in cat 'gzip -1'; do
    { rows | $filter; exec sleep 60; } >stalled &
    timeout 20 losscope -j 2 stalled
    echo "status $?"
    kill $!
done
rm stalled
