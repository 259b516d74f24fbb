printf "score,label\n0.5,1\nabc,0\n" | losscope -q --bad-rows skip -f csv -l ce >/dev/null
