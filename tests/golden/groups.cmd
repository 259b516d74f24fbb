printf "image,score,label\nx,0.9,1\ny,0.2,0\nx,0.6,0\n" | losscope -b image -f csv -l ce
