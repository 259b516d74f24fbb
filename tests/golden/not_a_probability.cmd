printf "score,label\n0.5,1\n1.7,0\n" | losscope
