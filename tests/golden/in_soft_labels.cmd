printf 'score,label\n.5,0.3\n' | losscope
