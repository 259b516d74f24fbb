printf "0.9,1\n0.2,0\n" | losscope -f csv -l focal -g 2
