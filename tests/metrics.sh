#!/bin/sh
# metrics.sh: --metrics against values that scikit-learn publishes, and against sorting and counting by awk; prints "metrics: N passed, N failed"
name=metrics
. "$(dirname "$0")/begin.sh"

# published NAME VALUE ROWS: the measure of the rows "p,y ..." begins with the digits that the documentation prints
published() {
    { echo p,y; echo "$3" | tr ' ' '\n'; } >published.csv
    "$losscope" -q --metrics -f csv published.csv | awk -F, -v name="$1" -v want="$2" '
        $4 == name { d = $5 - want; n = length(want) - index(want, "."); found = d <= 10 ^ -n && d >= -10 ^ -n } END { exit !found }'
}
# refused TEXT ARGUMENT...: ends with status 2, says that text, writes nothing
refused() {
    text=$1
    shift
    "$losscope" --metrics "$@" >out 2>err
    [ $? = 2 ] && [ ! -s out ] && grep -qF -- "$text" err || { cat err out; return 1; }
}

# scikit-learn 1.5, the examples in the docstrings of sklearn.metrics (BSD-3-Clause): https://scikit-learn.org/1.5/modules/generated/sklearn.metrics.NAME.html
check "roc_auc_score" published roc_auc 0.75 ".1,0 .4,0 .35,1 .8,1"
check "average_precision_score" published average_precision 0.83 ".1,0 .4,0 .35,1 .8,1"
check "brier_score_loss" published brier 0.037 ".1,0 .9,1 .8,1 .3,0"
check "log_loss" published log_loss 0.21616 ".9,1 .1,0 .2,0 .65,1"
check "matthews_corrcoef" published mcc -0.33 ".9,1 .1,1 .9,1 .9,0"
check "balanced_accuracy_score" published balanced_accuracy 0.625 ".1,0 .9,1 .1,0 .1,0 .1,1 .9,0"
# the same, user guide 3.4: https://scikit-learn.org/1.5/modules/model_evaluation.html
check "brier_score_loss of the guide" published brier 0.055 ".1,0 .9,1 .8,1 .4,0"
check "precision_score" published precision 1.0 ".1,0 .9,1 .1,0 .1,1"
check "recall_score" published recall 0.5 ".1,0 .9,1 .1,0 .1,1"
check "f1_score" published f1 0.66 ".1,0 .9,1 .1,0 .1,1"
# scikit-learn 1.2.1: with t, q = calibration_curve(y, p, n_bins=15, strategy=...) and n the rows of each bin, sum(n * abs(t - q)) / sum(n) of "uniform" and of
# "quantile", and max(abs(t - q)) of "uniform"; p = [(7 * k * k % 101) / 101 for k in range(1, 31)], y = [int(k % 3 == 0 or p[k - 1] > .8) for k in range(1, 31)]
awk 'BEGIN { for (k = 1; k <= 30; k++) { p = 7 * k * k % 101 / 101; printf "%s%.17g,%d", (k > 1 ? " " : ""), p, (k % 3 == 0 || p > .8) } }' >curve
check "ECE of calibration_curve" published ece 0.210231 "$(cat curve)"
check "MCE of calibration_curve" published mce 0.742574 "$(cat curve)"
check "adaptive ECE of calibration_curve" published adaptive_ece 0.269637 "$(cat curve)"
# by hand: p = 0.5 predicts a positive, of either label
check "p = 0.5" published accuracy 0.5 ".5,0 .5,1"
check "p just below 0.5" published accuracy 0.5 ".49999999999999994,0 .49999999999999994,1"
check "p = 0.5 as logits" sh -c "printf 'logit,y\n0,0\n0,1\n-1e-20,1\n1e-20,0\n' | '$losscope' -q --metrics -f csv | grep -q '^,,total,recall,1,$'"
check "equal scores of both sides are ties" published roc_auc 0.5 ".3,0 .3,1"
check "scores beside each other are not" published roc_auc 1.0 ".3,0 .30001,1"

