echo score,label | losscope
