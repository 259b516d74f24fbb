printf "p,y\n0.9,1\n0.2,0\n0.6,0\n" | losscope -f json -l ce