# Random rows: scores of 3 decimals, weights (some 0), groups.
awk 'BEGIN { srand(7); print "p,y,w,g"; for (i = 0; i < 1500; i++) { y = rand() < .3; p = y ? sqrt(rand()) : rand() ^ 2
    printf "%.*f,%d,%.2f,%s\n", rand() < .5 ? 1 : 9, p, y, rand() < .1 ? 0 : 5 * rand(), substr("abc", 1 + int(rand() * 3), 1) } }' >random.csv
# plain WEIGHTED: "group,measure,value" of groups and of the whole, by their definitions
cat >plain.awk <<'AWK'
function put(g, name, value) { printf "%s,%s,%.15g\n", g, name, value }
function measures(g,   i, j, k, w, n, all, c, square, score, auc, ap, tp, fp, e, below) {
    n = split(rows[g], row, " ")
    split("", c); split("", e); split("", mass); split("", equal); all = square = score = auc = ap = error = most = adaptive = 0
    for (i = 1; i <= n; i++) total[g] += weight[row[i]]
    for (i = 1; i <= n; i++) {
        k = row[i]; w = weight[k]; all += w; c[y[k], p[k] >= .5] += w
        square += w * (p[k] - y[k]) ^ 2; score += w * p[k]
        for (j = 0; j < 14 && p[k] > (j + 1) / 15;) j++
        e[j] += w * (y[k] - p[k]); mass[j] += w
        under = 0; for (j = 1; j <= n; j++) if (p[row[j]] < p[k]) under += weight[row[j]]
        for (j = 0; j < 14 && 15 * under >= (j + 1) * total[g] * (1 - 1e-12);) j++
        equal[j] += w * (y[k] - p[k])
        if (!y[k]) continue
        tp = fp = below = 0
        for (j = 1; j <= n; j++) {
            if (p[row[j]] >= p[k]) { if (y[row[j]]) tp += weight[row[j]]; else fp += weight[row[j]] }
            if (!y[row[j]]) below += weight[row[j]] * (p[row[j]] < p[k] ? 1 : p[row[j]] == p[k] ? .5 : 0)
        }
        auc += w * below
        if (w) ap += w * tp / (tp + fp)
    }
    pos = c[1, 0] + c[1, 1]; neg = c[0, 0] + c[0, 1]
    for (j in e) { d = e[j] < 0 ? -e[j] : e[j]; error += d; if (mass[j] && d / mass[j] > most) most = d / mass[j] }
    for (j in equal) adaptive += equal[j] < 0 ? -equal[j] : equal[j]
    put(g, "accuracy", (c[0, 0] + c[1, 1]) / all)
    put(g, "balanced_accuracy", (c[1, 1] / pos + c[0, 0] / neg) / 2)
    put(g, "precision", c[1, 1] / (c[0, 1] + c[1, 1]))
    put(g, "recall", c[1, 1] / pos)
    put(g, "brier", square / all)
    put(g, "mean_score", score / all)
    put(g, "prevalence", pos / all)
    put(g, "ece", error / all)
    put(g, "mce", most)
    put(g, "adaptive_ece", adaptive / all)
    put(g, "roc_auc", auc / pos / neg)
    put(g, "average_precision", ap / pos)
}
NR > 1 { p[NR] = $1 + 0; y[NR] = $2 + 0; weight[NR] = weighted ? $3 + 0 : 1; rows[$4] = rows[$4] " " NR; rows["TOTAL"] = rows["TOTAL"] " " NR }
END { for (g in rows) measures(g) }
AWK
agrees() {
    awk -F, -v weighted="$1" -f plain.awk random.csv >want
    shift
    "$losscope" --metrics -b g -f csv "$@" random.csv >got || return 1
    awk -F, 'NR == FNR { value[$1, $4] = $5; bound[$1, $4] = $6; next }
        { n++; d = value[$1, $2] - $3; if (d < 0) d = -d
          if (value[$1, $2] == "" || d > ($2 == "adaptive_ece" ? 1e-9 : 1e-12) + bound[$1, $2] || bound[$1, $2] > .03) { bad = 1; print $0, value[$1, $2], bound[$1, $2] } }
        END { exit bad || n != 48 }' got want
}
check "groups" agrees 0
check "weights" agrees 1 -w w

