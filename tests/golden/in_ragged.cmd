printf 'score,label\n.5,1\n.25,0,7\n' | losscope
