losscope -q --ignore=-1 -l 'asl(gamma_neg=4,margin=0.05),focal(gamma=3)' samples/anchors.csv | tail -n +4 | head -n 4
