printf 'score,prob,label\n.7,.3,1\n' | losscope
