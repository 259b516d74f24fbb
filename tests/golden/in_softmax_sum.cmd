printf 'p_a,p_b,label\n.7,.7,a\n' | losscope
