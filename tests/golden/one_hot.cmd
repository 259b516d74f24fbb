# one label for each class: one-hot with --task softmax, as many questions with --task multilabel
read() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s examples, %s positive, mean %.9f\n", $7, $8, $12 }'; }
printf 'p_a,p_b,p_c,a,b,c\n.7,.2,.1,1,0,0\n.2,.5,.3,0,0,1\n.1,.3,.6,0,0,1\n' >a.csv
read a.csv -y a,b,c
read a.csv -y a,b,c --task softmax
read a.csv -y c,a,b --task softmax # paired by name
read a.csv -y a,b,c --task multilabel
printf 'p_a,p_b,p_c,a,b,c\n.7,.2,.1,1,0,0\n.2,.5,.3,0,1,1\n' | read -y a,b,c --task softmax
printf 'p_a,p_b,p_c,a,b,d\n.7,.2,.1,1,0,0\n' | read -y b,d,a --task multilabel
cut -d, -f1-3 a.csv >p.csv
cut -d, -f4-6 a.csv >y.csv
read p.csv --labels y.csv
read p.csv --labels y.csv --task softmax
read p.csv --labels y.csv --task multilabel
printf 'p_Edema,p_Effusion,Effusion,Edema\n.9,.2,-1,1\n.1,.8,1,\n.7,.6,0,0\n' | read -y 3-4 --ignore=-1 --ignore ''
