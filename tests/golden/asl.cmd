printf 'p,label\n0.3,0\n0.3,1\n0.05,0\n0.04,0\n' | losscope -l 'asl(gamma_pos=1,gamma_neg=4,margin=0.05),asl(margin=0),focal(gamma=3)' -f csv | cut -d, -f2-9,11-16
losscope -l 'asl(gamma=2)' samples/anchors.csv
losscope -l 'asl(margin=1.5)' samples/anchors.csv
losscope -l 'asl(margin=0.1' samples/anchors.csv
losscope -l focal-star -g 0,0 samples/anchors.csv
losscope plot fig1 -l asl | grep ASL
