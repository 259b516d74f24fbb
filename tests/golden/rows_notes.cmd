# rows says of labels and columns what report says
printf 'age,weight,label,prob\n61,81.5,1,0.8\n45,55,0,0.3\n' >w.csv
losscope rows -l ce -f csv --ignore=7 w.csv 2>&1 | grep ^losscope
losscope rows -l ce -f csv --ignore=7 --hardest 1 w.csv 2>&1 | grep ^losscope
losscope rows -l ce -f csv --ignore=7 -q w.csv 2>&1 | grep -c ^losscope
