printf 'p_a,p_b,label\n.7,.3,a\n.4,.6,b\n' | losscope --by-class --task softmax -l ce
