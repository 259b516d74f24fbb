printf "score,label\n0.5,1\nabc,0\n" | losscope
