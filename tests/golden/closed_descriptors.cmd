# a standard descriptor that is closed is an error where it is needed, and never another file's
printf 'score,label\n.9,1\n.2,0\n' >preds.csv
timeout 20 losscope <&-; echo $?
timeout 20 losscope preds.csv --labels - <&-; echo $?
losscope preds.csv >&-; echo $?
losscope --version >&-; echo $?
losscope preds.csv -f csv -o closed.csv <&- >&- 2>&-; echo $?; head -c 10 closed.csv; echo
losscope preds.csv -p 7 2>&-; echo $?
rm preds.csv closed.csv
