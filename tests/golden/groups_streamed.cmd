# the results of many groups are written as they come: 6,000 groups, 12 results of 40 columns each, in less memory than
# they would take at once, as where --assert has to hold them
awk 'BEGIN { print "score,label,g"; for (i = 0; i < 12000; i++) printf ".%d,%d,g%d\n", i * 7919 % 9 + 1, i % 3 == 0, i % 6000 }' >groups.csv
limit() { ulimit -v 60000; "$@"; }
(limit losscope --version) >/dev/null 2>&1 || limit() { "$@"; } # a build whose watch needs more
for form in csv text markdown json; do
    (limit losscope -q -j 1 groups.csv -b g -f $form) | cksum >streamed
    losscope -q groups.csv -b g -f $form --assert 'examples == 12000' 2>/dev/null | cksum | cmp - streamed && echo same
done
# a page shows the groups with the largest shares alone, and holds no more
(limit losscope -q -j 1 groups.csv -b g -f html) | grep -o 'The 50 groups.*of 6000'
head -n 61 groups.csv | losscope -q -b g -f html --top-groups 2 | grep -o 'The 2 groups.*of 60'
