# a carriage return is a line end's, or a mistake, wherever the row is read
printf 'score,label,note\n0.9\r,1,x\n' | losscope
printf 'score,label,note\r\n0.9,1,x\r\n0.2\r,0,x\r\n' | losscope
printf 'score,label,note\n0.9\r,1,"x"\n' | losscope
printf 'score,label,note\n0.9,1\r,x\n' | losscope
printf 'score,label,note\n0.9,1\r,"x"\n' | losscope
