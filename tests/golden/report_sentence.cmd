# of the whole and of the first threshold: easy negatives are .2 alone from .75 on (CE .2231 of 2.4000, FL at γ 2 .0089 of
# .7138: 9.3 and 1.3 %), .2 and .4 from .5 on (.7340 and .0907: 30.6 and 12.7 %)
cat >whole.csv <<'END'
score,label,b
.9,1,x
.2,0,x
.7,0,y
.7,1,TOTAL
.4,0,TOTAL
END
for options in "-e 0.75" "-e 0.75,0.5" "-b b -e 0.75" "-f markdown"; do losscope whole.csv -l ce,focal -g 1,2,5 $options | grep 'γ = '; done
losscope html whole.csv -e 0.75,0.5 -b b | grep -o 'At γ.*</p>'
# a group that is named TOTAL is told by its level
losscope whole.csv -b b -l ce -f csv | awk -F, '{ print $1, $7, $40 }'
# no negatives: nothing is said of them
printf 'score,label\n.9,1\n.4,1\n' | losscope -l ce,focal -g 2 | grep 'γ = '
# classes: the sentence speaks of all of them
losscope inputs/sklearn_names.csv --by-class -l ce,focal -g 2 >both; losscope inputs/sklearn_names.csv -l ce,focal -g 2 >one
grep 'γ = ' both | sed 's/.*/same/' ; [ "$(grep 'γ = ' both)" = "$(grep 'γ = ' one)" ] || echo differs
