printf '  .5   1\n .25   0\n' | losscope -l ce -f csv | cut -d, -f2,7-9,11
