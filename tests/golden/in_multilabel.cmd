printf 'p_a,p_b,a,b\n.7,.2,1,0\n.1,.1,0,1\n' | losscope -y a,b -l ce -f csv | cut -d, -f2,7-9,11
