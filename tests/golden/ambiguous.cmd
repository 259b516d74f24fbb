printf "score,prob,label\n0.5,0.5,1\n" | losscope
