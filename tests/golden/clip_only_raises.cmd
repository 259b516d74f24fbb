# x_t = -702: p_t is 1.3e-305, above 1e-306: its loss stays 702; at 1e-300 it is -ln 1e-300 = 690.7755278982137
for eps in 1e-306 1e-300; do printf 'logit,label\n-702,1\n' | losscope --clip $eps -f json -l ce | grep -o '"clipped": [0-9]*\|"sum": [0-9.]*'; done
printf 'group,logit,label\na,-702,1\n' | losscope --clip 1e-306 --by group -f csv -l ce | cut -d, -f1,11
