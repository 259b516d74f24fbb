# a link to a file that is not there yet, descriptors, the longest name, the remains of a run with the same number
mkdir names && cd names
printf 'score,label\n.9,1\n.2,0\n' >preds.csv
mkdir later; ln -s later/new.csv dangling.csv; ln -s dangling.csv again.csv
losscope -f csv -o again.csv preds.csv && head -c 10 later/new.csv && echo && ls -d dangling.csv again.csv
ln -s none/new.csv nowhere.csv; losscope -f csv -o nowhere.csv preds.csv
ln -s loop.csv loop.csv; losscope -f csv -o loop.csv preds.csv
losscope -f csv -o later/ preds.csv; losscope -f csv -o later preds.csv
echo before >kept.txt; losscope -f csv -o /dev/stdout preds.csv >>kept.txt; cut -c 1-10 kept.txt | head -n 2
losscope -f csv -o /dev/fd/3 preds.csv 3>three.csv; head -c 10 three.csv; echo
losscope -f csv -o /dev/fd/9 preds.csv 9>&-
long=$(printf '%0251d' 0).csv; losscope -f csv -o "$long" preds.csv && head -c 10 "$long" && echo
sh -c 'touch ".tmp$$-out.csv" ".losscope-$$"; exec losscope -f csv -o out.csv preds.csv' && head -c 10 out.csv && echo
chmod 640 out.csv; losscope -f csv -o out.csv preds.csv; stat -c %a out.csv
ls -A | grep -c '^\.losscope-[0-9a-f]*$'
# a closed pipe is no error to speak of
{ trap '' PIPE; losscope -g 0:5:0.001 -f csv preds.csv; echo "status $?" >&2; } | head -c 0
