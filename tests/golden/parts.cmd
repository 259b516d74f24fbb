# several files as one: parts that are empty, or a header alone, or without the first one's header; Excel's sep= line
read() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s examples, %s positive, mean %.9f\n", $7, $8, $12 }'; }
printf 'id,label,score\n7,1,0.9\n8,0,0.2\n' >a.csv
printf '9,1,0.7\n' >b.csv
printf 'id,label,score\n' >header.csv
printf 'score,label\n0.7,1\n' >other.csv
: >empty.csv
read a.csv b.csv
read header.csv b.csv a.csv
read header.csv empty.csv a.csv other.csv
read empty.csv empty.csv a.csv
read empty.csv empty.csv
read empty.csv
read header.csv header.csv
read a.csv a.csv b.csv --by id | sort
printf '9,1,oops\n' >bad.csv
read a.csv bad.csv
printf '0.9,1\n0.2,0\n' >c.csv
printf '1,1\n0,0\n' >d.csv # by place as the first
read c.csv d.csv
printf '1,0.9\n0,0.2\n' >e.csv # labels first
read e.csv d.csv
printf 'sep=;\r\nscore;label\r\n0.9;1\r\n0.2;0\r\n' | read
printf 'sep=|\n0.9|1\n0.2|0\n' | read
