# a producer that goes on or waits does not delay an error
rows() { printf 'score,label\n'; yes 0.9,1 | head -n 100000; echo x,1; yes 0.9,1 | head -n 100000; }
for filter in cat gzip; do
    mkfifo "by_$filter"
    { rows | $filter; exec sleep 60; } >"by_$filter" &
    timeout 20 losscope -j 2 "by_$filter"
    echo "status $?"
    kill $!
done
rm by_cat by_gzip
