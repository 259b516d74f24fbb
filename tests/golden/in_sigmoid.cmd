printf 'p_a,p_b,label\n.7,.2,a\n.1,.1,none\n' | losscope --task sigmoid --background none -l ce -f csv | cut -d, -f2,7-9,11
