#!/bin/sh
# rows_command.sh: the rows command against plain formulas, sorting and filtering by awk; prints "rows: N passed, N failed"
name=rows
. "$(dirname "$0")/begin.sh"
sample=$tests/../samples/anchors.csv

rows() { "$losscope" rows "$@"; }
# refused STATUS TEXT ARGUMENT...: ends with that status, says that text, writes nothing
refused() {
    status=$1 text=$2
    shift 2
    rows "$@" >out 2>err
    [ $? = "$status" ] && [ ! -s out ] && grep -qF -- "$text" err || { cat err out; return 1; }
}
# same_bytes ARGUMENT...: rows ARGUMENT... prints what stands in `all`
same_bytes() { rows "$@" | cmp - all; }

rows --ignore=-1 -f csv --keep image,logit -l ce,focal,balanced-focal -g 2 "$sample" >all

# CE, FL and its gradient from x_t by eq. 1, 4 and 10 of arXiv 1708.02002
check "formulas" awk -F, '
    function near(a, b) { d = a - b; if (d < 0) d = -d; return d <= 1e-13 * (b < 0 ? -b : b) + 1e-300 }
    function exact_log1p(x) { u = 1 + x; return u == 1 ? x : log(u) * x / (u - 1) }
    NR == 1 { if ($0 != "image,logit,row,label,p_t,ce,ce_grad,focal_g2,focal_g2_grad,balanced_focal_g2_a0.25,balanced_focal_g2_a0.25_grad") exit bad = 1; next }
    { xt = $4 ? $2 : -$2; ce = xt > 0 ? exact_log1p(exp(-xt)) : -xt + exact_log1p(exp(xt)); pt = exp(-ce); q = 1 / (1 + exp(xt))
      if (!near($5, pt) || !near($6, ce) || !near($7, q) || !near($8, q * q * ce) || !near($9, q * q * (q + 2 * pt * ce)) ||
          !near($10, ($4 ? .25 : .75) * $8) || !near($11, ($4 ? .25 : .75) * $9)) { print; exit bad = 1 } }
    END { exit bad || NR < 40000 }' all
grep -v ',-1$' "$sample" | tail -n +2 | cut -d, -f1,2 >kept
check "kept columns in the order of the input" sh -c 'tail -n +2 all | cut -d, -f1,2 | cmp - kept'
awk -F, 'NR > 1 && $3 != -1 { print NR - 1 }' "$sample" >numbers
check "row numbers" sh -c 'tail -n +2 all | cut -d, -f3 | cmp - numbers'
"$losscope" --ignore=-1 -l focal -g 2 -f csv "$sample" >report
check "they add to the report's sum" awk -F, 'NR == FNR { if (FNR == 1) for (i = 1; i <= NF; i++) at[$i] = i; else want = $at["sum"]; next }
    FNR > 1 { sum += $8 } END { d = sum / want - 1; exit !(d < 1e-12 && d > -1e-12) }' report all

same="--ignore=-1 -f csv --keep image,logit -l ce,focal,balanced-focal -g 2"
for threads in 1 2 7; do check "the same bytes from $threads threads" same_bytes $same -j $threads "$sample"; done
check "the same bytes from standard input" sh -c "'$losscope' rows $same <'$sample' | cmp - all"
gzip -c "$sample" >sample.csv.gz
check "the same bytes from gzip" same_bytes $same sample.csv.gz
awk -F, 'NR == 1 { print "\"" $1 "\"," $2 "," $3; next } { print "\"" $1 "\"," $2 "," $3 }' "$sample" >quoted.csv
check "the same bytes from a quoted file" same_bytes $same quoted.csv
check "a file by -o" sh -c "'$losscope' rows $same -o out.csv '$sample' && cmp out.csv all"

tail -n +2 all | sort -t, -k8,8gr -k3,3n >sorted
rows --ignore=-1 -f csv --keep image,logit -l focal --hardest 25 "$sample" | tail -n +2 | cut -d, -f3 >got
check "the hardest" sh -c 'head -n 25 sorted | cut -d, -f3 | cmp - got'
tail -n +2 all | awk -F, '$4 == 0' | sort -t, -k6,6g -k3,3n | head -n 25 | cut -d, -f3 >want
rows --ignore=-1 -f csv -l ce,focal --rank-by ce --negatives --easiest 25 "$sample" | tail -n +2 | cut -d, -f1 >got
check "the easiest negatives by another loss" cmp want got
awk -F, '++seen[$1] <= 3 { print $3 }' sorted >want
rows --ignore=-1 -f csv -l focal -b image --per-group 3 "$sample" | tail -n +2 | cut -d, -f1 >got
check "three of each group" cmp want got
rows --ignore=-1 -f csv -l focal -b image --per-group 3 --hardest 5 "$sample" | tail -n +2 | cut -d, -f1 >got
check "three of each group, five in all" sh -c 'head -n 5 want | cmp - got'
rows --ignore=-1 -f csv -l focal --hardest 25 "$sample" >chosen
check "shares of the total" awk -F, 'NR == FNR { total += $8; next } FNR > 1 { running += $4 / total; a = $6 * total / $4 - 1; b = $7 / running - 1
    if (a > 1e-12 || a < -1e-12 || b > 1e-12 || b < -1e-12) exit bad = 1 } END { exit bad || FNR != 26 }' all chosen

