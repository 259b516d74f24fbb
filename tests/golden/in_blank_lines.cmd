printf '\nscore,label\n\n.5,1\n\n\n.25,0\n' | losscope -l ce
