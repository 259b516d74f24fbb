# by hand: sum p y = 1.5, sum p = 1.8, sum y = 2, so dice is 1 - 4 / 4.8, jaccard 1 - 2.5 / 3.3, tversky 1 - 2.5 / 2.94
printf 'p,label,mask\n.9,1,a\n.2,0,a\n.6,1,b\n.1,0,b\n' >masks.csv
losscope -l "dice,jaccard,tversky,focal-tversky(gamma=2),dice(smooth=0)" -f tsv masks.csv | cut -f2,11-13
losscope -l dice -b mask -f tsv masks.csv | cut -f1,2,12
losscope -l dice masks.csv
losscope plot fig1 -l dice
losscope rows -l dice masks.csv
printf 'p_a,p_b,p_c,label\n.7,.2,.1,a\n.1,.8,.1,b\n.3,.3,.4,c\n' | losscope -l dice
losscope -l all,dice masks.csv -f csv | cut -d, -f2 | sort | uniq -c | wc -l
