#!/bin/sh
# figure_numbers.sh NUMBERS: each figure's numbers and its script's blocks against a direct way; prints "numbers: N passed, N failed"
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
numbers=$(realpath "$1")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C

awk -F, 'NR > 1 && $3 >= 0 { print $2, $3 }' "$tests/../samples/anchors.csv" >anchors
awk -F, 'NR > 1 { print $1, $2 == "insurance" }' "$tests/../samples/caravan.csv" >caravan
# softmax of four classes: the score is that of the true class
awk 'BEGIN { srand(7); split("ape bee cat dog", name, " "); print "p_ape,p_bee,p_cat,p_dog,label"
    for (i = 0; i < 900; i++) {
        all = 0; for (k = 1; k <= 4; k++) { e[k] = int(1 + 1000 * rand() ^ 3); all += e[k] }
        y = 1 + int(4 * rand() ^ 2); rest = 1
        for (k = 1; k < 4; k++) { p[k] = sprintf("%.9f", e[k] / all); rest -= p[k]; printf "%s,", p[k] }
        p[4] = sprintf("%.9f", rest); print p[4] "," name[y]
        print p[y], name[y] >"classes" } }' >classes.csv

# a network at its start, whose scores are all but one; four scores that many rows share
awk 'BEGIN { srand(2); for (i = 0; i < 20000; i++) printf "%.9f %d\n", 4.6 - 9.2 * (i % 400 > 0) + (rand() - 0.5) / 100, i % 400 == 0 }' >start
awk 'BEGIN { split("0.11 0.12 0.31 0.9", p, " "); for (i = 0; i < 1000; i++) print p[i % 4 + 1], 0; print 0.95, 1 }' >few
for name in start few; do { echo score,label && tr ' ' , <$name; } >$name.csv; done

# check FIGURE SAMPLE logit|prob OPTIONS
check() {
    figure=$1 sample=$2 kind=$3
    echo "$figure" >>checked
    shift 3
    if "$losscope" plot "$figure" "$@" --data -f tsv >data.tsv && "$losscope" plot "$figure" "$@" >script.gp &&
        "$numbers" "$figure" "$kind" data.tsv script.gp "$sample" >differs; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "numbers: plot $figure $*"
        head -6 differs
    fi
}
anchors="$tests/../samples/anchors.csv --ignore=-1"
caravan="$tests/../samples/caravan.csv --positive insurance"
# shellcheck disable=SC2086 # options are words
{
    check fig1 anchors logit $anchors
    check fig1 anchors logit -l ce,balanced-focal -g 0,1.5 -a 0.3,1 $anchors
    check fig5 anchors logit $anchors
    check fig6 anchors logit $anchors
    check fig7 /dev/null logit
    check fig7 /dev/null logit -g 0.5,3 --beta=-1,2
    check fig4 anchors logit $anchors
    check fig4 caravan prob -g 0,5 $caravan
    check fig4 anchors logit -l balanced-focal,focal-star -a 0.25 -g 1,3 --beta 1 $anchors
    check fig4 classes prob classes.csv
    check concentration anchors logit -g 0:3:0.25 $anchors
    check concentration caravan prob -l balanced-focal -a 0.1 -g 2,5 $caravan
    check concentration start logit -z score -g 0,2,5 start.csv
    check concentration few prob -g 0,2,5 few.csv
    check fig4 start logit -z score -g 0,2,5 start.csv
    check fig4 few prob -g 0,2,5 few.csv
    check share anchors logit $anchors
    check share anchors logit --gradient $anchors
    check share caravan prob --gradient -a 0.8 -g 0,1,4 $caravan
    check share caravan prob --gradient -a inverse -g 0,2 $caravan
    check share anchors logit -a balance -g 0:5:1 $anchors
    check mass anchors logit $anchors
    check mass caravan prob -l balanced-focal -a 0.9 -g 0:5:0.5 $caravan
    check density anchors logit $anchors
    check density caravan prob $caravan
    check calibration caravan prob $caravan
    check heatmap anchors logit $anchors
    check heatmap caravan prob -g 0,1,5 -a 0.1,0.6 $caravan
    check classes classes prob classes.csv
    check classes classes prob -l focal,ce -g 1,3 classes.csv
}

