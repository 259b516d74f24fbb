printf "p_a,p_b,p_c,label\n.7,.2,.1,a\n.1,.8,.1,2\n" | losscope -f csv -l ce,focal -g 2
