# a file of labels is a table like any other: header, index, delimiter, columns by name, two keys
read() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s examples, %s positive, mean %.9f\n", $7, $8, $12 }'; }
printf '0.9\n0.2\n0.6\n' >p.csv
printf 'y\n1\n0\n0\n' >a.csv
read p.csv --labels a.csv
printf 'id;feature;target\n1;7;1\n2;8;0\n3;9;0\n' >b.csv
read p.csv --labels b.csv
read p.csv --labels b.csv -y target
read p.csv --labels b.csv -y 3
read p.csv --labels b.csv -y feature
printf 'ID,prediction\n3,0.6\n1,0.9\n2,0.2\n' >q.csv
read q.csv -p prediction --labels b.csv --key ID
read q.csv -p prediction --labels b.csv --key ID,id
read q.csv -p prediction --labels b.csv --key ID,id -y target
read q.csv -p prediction --labels b.csv --key 1
printf 'ice cream\nhot dog\nice cream\n' >c.csv
read p.csv --labels c.csv --positive 'ice cream'
printf '# labels\n1\n0\n0\n' | read p.csv --labels - --comment '#'
gzip -c a.csv | read p.csv --labels -
