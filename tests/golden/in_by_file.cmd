printf 'score,label\n.9,1\n' >a.csv; printf 'score,label\n.2,0\n' >b.csv; losscope --by-file -l ce a.csv b.csv
