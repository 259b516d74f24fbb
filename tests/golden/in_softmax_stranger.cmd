printf 'p_a,p_b,label\n.7,.3,c\n' | losscope
