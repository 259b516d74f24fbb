# what was read before is not ours; what is left is all read
{ read -r header; losscope --no-header -z 2 -y 3 --ignore=-1 -f csv -l ce; wc -c; } <samples/anchors.csv | cut -d, -f1-12
{ losscope --ignore=-1 -f csv -l ce; wc -c; } <samples/anchors.csv | cut -d, -f1-12
