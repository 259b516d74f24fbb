printf 'score,label\n.5,1\n"0.25,0\n' | losscope
