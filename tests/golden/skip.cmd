printf "score,label\n0.5,1\nabc,0\n,1\n0.25,0\n" | losscope --bad-rows skip -f csv -l ce
