printf 'score,label\n1.0000001,1\n-1e-7,0\n.5,0\n' | losscope -l ce
