# pandas names columns 0, 1, 2, ...: never a row; where it can be either, it is refused
read() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s examples, %s positive, mean %.9f\n", $7, $8, $12 }'; }
printf '0,1\n0.9,1\n0.2,0\n0.6,1\n0.3,0\n0.8,1\n' >two.csv
printf ',0,1\n0,0.9,1\n1,0.2,0\n2,0.6,1\n3,0.3,0\n4,0.8,1\n' >index.csv
printf 'label,0,1,2\n2,.7,.2,.1\n0,.5,.25,.25\n' >classes.csv
printf '0,1,2,3\n.7,.2,.1,2\n.5,.25,.25,0\n' >all.csv
read two.csv
read --header -p 0 -y 1 two.csv
read --header -p 1 -y 2 two.csv
read --no-header two.csv
read index.csv
read classes.csv
read -p 0,1,2 -y 3 all.csv
read -p 1-3 -y 4 all.csv
read all.csv -y 3 -p '*'
printf '0,1\n1,0\n0.4,1\n' | read # a score of 0 beside a label of 1, or a header
printf '0,1\n0.4,1\n0,1\n' | read
printf '0\n0.9\n0.2\n' >one.csv
printf '1\n0\n' >y.csv
read one.csv --labels y.csv
printf '0.9\n0.2\n' | read - --labels y.csv
printf '0\n1\n0\n' >y0.csv
printf '0.9\n0.2\n' | read - --labels y0.csv
read one.csv --labels y0.csv --header
printf ',0\n0,1\n1,0\n' >y_index.csv
printf '0.9\n0.2\n' | read - --labels y_index.csv
printf '0,1\n.1,.9\n.8,.2\n' | read - --labels y.csv
# labels first in a table whose columns pandas counted: the scores' names are places, perhaps not the classes'
printf '0,1,2,3\n2,.7,.2,.1\n0,.5,.25,.25\n' >first.csv
read first.csv -p 2-4 -y 1
read first.csv -p 2-4 -y 1 --label-base 0
read first.csv -p 2-4 -y 1 --classes 0,1,2
read first.csv -p 2-4 -y 1 --label-base 1