# shares of several files: those of the report of each
awk 'BEGIN { OFS = "," } { print $1 ^ 0.5, $2 }' caravan | sed '1i score,label' >second.csv
tr ' ' , <caravan | sed '1i score,label' >first.csv
# shares COLUMNS OPTIONS...
shares() {
    at=$1
    shift
    "$losscope" plot share --by-file -g 0,0.5,1.5,4 --data "$@" first.csv second.csv | awk -F, 'NR > 1 { print $2, $3, $10, $12 }' | sort >got
    for file in first second; do
        "$losscope" -l focal -g 0,0.5,1.5,4 -f csv $file.csv | awk -F, -v at="$at" -v file=$file.csv 'NR == 1 { n = split(at, column, ",")
            for (i = 1; i <= NF; i++) name[$i] = i; next } { for (k = 1; k <= n; k++) { kind = column[k]; sub(/^grad_/, "", kind); sub(/_neg/, " negatives", kind); sub(/_pos/, " positives", kind)
            print file, kind, $3, $name[column[k]] } }'
    done | sort >want
    if [ "$(wc -l <got)" = 32 ] && paste -d ' ' want got | awk '{ for (i = 1; i < 5; i++) if ($i != $(5 + i)) exit 1
        d = $5 - $10; if (d < 0) d = -d; if (d > 1e-9) exit 1 }'; then passed=$((passed + 1)); else
        failed=$((failed + 1)); echo "numbers: share --by-file $*"; diff want got | head -6; fi
}
shares easy_neg,hard_neg,easy_pos,hard_pos
shares grad_easy_neg,grad_hard_neg,grad_easy_pos,grad_hard_pos --gradient

# trajectory: the report of each file by itself, in the order in which people count; the ECE by its definition
for i in 1 2 10 30; do
    awk -v i=$i 'BEGIN { srand(i); print "score,label"; for (k = 0; k < 3000; k++) { y = rand() < 0.2; z = (y ? 1 : -1) * i / 8 + (rand() - 0.4) * 4
        printf "%.6f,%d\n", 1 / (1 + exp(-z)), y } }' >epoch_$i.csv
    "$losscope" -q --state-only epoch_$i.state epoch_$i.csv
    "$losscope" -q --state-only grown.state --append --by-file epoch_$i.csv
done
# trajectory OPTIONS...: of four files
trajectory() {
    "$losscope" plot trajectory --data "$@" epoch_10.csv epoch_2.csv epoch_30.csv epoch_1.csv |
        awk -F, 'NR > 1 { print $3, $5, $6, $8, $9, $10, $12 }' >got
    n=0
    for i in 1 2 10 30; do
        n=$((n + 1))
        "$losscope" -q -f csv "$@" epoch_$i.csv |
            awk -F, -v at="epoch_$i.csv $n" 'NR > 1 { print "easy negatives", $2, $3, $4, at, $16; print "half", $2, $3, $4, at, $30 }'
        awk -F, -v at="epoch_$i.csv $n" 'NR > 1 { b = int($1 * 10 - 1e-9); p[b] += $1; y[b] += $2; n++ }
            END { for (b in p) e += p[b] > y[b] ? p[b] - y[b] : y[b] - p[b]; printf "ECE    %s %.12f\n", at, e / n }' epoch_$i.csv
    done >want
    sort want >want.sorted
    sort got >got.sorted
    if [ "$(wc -l <got)" -gt 11 ] && paste -d ' ' want.sorted got.sorted | awk '{ n = NF / 2; for (i = 1; i < n; i++) if ($i != $(n + i)) exit 1
        d = $n - $NF; if (d < 0) d = -d; if (d > ($1 == "half" ? 1e-5 * $n : 1e-10)) exit 1 }'; then passed=$((passed + 1)); else
        failed=$((failed + 1)); echo "numbers: trajectory $*"; diff want.sorted got.sorted | head -6; fi
}
trajectory -l focal -g 0,2
trajectory -l focal,balanced-focal -g 0.5,1.5 -a 0.3 -e 0.7
trajectory -l ce
echo trajectory >>checked
"$losscope" plot trajectory --data epoch_*.csv >files
for states in "epoch_1.state epoch_30.state epoch_2.state epoch_10.state" grown.state; do
    # shellcheck disable=SC2086 # names without spaces
    if "$losscope" plot trajectory --data $states | sed 's/\.state/.csv/' | cmp - files; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
"$losscope" plot trajectory epoch_*.csv >script.gp
awk -F, 'NR > 1 { printf "%d %.7g\n", $10, $12 }' files >want
if awk '/^EOD/ { on = 0 } on { print $1, $2 } /<< EOD/ { on = 1 }' script.gp | cmp - want; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
# fig2 has the paper's own numbers
for figure in $("$losscope" plot 2>&1 | sed 's/.*figure: //' | tr ',' '\n' | sed 's/^ *\([a-z0-9]*\) .*/\1/'); do
    if [ "$figure" = fig2 ] || grep -qx "$figure" checked; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "numbers: nothing checks $figure"; fi
done
echo "numbers: $passed passed, $failed failed"
[ "$failed" = 0 ]
