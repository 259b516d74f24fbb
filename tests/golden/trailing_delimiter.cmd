# one empty field behind the last in every row is passed over, and shifts no name
read() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s examples, %s positive, mean %.9f\n", $7, $8, $12 }'; }
printf 'score\tlabel\tpredicted\n0.9\t1\t1\t\n0.2\t0\t0\t\n0.6\t0\t1\t\n' | read
printf 'text,score,label\n"great, really",0.9,1,\n"bad",0.6,0,\n' | read
printf 'score|label|\n0.9|1|\n0.2|0|\n' | read
printf 'score;label;\n0.9;1\n0.2;0\n' | read
printf '0.9,1,\n0.2,0,\n' | read
printf '0.9,1,\n0.2,0,\n' | read -p 1 -y 2
printf '0.9,1,\n0.2,0,7\n' | read -p 1 -y 2 -w 3 --bad-rows skip -q
printf 'score,label\n0.9,1,\n0.2,0,5\n' | read
printf 'score,label\n0.9,1,\n0.2,0\n' | read
# R's row names are not one
printf '"score" "label"\n"1" 0.9 1\n"2" 0.2 0\n' | read
printf '"score"\t"label"\t"note"\n"1"\t0.9\t1\t\n"2"\t0.2\t0\t\n' | read
# a field behind the last that is not empty, far behind the first rows
awk 'BEGIN { print "score,label"; for (i = 0; i < 60000; i++) print i == 50000 ? "0.5,1,0.9" : "0.25,0," }' >far.csv
read far.csv
read far.csv --bad-rows skip