awk -F, 'NR > 1 && ($5 < .3 || ($4 == 1 && !($8 <= 0.001))) && $1 != "astronaut" { print $3 }' all >want
rows --ignore=-1 -f csv -b image --where "(p_t < 0.3 or (label == 1 and not focal_g2 <= 1e-3)) and group != 'astronaut'" "$sample" | tail -n +2 | cut -d, -f1 >got
check "conditions" sh -c '[ -s want ] && cmp want got'
check "a line for every row" sh -c "[ \$('$losscope' rows --all -f jsonl --ignore=-1 '$sample' | wc -l) = \$((\$(wc -l <'$sample') - 1)) ]"

printf 'prob_k,prob_l,prob_m,y\n.7,.2,.1,k\n\n.1,.8,.1,l\n' >k.csv
check "softmax: the class" sh -c "'$losscope' rows -f csv --where-from k.csv | cut -d, -f1-5 | tail -n 1 | grep -qx '2,k.csv,4,l,0.8'"
check "one versus rest: a line for each class" sh -c "'$losscope' rows -f csv --task sigmoid k.csv | cut -d, -f1-4 | tail -n 3 | tr '\n' ' ' | grep -qx '2,0,k,0.9 2,1,l,0.8 2,0,m,0.9 '"
check "a name that both have" sh -c "'$losscope' rows -f jsonl --keep y,row -p score '$scratch/names.csv' 2>&1 | head -n 1 | grep -q '{\"y\": \"1\", \"row\": \"x\", \"losscope_row\": 1,' || { printf 'row,score,y\nx,.5,1\n' >names.csv; '$losscope' rows -f jsonl --keep y,row names.csv | grep -q '{\"y\": \"1\", \"row\": \"x\", \"losscope_row\": 1,'; }"
printf 'score,y\n.5,1\n.25,0\n' >two.csv
printf '[\n  {"row": 1, "label": 1, "p_t": 0.5},\n  {"row": 2, "label": 0, "p_t": 0.75}\n]\n' >want
check "JSON" sh -c "'$losscope' rows -f json -l ce two.csv | sed 's/, \"ce\".*}/}/' | cmp - want"
check "JSON of no row" sh -c "[ \"\$('$losscope' rows -q -f json --where 'p_t > 2' two.csv | tr -d '\n')\" = '[]' ]"

check "a field that is not there" refused 2 "there is no such field" --where 'fokal > 1' two.csv
check "a comparison without an end" refused 2 "at character 6" --where 'p_t >' two.csv
check "a text that is ordered" refused 2 "by == or !=" --where "label > 'a'" two.csv
check "a word for a label that is 1 or 0" refused 2 "1 (positive) or 0 (negative)" --where "not label == 'yes'" two.csv
check "a rank that is not there" refused 2 "--rank-by" --hardest 3 --rank-by x two.csv
check "a rank without a number" refused 2 "--hardest" --rank-by ce two.csv
check "groups that are not there" refused 2 "--by" --per-group 3 two.csv
check "an alpha of all the data" refused 2 "--alpha inverse" -l balanced-ce -a inverse two.csv
check "sides that softmax has not" refused 2 "--background" --positives k.csv
check "a page" refused 2 "html" -f html two.csv
check "a column that is not there" refused 2 "--keep" --keep z two.csv
printf 'score,y\n.5,1\nx,0\n' >bad.csv
check "a bad row, and no file" sh -c "! '$losscope' rows -f csv bad.csv -o new.csv 2>err && grep -q bad.csv:3 err && [ ! -e new.csv ] && [ -z \"\$(ls -A | grep '^\.losscope')\" ]"

printf 'score,y,g\n.9,1,a\n.3\n.2,0,b\n' >short.csv
check "a bad row keeps its own fields" sh -c "'$losscope' rows -q -f csv --all --keep '*' --bad-rows skip -l ce short.csv | sed -n 3p | grep -qx '.3,,,2,,,,'"

# values of many digits, made by mpmath: within 4.5e-16 relative, which is between two and four units in the last place
same_values() {
    rows -q -f csv -l "$(cat "$tests/truth/rows/losses")" "$1" x -y y --clip 0 "$tests/truth/rows/$2.csv" >out || return 1
    awk -F, 'FNR == NR { want[FNR] = $0; next } FNR > 1 { n = split(want[FNR], w, ",")
        for (k = 3; k <= n; k++) { got = $(NF - n + k); d = got - w[k]; if (d < 0) d = -d; checks++
            if (d > 4.5e-16 * w[k] + 1e-289) { print "row " FNR - 1 ", value " k - 2 " is " got ", not " w[k]; bad++ } } }
        END { exit bad || checks < 2000 }' "$tests/truth/rows/$2.csv" out
}
check 'values of probabilities' same_values -p prob
check 'values of logits' same_values -z logit

finish
