printf 'score,label\n"[0.1,0.9]",1\n' | losscope
printf 'score,label\n"0,9",1\n' | losscope
printf 'score,label\n"0,9",1\n"0,2",0\n' | losscope --decimal , -f csv -l ce | cut -d, -f7,12
printf 'score;label\n0,9;1\n' | losscope
printf 'score,label\n93.4,1\n' | losscope
printf 'score,label\n93%%,1\n' | losscope
printf 'score,label\n7.5,1\n' | losscope
for missing in NA null None '#N/A' '\N' nan; do printf '%s\n' score,label "$missing,1" | losscope; done
printf 'group,score,label\na\0b,0.9,1\n' | losscope --by group