# the same bytes
for form in csv tsv json jsonl markdown text html; do
    "$losscope" --metrics -q -w w -f $form random.csv >whole.$form
    check "$form from 1 thread and from standard input" sh -c "'$losscope' --metrics -q -w w -j 1 -f $form <random.csv | sed 's/standard input/random.csv/; s/\"inputs\": \[\"-\"/\"inputs\": [\"random.csv\"/' | cmp - whole.$form"
done
{ head -n 1 random.csv; tail -n +2 random.csv | sort -r; } >turned.csv
check "another order of the rows" sh -c "'$losscope' --metrics -w w -f csv turned.csv | cmp - whole.csv"
for k in 0 1 2; do { head -n 1 random.csv; awk -v k=$k 'NR > 1 && NR % 3 == k' random.csv; } >part$k.csv; "$losscope" --state-only part$k.state -w w part$k.csv; done
check "states that are merged" sh -c "'$losscope' merge --metrics -f csv part?.state | cmp - whole.csv"
check "a state beside it" sh -c "'$losscope' --metrics -e 0.3 --state kept.state -w w -f csv random.csv | cmp - whole.csv"
check "the state has its threshold" sh -c "'$losscope' -f csv -w w -e 0.3 random.csv >plain; '$losscope' -f csv -e 0.3 kept.state | cmp - plain"
check "the state has its measures" sh -c "'$losscope' --metrics -f csv kept.state | cmp - whole.csv"
printf 'p_a,p_b,a,b\n.9,.2,1,0\n.4,.6,1,1\n.3,.7,0,1\n.1,.5,0,0\n' >multi.csv
multi="--task multilabel -p p_a,p_b -y a,b multi.csv"
check "classes of multilabel: by hand" sh -c "'$losscope' --metrics --by-class -f csv $multi | grep -E 'recall|brier' >got; printf ',,total,recall,0.75,\n,a,class,recall,0.5,\n,b,class,recall,1,\n' >want; grep recall got | cmp - want && grep -qE '^,a,class,brier,0.117' got"
# the bins of one example: a |.9 - 1|, |.4 - 1|, .3, .1; b .2, |.6 - 1|, |.7 - 1|, .5
check "classwise ECE: by hand" sh -c "'$losscope' --metrics --by-class -f csv $multi | awk -F, '\$4 == \"classwise_ece\" { n++; d = \$5 - (1.1 + 1.4) / 8; bad = d > 1e-15 || d < -1e-15 || \$2 } END { exit bad || n != 1 }'"
check "classwise ECE only with classes" sh -c "! '$losscope' --metrics -f csv $multi | grep -q classwise"
"$losscope" --state-only multi.state $multi
check "classes from a state" sh -c "'$losscope' merge --metrics --by-class -f csv multi.state >merged; '$losscope' --metrics --by-class -f csv $multi | cmp - merged"
printf 'p_a,p_b,p_c,label\n.7,.2,.1,a\n.5,.4,.1,a\n.4,.5,.1,b\n' >three.csv
# of equal scores the first is predicted: three times a, once b, three times c, of which 2, 1 and 1 are right
printf '.1,.1,.8,a\n.3,.3,.4,c\n.5,.5,0,b\n.2,.2,.6,b\n' >>three.csv
check "softmax: by hand" sh -c "'$losscope' --metrics --by-class -q -f csv three.csv | cut -d, -f2-5 | grep -vE 'log_loss|prevalence|metric' >got
    awk 'BEGIN { OFS = \",\"; fa = 4 / 6; fb = 2 / 4; fc = 2 / 4
        print \"\", \"total\", \"accuracy\", 4 / 7; print \"\", \"total\", \"balanced_accuracy\", (2 / 3 + 1 / 3 + 1) / 3
        print \"\", \"total\", \"mcc\", (4 * 7 - 3 * 3 - 1 * 3 - 3 * 1) / sqrt((49 - 19) * (49 - 19)); print \"\", \"total\", \"f1\", (fa + fb + fc) / 3
        print \"\", \"total\", \"precision\", (2 / 3 + 1 + 1 / 3) / 3; print \"\", \"total\", \"recall\", (2 / 3 + 1 / 3 + 1) / 3
        print \"a\", \"class\", \"f1\", fa; print \"a\", \"class\", \"precision\", 2 / 3; print \"a\", \"class\", \"recall\", 2 / 3
        print \"b\", \"class\", \"f1\", fb; print \"b\", \"class\", \"precision\", 1; print \"b\", \"class\", \"recall\", 1 / 3
        print \"c\", \"class\", \"f1\", fc; print \"c\", \"class\", \"precision\", 1 / 3; print \"c\", \"class\", \"recall\", 1 }' >want
    paste -d, got want | awk -F, '{ d = \$4 - \$8; bad += \$1 \$2 \$3 != \$5 \$6 \$7 || d > 1e-5 || d < -1e-5 } END { exit bad || NR != 15 }'"
