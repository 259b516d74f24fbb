# the results of many groups are written as they come: 20,000 groups, 12 results of 40 columns each, in less memory than they would take
awk 'BEGIN { print "score,label,g"; for (i = 0; i < 40000; i++) printf ".%d,%d,g%d\n", i * 7919 % 9 + 1, i % 3 == 0, i % 20000 }' >groups.csv
limit() { ulimit -v 180000; "$@"; }
if (limit losscope --version) >/dev/null 2>&1; then
    (limit losscope -q -j 1 groups.csv -b g -f csv) | cksum >streamed
else
    losscope -q -j 1 groups.csv -b g -f csv | cksum >streamed # a build whose watch needs more
fi
losscope -q groups.csv -b g -f csv --assert 'examples == 40000' 2>/dev/null | cksum | cmp - streamed && echo same
