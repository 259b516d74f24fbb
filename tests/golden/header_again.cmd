# files that have pandas' header 0, 1 each, one behind the other: its second row is no example
read() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s examples, %s positive, mean %.9f\n", $7, $8, $12 }'; }
awk 'BEGIN { print "0,1"; for (i = 0; i < 600; i++) print ".9,1\n.2,0" }' >one.csv
cat one.csv one.csv >two.csv
read two.csv # said of its line
read two.csv --bad-rows skip
printf ',0,1\n1,.9,1\n2,.2,0\n,0,1\r\n1,.9,1\n' >index.csv
read index.csv
read index.csv --bad-rows skip
read index.csv --skip 1 --no-header -p 2 -y 3
printf '"0","1"\n.9,1\n.2,0\n"0","1"\n.9,1\n' | read --header
# labels named to be two things at once
printf 'label,score\ncat,.9\ndog,.2\n' >pets.csv
read pets.csv --positive cat --ignore cat
read pets.csv --positive cat --negative dog,cat
