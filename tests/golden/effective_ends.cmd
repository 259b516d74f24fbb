# two rows of almost equal loss near the bottom of the doubles, and weights at both ends of them
printf 'p,label\n1e-160,0\n9e-161,0\n' | losscope -l focal -g 0 -f csv | cut -d, -f11,31,32
for w in 1e-200 1 1e200; do printf "p,label,sample_weight\n0.5,0,$w\n0.25,0,$w\n" | losscope -w sample_weight -l ce -f csv | cut -d, -f31,32 | tail -1; done
# 0 times infinity is 0; infinity over infinity is nothing
printf 'p,label\n0,1\n1,0\n.5,1\n.3,0\n' | losscope --clip 0 -l balanced-ce -a 0 -f csv | cut -d, -f11,16-19
# a loss of 0 has no distribution
printf 'p,label\n.1,1\n.2,1\n.5,1\n' | losscope -l balanced-ce -a 0 -f csv | cut -d, -f11,27-32
