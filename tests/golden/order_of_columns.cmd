# further files whose columns stand in another order are read by the names of the first file's
figure() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s %s examples, %s positive, weight %s, mean %.9f\n", $1, $7, $8, $10, $12 }'; }
printf 'score,label,g,w\n.9,1,a,1\n.2,0,b,2\n' >a.csv
printf 'g,w,score,label\na,3,.6,0\nb,4,.35,1\n' >b.csv
figure a.csv b.csv -b g -w w # a: log(1 / .9) and 3 log(1 / .4) over 4
figure a.csv b.csv -p score -y label -b 3
figure a.csv b.csv -w 4 -y label -p score
printf 'id,label,score\n.6,0,.3\n' >c.csv
figure a.csv c.csv -p 1 -y 2 # not the id
printf 'other,label,g,w\n.6,0,a,3\n' >d.csv
figure a.csv d.csv -p 1 -y 2 # the same place, another name
losscope rows a.csv b.csv -q -l ce --keep '*' -f csv
losscope rows b.csv a.csv -q -l ce --keep g,w -f csv
losscope rows a.csv b.csv -q -l ce --keep 3,4 -f csv -o kept.csv
# both lists of columns in another order, labels of several questions
printf 'p_a,p_b,y_a,y_b\n.7,.2,1,0\n' >m.csv
printf 'p_b,p_a,y_b,y_a\n.6,.3,0,1\n' >n.csv
figure m.csv n.csv -p 'p_*' -y 'y_*' --task multilabel # .7 and .3 of positives, .2 and .6 of negatives
# a label that is a number counts columns: which file's?
printf 'p_cat,p_dog,p_cow,label\n.7,.2,.1,0\n.2,.5,.3,1\n' >first.csv
printf 'p_dog,p_cow,p_cat,label\n.3,.6,.1,1\n' >second.csv
figure first.csv second.csv
figure first.csv second.csv --label-base 0 # p_t .7, .5, .3
printf 'p_dog,p_cow,p_cat,label\n.3,.6,.1,dog\n' | figure first.csv -
