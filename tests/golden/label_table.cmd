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
# labels as texts in an array, and one-hot
array() { printf '\223NUMPY\001\000v\000'; printf "%-117s\n" "{'descr': '$1', 'fortran_order': False, 'shape': $2, }"; printf "$3"; }
array '|S3' '(3,)' 'catdogcat' >s.npy
array '<U3' '(3,)' 'c\0\0\0a\0\0\0t\0\0\0d\0\0\0o\0\0\0g\0\0\0c\0\0\0a\0\0\0t\0\0\0' >u.npy
array '|u1' '(3, 2)' '\1\0\0\1\1\0' >hot.npy
printf 'p_cat,p_dog\n.7,.3\n.2,.8\n.6,.4\n' >two.csv
read two.csv --labels s.npy
read two.csv --labels u.npy
read two.csv --labels hot.npy
read two.csv --labels hot.npy --task softmax
read two.csv --labels hot.npy --task multilabel
printf '"species"\n"cat"\n"dog"\n"cat"\n' | read two.csv --labels -
printf '"score", "label"\n0.9, "1"\n' | read
printf 'class\nspam\nham\nham\n' | read p.csv --labels - --positive spam # a usual name that does not come again
printf 'score,label,label\n.9,1,0\n' | read -y 2
