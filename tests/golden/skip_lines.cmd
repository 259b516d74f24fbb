# mean CE (.105361 + .223144) / 2 = 0.164252
printf 'made by "x"\n\n# rows: 2\nscore,label\n0.9,1\n0.2,0\n' | losscope --skip 3 -f csv -l ce | cut -d, -f7,12
printf 'a line\nscore,label\n0.9,1\nx,0\n' | losscope --skip 1
printf 'score,label\n0.9,1\n' | losscope --skip 5
losscope --skip -1
