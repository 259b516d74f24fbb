printf 'id,score,label\n"a\nb",.5,1\nc,x,0\n' | losscope -j 3
