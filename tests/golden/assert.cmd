# the figures: easy negatives .2 and .4 of .9 1, .2 0, .7 0, .7 1, .4 0 hold .3058 of CE, .1270 of FL at γ = 2
printf 'score,label,b\n.9,1,x\n.2,0,x\n.7,0,y\n.7,1,y\n.4,0,y\n' >asserted.csv
try() { losscope asserted.csv -f csv "$@" >out; echo "status $?, $(wc -l <out) lines"; }
try -l ce,focal -g 2 --assert 'focal[gamma=2].easy_neg < 0.13' --assert 'ce.easy_neg>=0.3'
try -l ce,focal -g 2 --assert 'focal[gamma=2].easy_neg < 0.12' --assert 'ce.examples == 5'
try -l ce,focal -g 2 --assert 'focal.easy_neg < ce.easy_neg'
try -l focal -g 1,2 --assert '0.15 > focal.easy_neg'
try -l ce -b b --assert 'ce[group=x].hard_neg == 0' --assert 'ce[level=group].share_of_total < 0.7'
try -l 'asl(gamma_pos=0,gamma_neg=4,margin=0.05)' --assert 'asl(gamma_pos=0,gamma_neg=4,margin=0.05)[easy=0.5].examples != 4'
printf 'score,label\n.9,1\n' | losscope -l ce --assert 'ce.per_positive < 1' --assert 'ce.neg_top20 < 1' >out; echo "status $?"
# a class
losscope inputs/sklearn_names.csv --by-class -l ce --assert 'ce[class=cat].examples > 0' --assert 'ce.examples == 24' >out; echo "status $?"
for wrong in 'focal[gamma=3].easy_neg < 1' 'easy_neg' 'focal[gamma].easy_neg < 1' 'focal[gamma=2.easy_neg < 1' 'focal[x=2].easy_neg < 1' 'focal.easy < = 1' 'focal.eazy < 1' '1 < 2' 'poly[gamma=2]easy_neg<1'; do
    try -l focal -g 2 --assert "$wrong"
done
try --dry-run --assert 'ce.sum > 0'
losscope samples/caravan.csv --positive insurance --assert 'ce.mean < 1e' >/dev/null
losscope samples/caravan.csv --positive insurance --assert 'ce.mean < 1 and ce.easy_neg < 1' >/dev/null
losscope samples/caravan.csv --positive insurance --assert 'cee.mean < 1' >/dev/null
losscope samples/caravan.csv --positive insurance --assert 'ce.mean <' >/dev/null
