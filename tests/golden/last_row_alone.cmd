printf 'score,label\n0.1,0\n0.5,1\n0.7' | losscope -f csv -l ce
printf 'score,label\n0.1,0\n0.5,1\n0.7' | losscope -f csv -l ce --bad-rows skip | cut -d, -f1-12
