printf 'score,label\n.5,1\n\nx,1\n.2,-1\n.3,0\n' | losscope --ignore=-1 --bad-rows skip -f json -l ce | grep counts
