printf 'p_a,p_b,label\n.7,.7,a\n' | losscope --renormalize -l ce -f csv | cut -d, -f2,7-9,11
