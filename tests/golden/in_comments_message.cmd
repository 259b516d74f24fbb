printf 'score,label\n.5,1\n# another\n.25,0\n' | losscope
