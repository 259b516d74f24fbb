# two columns of scores and one of labels: binary, the positive class is the second column's
read() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s examples, %s positive, mean %.9f\n", $7, $8, $12 }'; }
printf 'p_neg,p_pos,label\n.7,.3,neg\n.2,.8,pos\n.6,.4,pos\n' >names.csv
read names.csv
read names.csv --positive neg
read names.csv --negative neg
read names.csv --background pos
read names.csv --task softmax
printf '.7,.3,0\n.2,.8,1\n.6,.4,1\n' | read -p 1,2 -y 3
printf 'p_0,p_1,label\n.7,.3,False\n.2,.8,True\n.6,.4,True\n' | read
printf 'p_1,p_0,label\n.3,.7,0\n.8,.2,1\n.4,.6,1\n' | read # 1 is the positive one, wherever it stands
printf 'p_b,p_m,label\n.7,.3,benign\n.2,.8,malignant\n.6,.4,malignant\n' | read --positive malignant
printf 'z_neg,z_pos,label\n0,-1,neg\n1,3,pos\n5,4,pos\n' | read
printf '.7,.3\n.2,.8\n.6,.4\n' >p.csv
printf '0\n1\n1\n' >y.csv
read p.csv --labels y.csv
losscope names.csv -l ce | head -n 2
