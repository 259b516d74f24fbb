# α = 10 for class a: the positives' losses are 10 ln 2, ln 4, ln 2, 10 ln(10/9), 10 ln(5/4); the hardest of the five holds
# 0.5637197 of them, half lies in 0.1773931 of them; without α 0.4470341 and 0.2473931
cat >classes.csv <<'END'
p_bg,p_a,p_b,label
.3,.5,.2,a
.25,.5,.25,b
.2,.3,.5,b
.05,.9,.05,a
.1,.8,.1,a
.6,.2,.2,bg
END
losscope -p 'p_*' --background bg -l ce,balanced-ce -a a=10 -f csv classes.csv >out.csv
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } { printf "%s %.7f %.7f %.7f %.7f\n", $c["loss"], $c["pos_top20"], $c["pos_half"], $c["neg_top20"], $c["neg_half"] }' out.csv
# one α in every class, the background's too: negatives' loss over all, ln(5/3) / (ln(5/3) + 3.1010928)
losscope -p 'p_*' --background bg -l balanced-ce -a balance --by-class -f csv classes.csv >out.csv
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } { printf "%s %.7f\n", $c["class"], $c["alpha"] }' out.csv
# balanced: each side holds a half, also where 1 − α is 6e-18
printf 'logit,label\n40,1\n0,0\n' | losscope -l balanced-ce -a balance -f csv >out.csv
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } { printf "%s %.9f %.9f %.9f %.9f\n", $c["alpha"], $c["easy_pos"], $c["hard_pos"], $c["easy_neg"], $c["hard_neg"] }' out.csv
# an infinite side, or two: there is no such α
printf 'p,label\n0,1\n1,0\n.5,1\n' | losscope --clip 0 -l balanced-ce,balanced-focal -g 2 -a balance -f tsv | cut -f 2-4,11,14-20
printf 'p,label\n.4,1\n1,0\n.5,1\n' | losscope --clip 0 -l balanced-ce -a balance -f tsv | cut -f 2-4,11,14-20
