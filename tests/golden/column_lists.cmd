# in a list of columns, names or numbers: a number that could be both, and another column, is refused
read() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s examples, mean %.9f\n", $7, $12 }'; }
printf '0,1,2,label\n.7,.2,.1,2\n.5,.25,.25,0\n' >a.csv
read a.csv -p 0,1,2
read a.csv -p 0-2
read a.csv -p 1,2,3
read a.csv -p 1-3
read a.csv -p '*'
printf 'label,1,2,3\n3,.7,.2,.1\n1,.5,.25,.25\n' >b.csv
read b.csv -p 1,2,3
read b.csv -p 1-3
read b.csv -p 2-4
read b.csv -p '[1-3]'
printf 'id,x,y,p_a,p_b,p_c\n1,9,a,.7,.2,.1\n2,8,c,.5,.25,.25\n' >c.csv
read c.csv -p p_a-p_c
read c.csv -p 'p_*' -w x
read c.csv -p p_a,5,6
