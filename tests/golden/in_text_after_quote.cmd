printf 'score,label\n"0.5"x,1\n' | losscope
