# no way to an input's name gets it overwritten: the file, links, --labels, standard input
mkdir same && cd same
printf 'score,label\n.9,1\n.2,0\n.6,1\n' >preds.csv
printf 'score\n.9\n.2\n.6\n' >scores.csv
printf 'label\n1\n0\n1\n' >truth.csv
ln -s preds.csv link.csv; ln preds.csv hard.csv; ln -s ../same dir
cat preds.csv scores.csv truth.csv >before
losscope preds.csv -o preds.csv
losscope preds.csv -o ./link.csv
losscope link.csv -o hard.csv
losscope scores.csv preds.csv -f csv -o dir/preds.csv
losscope -o preds.csv <preds.csv
losscope - -o preds.csv <preds.csv
losscope scores.csv --labels truth.csv -o truth.csv
losscope -o /dev/stdout preds.csv >>preds.csv
losscope preds.csv >>preds.csv
losscope plot share preds.csv -o preds.csv --data
losscope plot share preds.csv -o preds.csv
losscope html preds.csv -o preds.csv
losscope --dry-run preds.csv -o preds.csv
cat preds.csv scores.csv truth.csv | cmp - before && ls -A