sed 's/\./0./g; s/,\([a-c]\)$/,"\1"/' three.csv >quoted.csv
check "softmax: the same of fields between quotes" sh -c "'$losscope' --metrics --by-class -q -f csv three.csv >got; '$losscope' --metrics --by-class -q -f csv quoted.csv | cmp - got"
for k in 0 1; do { head -n 1 three.csv; awk -v k=$k 'NR > 1 && NR % 2 == k' three.csv; } >three$k.csv; "$losscope" -q --metrics --state-only three$k.state three$k.csv; done
check "softmax: from states" sh -c "'$losscope' merge --metrics --by-class -q -f csv three?.state >merged; '$losscope' --metrics --by-class -q -f csv three.csv | cmp - merged"
check "softmax: states beside predictions keep the rest" sh -c "'$losscope' merge -q -f csv three?.state >merged; '$losscope' -q -f csv three0.csv three1.csv | cmp - merged"
"$losscope" -q --state-only plain.state three1.csv
check "states without predictions do not add to those with them" sh -c "! '$losscope' merge three0.state plain.state >out 2>err && [ ! -s out ] && grep -q 'predictions kept (--metrics)' err"

# a raised p_t has no order among the scores that it may have come from: -1e-17 tells nothing of 0
printf 'p,y\n0,1\n0,0\n1e-17,0\n.3,0\n.9,1\n' >raised.csv
check "the bound of clipped scores" sh -c "'$losscope' -q --metrics -f csv raised.csv | awk -F, '\$4 == \"roc_auc\" { d = \$5 - 3.5 / 6; found = \$6 > 0 && d <= \$6 && d >= -\$6 } END { exit !found }'"
check "nothing is clipped: exact" sh -c "'$losscope' -q --clip 0 --metrics -f csv raised.csv | grep -q '^,,total,roc_auc,0.58333333333333[0-9]*,0$'"
check "one side alone: what is not defined is empty" sh -c "printf 'p,y\n.2,1\n.3,1\n' | '$losscope' -q --metrics -f csv | grep -E 'roc_auc|precision|balanced' >got; printf ',,total,balanced_accuracy,,\n,,total,precision,,\n,,total,roc_auc,,\n,,total,average_precision,1,0\n' | cmp - got"

check "losses beside it" refused "--loss does not go with --metrics" -l ce random.csv
check "thresholds beside it" refused "--easy does not go with --metrics" -e .3 random.csv
check "assertions beside it" refused "--assert does not go with --metrics" --assert 'ce.mean < 1' random.csv
check "classes of one column" refused "--by-class is for several classes" --by-class random.csv
finish
