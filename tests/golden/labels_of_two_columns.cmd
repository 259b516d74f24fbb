# a file of labels whose two columns hold no labels is an error, and no crash
printf 'p\n.5\n.2\n' >p.csv
printf '7.3\n9.3,.ab\n' >y.csv
losscope p.csv --labels y.csv
printf '7.3,.4\n9.3,.6\n' | losscope p.csv --labels -
