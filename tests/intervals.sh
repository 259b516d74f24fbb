#!/bin/sh
# intervals.sh: --ci and --cluster against the formula over rows, resampled rows, and simulated data whose truth is known; prints "intervals: N passed, N failed"
name=intervals
. "$(dirname "$0")/begin.sh"

# refused TEXT ARGUMENT...: ends with status 2, says that text, writes nothing
refused() {
    text=$1
    shift
    "$losscope" "$@" >out 2>err
    [ $? = 2 ] && [ ! -s out ] && grep -qF -- "$text" err || { cat err out; return 1; }
}

# Rows in groups of 101, 31 and 869, 1001 in all, and in 31, 31, 101 and 101 clusters, so that the quantiles are known (mpmath, 40 digits); clusters
# go through the groups.
awk 'BEGIN { srand(11); print "p,y,w,g,c"; for (i = 0; i < 1001; i++) { y = rand() < .3; p = y ? sqrt(rand()) : rand() ^ 2
    printf "%.*f,%d,%.2f,%s,c%d\n", rand() < .5 ? 17 : 2, p * .98 + .01, y, .1 + 5 * rand(), i < 101 ? "a" : i < 132 ? "b" : "d", i % (i < 132 ? 31 : 101) } }' >rows.csv
# "group,loss,column,standard error" by the definition: every unit (row, or cluster) adds (a - R b) / B to the ratio R = A / B
cat >plain.awk <<'AWK'
function add(scope, name, unit, a, b) { if (!((scope, unit) in is)) { is[scope, unit]; units[scope] = units[scope] " " unit; n[scope]++ }
    A[scope, name, unit] += a; B[scope, name, unit] += b; sumA[scope, name] += a; sumB[scope, name] += b }
function of_loss(scope, group, prefix, unit, x) {
    add(scope, prefix "easy_share", unit, easy * x, x); add(scope, prefix "hard_share", unit, !easy * x, x)
    add(scope, prefix "easy_neg", unit, easy * !y * x, x); add(scope, prefix "hard_neg", unit, !easy * !y * x, x)
    add(scope, prefix "easy_pos", unit, easy * y * x, x); add(scope, prefix "hard_pos", unit, !easy * y * x, x)
}
NR > 1 {
    y = $2 + 0; pt = y ? $1 : 1 - $1; easy = pt >= .5; w = weighted ? $3 : 1; unit = clustered ? $5 : NR
    l = -log(pt); slope = 1 - pt
    if (focal) { slope = (1 - pt) ^ 2 * (1 - pt - 2 * pt * log(pt)); l *= (1 - pt) ^ 2; w0 = y ? .25 : .75 } else w0 = 1
    for (k = 0; k < 2; k++) {
        scope = k ? $4 : "TOTAL"
        add(scope, "mean", unit, w * w0 * l, w); add(scope, "per_positive", unit, w * w0 * l, w * y)
        of_loss(scope, $4, "", unit, w * w0 * l); of_loss(scope, $4, "grad_", unit, w * w0 * slope)
    }
    all[unit] += w * w0 * l; gradient[unit] += w * w0 * slope; own[$4, unit] += w * w0 * l; own_gradient[$4, unit] += w * w0 * slope
}
function put(scope, name, count, square) { printf "%s,%s,%.17g,%d\n", scope, name, sqrt(square * count / (count - 1)), count }
END {
    for (key in sumA) {
        split(key, part, SUBSEP); square = 0; R = sumA[key] / sumB[key]; m = split(units[part[1]], u, " ")
        for (i = 1; i <= m; i++) { e = (A[key, u[i]] - R * B[key, u[i]]) / sumB[key]; square += e * e }
        put(part[1], part[2], m, square)
    }
    for (u1 in all) { total += all[u1]; total_gradient += gradient[u1] }
    for (g in n) if (g != "TOTAL") {
        R = S = square = square_gradient = 0
        for (u1 in all) { R += own[g, u1] / total; S += own_gradient[g, u1] / total_gradient }
        for (u1 in all) { e = (own[g, u1] - R * all[u1]) / total; square += e * e; e = (own_gradient[g, u1] - S * gradient[u1]) / total_gradient; square_gradient += e * e }
        put(g, "share_of_total", n["TOTAL"], square); put(g, "grad_share_of_total", n["TOTAL"], square_gradient)
    }
}
AWK
# errors LOSS OPTION...: "group,column,standard error" as the intervals tell it: a mean's half width, a share's on the scale of log(s / (1 - s)), by the quantile
cat >errors.awk <<'AWK'
BEGIN { t["a"] = a; t["b"] = b; t["d"] = d; t["TOTAL"] = total }
NR == 1 { for (i = 1; i <= NF; i++) { name[i] = $i; at[$i] = i } next }
$at["loss"] == loss {
    for (i = 1; i <= NF; i++) if (name[i] ~ /_low$/) {
        column = name[i]; sub(/_low$/, "", column); R = $at[column]; g = $at["group"]
        if ($i == "") continue
        quantile = column ~ /share_of_total$/ ? t["TOTAL"] : t[g]
        if (!quantile) continue
        if (column ~ /^(mean|per_positive)$/) { e = ($(i + 1) - R) / quantile; middle = $i ? ($(i + 1) + $i) / 2 - R : R > $(i + 1) - R }
        else { e = (log($(i + 1) / (1 - $(i + 1))) - log($i / (1 - $i))) / 2 * R * (1 - R) / quantile
               middle = (log($(i + 1) / (1 - $(i + 1))) + log($i / (1 - $i))) / 2 - log(R / (1 - R)) }
        printf "%s,%s,%.17g,%.3g\n", g, column, e, middle
    }
}
AWK
# agrees LOSS WEIGHTED CLUSTERED OPTION...: with the definition, all the intervals whose quantile is known and whose share is not 0 or 1
agrees() {
    loss=$1 weighted=$2 clustered=$3 focal=0
    shift 3
    t30=2.0422724563012378878 t100=1.9839715185235518946 t1000=1.9623390808264081039
    if [ $clustered = 1 ]; then quantiles="-v a=$t30 -v b=$t30 -v d=$t100 -v total=$t100 -v n=60"; else quantiles="-v a=$t100 -v b=$t30 -v d=0 -v total=$t1000 -v n=46"; fi
    [ "$loss" = ce ] || focal=1
    awk -F, -v weighted="$weighted" -v clustered="$clustered" -v focal=$focal -f plain.awk rows.csv >want
    "$losscope" --ci -b g -p p -y y -l ce,balanced-focal -g 2 -f csv "$@" rows.csv >got || return 1
    # shellcheck disable=SC2086 # words
    awk -F, -v loss="$loss" $quantiles -f errors.awk got >errors
    # shellcheck disable=SC2086
    awk -F, $quantiles 'NR == FNR { want[$1, $2] = $3; next }
        { found++; e = $3 / want[$1, $2] - 1; if (!(e < 1e-12 && e > -1e-12 && $4 < 1e-12 && $4 > -1e-12)) { bad = 1; print $0, want[$1, $2] } }
        END { if (found != n) print found " intervals, not " n; exit bad || found != n }' want errors
}
check "cross-entropy" agrees ce 0 0
check "balanced focal loss" agrees balanced-focal 0 0
check "weights" agrees ce 1 0 -w w
check "weights, balanced focal loss" agrees balanced-focal 1 0 -w w
check "clusters: cross-entropy" agrees ce 0 1 --cluster c
check "clusters: balanced focal loss" agrees balanced-focal 0 1 --cluster c
check "clusters: weights" agrees ce 1 1 -w w --cluster c
check "clusters: weights, balanced focal loss" agrees balanced-focal 1 1 -w w --cluster c

# Standard errors of 1000 samples, drawn with replacement, of the rows or of the clusters: within a tenth (theirs vary by 2.2 %)
resampled() {
    "$losscope" --ci -p p -y y -l ce -f csv "$@" rows.csv >got
    awk -F, -v clustered=$# '
        function random() { x = x * 16807 % 2147483647; return x / 2147483647 }
        BEGIN { x = 42 }
        NR == FNR && FNR > 1 { u = clustered ? $5 : NR; if (!(u in at)) { at[u] = n++ } k = at[u]; pt = $2 ? $1 : 1 - $1
            sum[k] -= log(pt); rows[k]++; positives[k] += $2; part[k] -= (!$2 && pt >= .5) * log(pt) }
        NR > FNR && FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i }
        NR > FNR && FNR > 1 {
            for (b = 0; b < 1000; b++) {
                s = r = y = e = 0
                for (i = 0; i < n; i++) { k = int(random() * n); s += sum[k]; r += rows[k]; y += positives[k]; e += part[k] }
                m[1] += s / r; q[1] += (s / r) ^ 2; m[2] += s / y; q[2] += (s / y) ^ 2; m[3] += e / s; q[3] += (e / s) ^ 2
            }
            t = clustered ? 1.98397 : 1.96234; R = $column["easy_neg"]
            low = $column["easy_neg_low"]; high = $column["easy_neg_high"]
            own[1] = ($column["mean_high"] - $column["mean_low"]) / 2 / t
            own[2] = ($column["per_positive_high"] - $column["per_positive_low"]) / 2 / t
            own[3] = log(high / (1 - high) * (1 - low) / low) / 2 / t * R * (1 - R)
            for (i = 1; i <= 3; i++) { e = sqrt(q[i] / 1000 - (m[i] / 1000) ^ 2); print own[i], e; if (!(own[i] > .9 * e && own[i] < 1.1 * e)) bad = 1 }
            exit bad
        }' rows.csv got
}
check "resampled rows" resampled
check "resampled clusters" resampled --cluster c

# 1000 sets of rows whose true means and shares are known, each a group: CE of positives (a fifth) is exponential with mean 1, that of negatives with mean 1/2
awk 'function random() { x = x * 16807 % 2147483647; return x / 2147483647 }
    BEGIN { x = 7; print "p,y,g,c,w" >"drawn.csv"; print "p,y,g,c,w" >"tied.csv"
        for (g = 0; g < 1000; g++) for (i = 0; i < 300; i++) {
            y = random() < .2; u = random(); if (i % 4 == 0) { tied = u; tied_y = y }
            printf "%.9g,%d,%d,%d,%.3g\n", y ? u : 1 - sqrt(u), y, g, i, .2 + 2 * random() >"drawn.csv"
            if (random() < .8) { u = tied; y = tied_y }
            printf "%.9g,%d,%d,%d.%d,1\n", y ? u : 1 - sqrt(u), y, g, g, i / 4 >"tied.csv" } }'
# covers FROM TO FILE OPTION...: so many of 1000 intervals hold the truth, of each of the columns
covers() {
    from=$1 to=$2 file=$3
    shift 3
    "$losscope" --ci -p p -y y -b g -l ce,focal -g 1 -f csv "$@" $file.csv >got
    awk -F, -v from=$from -v to=$to 'BEGIN { l2 = log(2)
            truth["ce", "mean"] = .6; truth["ce", "per_positive"] = 3; truth["focal", "easy_neg"] = 1.6 * (1 / 4 - 1 / 9 - 1 / 16 + 1 / 72 - l2 / 12) / (.2 * 3 / 4 + .8 * 5 / 18)
            truth["ce", "easy_pos"] = (1 - l2) / 6; truth["ce", "hard_pos"] = (1 + l2) / 6; truth["ce", "easy_neg"] = (3 - 2 * l2) / 6; truth["ce", "hard_neg"] = (1 + 2 * l2) / 6 }
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["level"] == "group" { for (k in truth) { split(k, part, SUBSEP); if ($at["loss"] == part[1]) held[k] += $at[part[2] "_low"] <= truth[k] && truth[k] <= $at[part[2] "_high"] } }
        END { for (k in truth) { split(k, part, SUBSEP); n++; print part[1], part[2], truth[k], held[k]; if (held[k] < from || held[k] > to) bad = 1 } exit bad || n != 7 }' got
}
check "coverage of rows" covers 930 970 drawn
check "coverage of weighted rows" covers 930 970 drawn -w w
check "coverage of clusters" covers 930 970 tied --cluster c
check "rows that are none of their own cover less" covers 600 900 tied

# a class's intervals are those of a group of its examples: of softmax the rows of its label, of several labels those of its columns
awk 'BEGIN { srand(3); print "p_a,p_b,p_c,y,c" >"soft.csv"; print "p_a,p_b,y_a,y_b,c" >"multi.csv"; print "p,y,g,c" >"long.csv"
    for (i = 0; i < 400; i++) { p = rand(); q = (1 - p) * rand(); a = rand() < p; b = rand() < q
        printf "%.17g,%.17g,%.17g,%s,%d\n", p, q, 1 - p - q, a ? "a" : b ? "b" : "c", i / 7 >"soft.csv"
        printf "%.17g,%.17g,%d,%d,%d\n", p, q, a, b, i / 7 >"multi.csv"; printf "%.17g,%d,a,%d\n%.17g,%d,b,%d\n", p, a, i / 7, q, b, i / 7 >"long.csv" } }'
# ends LEVEL NAME: the ends of intervals in the rows of that level, after the class's or group's name
ends() { awk -F, -v level="$1" -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } $at["level"] == level { line = $at[name] "," $at["gamma"]; for (i = at["mean_low"]; i <= NF; i++) line = line "," $i; print line }'; }
classes() {
    "$losscope" --ci -l ce,focal -g 2 -f csv --by-class $1 | ends class class | sort >got
    "$losscope" --ci -l ce,focal -g 2 -f csv $2 | ends group group | sort >want
    paste -d , got want | awk -F, '{ for (i = 1; i <= NF / 2; i++) { d = $i - $(i + NF / 2); if ($i == "" ? $(i + NF / 2) != "" : i > 1 ? d > 1e-12 || d < -1e-12 : $i != $(i + NF / 2)) { bad = 1; print } n += $i > 0 } } END { exit bad || n < 40 }'
}
check "classes of softmax" classes soft.csv "-b y soft.csv"
check "classes of several labels" classes "-p p_a,p_b -y y_a,y_b multi.csv" "-b g long.csv"
check "clusters: classes of softmax" classes "--cluster c soft.csv" "--cluster c -b y soft.csv"
check "clusters: classes of several labels" classes "--cluster c -p p_a,p_b -y y_a,y_b multi.csv" "--cluster c -b g long.csv"
# of several labels, those of a row are no longer independent where each row is a cluster
rows_as_clusters() {
    { echo p_a,p_b,y_a,y_b,c,row; tail -n +2 multi.csv | awk '{ print $0 "," NR }'; } >numbered.csv
    "$losscope" --cluster row -l ce -f csv -p p_a,p_b -y y_a,y_b numbered.csv >got
    awk -F, 'NR > 1 { pa = $3 ? $1 : 1 - $1; pb = $4 ? $2 : 1 - $2; l[NR] = -log(pa) - log(pb); sum += l[NR]; n++ }
        END { for (i in l) square += (l[i] - sum / n) ^ 2; printf "%.17g\n", sqrt(square * n / (n - 1)) / n / 2 }' numbered.csv >want
    awk -F, 'NR == FNR { want = $1; next } FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { e = ($at["mean_high"] - $at["mean_low"]) / 2 / want / 1.9659273; exit !(e > .999999 && e < 1.000001) }' want got # Student, 399 degrees of freedom
}
check "a row of several labels as a cluster" rows_as_clusters

# where the level stands
"$losscope" --ci -f csv rows.csv >want
"$losscope" --ci=0.9 -f csv rows.csv >other
check "another level is another interval" sh -c "! cmp -s want other"
check "--ci before a file" sh -c "'$losscope' -f csv --ci rows.csv | cmp - want"
check "--ci=0.95" sh -c "'$losscope' -f csv --ci=0.95 rows.csv | cmp - want"
check "--ci 0.95" sh -c "'$losscope' -f csv --ci 0.95 rows.csv | cmp - want"
check "--ci 0.9 behind the file" sh -c "'$losscope' -f csv rows.csv --ci 0.9 | cmp - other"
cp rows.csv 0.9
check "a file named 0.9" sh -c "'$losscope' -f csv --ci 0.9 | cmp - want"
check "--ci and standard input" sh -c "'$losscope' -q -f csv --ci - <rows.csv | cmp - want"
check "per cent" refused "--ci takes a level between 0 and 1: 0.95 for 95 %" --ci 95 rows.csv
check "no number" refused "--ci takes a level between 0 and 1, as 0.95, not 'high'" --ci=high rows.csv
check "a level of 1" refused "--ci takes a level between 0 and 1" --ci=1 rows.csv
check "measures" refused "--ci does not go with --metrics" --ci --metrics rows.csv
check "assertions know them" sh -c "'$losscope' -q --ci -f csv --assert 'ce.easy_neg_low < ce.easy_neg' --assert 'ce.mean_high < 0.1' rows.csv >out 2>err; [ \$? = 3 ] && grep -q 'mean_high' err"
check "without --ci there are no columns of it" sh -c "! '$losscope' -f csv rows.csv | grep -q _low"

# by hand: losses of log 2 and log 4, once each: mean 3/2 log 2, standard error log 2 / 2; Student's quantile for 1 degree of freedom is 12.7062
printf 'p,y\n.5,1\n.25,1\n' >two.csv
check "two rows by hand" sh -c "'$losscope' -q --ci -l ce -f csv two.csv | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[\$i] = i; next }
    { e = 12.706204736174693 * log(2) / 2; d = \$at[\"mean_high\"] - 1.5 * log(2) - e; exit !(d * d < 1e-24 && \$at[\"mean_low\"] == 0) }'"
printf 'p,y\n.5,1\n' >one.csv
printf 'p,y\n.9,1\n.99,1\n.1,1\n' >few.csv
check "no mean is below 0" sh -c "'$losscope' -q --ci -l ce -f csv few.csv | tail -n 1 | grep -qE ',total,+0,[1-9]'"
check "one row has no interval" sh -c "'$losscope' -q --ci -l ce -f csv one.csv | tail -n 1 | grep -q ',total,,*$'"
check "equal losses vary by nothing" sh -c "printf 'p,y\n.3,1\n.3,1\n.3,1\n' | '$losscope' -q --ci -l ce -f csv | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[\$i] = i; next } { exit !(\$at[\"mean_low\"] == \$at[\"mean\"] && \$at[\"mean_high\"] == \$at[\"mean\"]) }'"

# the same bytes in any order, from threads and from states
for form in csv json text markdown; do "$losscope" -q --ci -b g -w w -f $form rows.csv >whole.$form; done
{ head -n 1 rows.csv; grep ,b, rows.csv | sort; grep ,a, rows.csv | sort; grep ,d, rows.csv; } >turned.csv
sort whole.csv >want
check "another order of the rows" sh -c "'$losscope' -q --ci -b g -w w -f csv turned.csv | sort | cmp - want"
for k in 0 1 2; do { head -n 1 rows.csv; awk -v k=$k 'NR > 1 && NR % 3 == k' rows.csv; } >part$k.csv; "$losscope" -q --state-only part$k.state -b g -w w part$k.csv; done
check "states that are merged" sh -c "'$losscope' merge -q --ci -f csv part?.state | sort | cmp - want"
for form in csv json text markdown; do "$losscope" -q --cluster c -b g -w w -f $form rows.csv >clusters.$form; done
sort clusters.csv >want
check "clusters: another order of the rows" sh -c "'$losscope' -q --cluster c -b g -w w -f csv turned.csv | sort | cmp - want"
for k in 0 1 2; do "$losscope" -q --state-only part$k.state --cluster c -b g -w w part$k.csv; done
"$losscope" merge -q --state half.state part2.state part0.state >/dev/null
check "clusters: states that are merged" sh -c "'$losscope' merge -q --ci -f csv half.state part1.state | sort | cmp - want"
check "clusters: --cluster of states" sh -c "'$losscope' merge -q --cluster c -f csv half.state part1.state | sort | cmp - want"
check "clusters: report of states" sh -c "'$losscope' -q --cluster c -f csv half.state part1.state | sort | cmp - want"
check "clusters: a state of the whole is that of its parts" sh -c "'$losscope' -q --state-only whole.state --cluster c -b g -w w rows.csv; '$losscope' merge -q --ci -f csv whole.state | cmp - clusters.csv"
check "clusters: states bring them along" sh -c "'$losscope' merge -q -f csv whole.state | cmp - clusters.csv"
check "clusters: the figures of their states are those of the data" sh -c "'$losscope' plot fig4 --data -b g -w w rows.csv >one; '$losscope' plot fig4 --data whole.state | cmp - one"
check "clusters: by files, and by files' states" sh -c "for k in 0 1 2; do '$losscope' -q --state-only one\$k.csv.state --cluster c part\$k.csv; done; '$losscope' -q --by-file --cluster c -f csv part?.csv | sed 's/^part\(.\).csv/\1/' >one; '$losscope' -q --by-file --ci -f csv one?.csv.state | sed 's/^one\(.\).csv.state/\1/' | cmp - one"
check "clusters: measures do without" sh -c "'$losscope' -q --metrics -f csv whole.state >got; '$losscope' -q --metrics -b g -w w -f csv rows.csv | cmp - got"
check "clusters: an array" sh -c "cut -d, -f1,2,5 rows.csv | tail -n +2 | tr -d c >numbers.csv; '$losscope' -q --no-header -p 1 -y 2 --cluster 3 -f csv numbers.csv | tail -n 1 >one; '$losscope' -q -p p -y y --cluster c -f csv rows.csv | tail -n 1 | cmp - one"
"$losscope" -q --state-only none.state -b g -w w part0.csv
refused_data() { text=$1; shift; "$losscope" "$@" >out 2>err; [ $? = 1 ] && [ ! -s out ] && grep -qF -- "$text" err || { cat err out; return 1; }; }
check "a state without clusters" refused_data "the states hold no clusters: make them with report --cluster c --state" merge --cluster c none.state
check "clusters of another column" refused_data "the states hold the clusters of c, not of 'g'" merge --cluster g whole.state
check "a state with clusters and one without" refused_data "none.state: its clusters differ: none, where others have c" merge --ci part1.state none.state
check "no such column" refused "no column 'nothing' for --cluster" --cluster nothing rows.csv
printf 'p,y,c\n.5,1,a\n.25,1,a\n' >cluster.csv
check "one cluster has no interval" sh -c "'$losscope' -q --cluster c -l ce -f csv cluster.csv | tail -n 1 | grep -q ',total,,*$'"
check "JSON has the clusters" grep -q '"settings": .*"ci": 0.95, "cluster": "c", "clusters": 101' clusters.json
check "text has the clusters" grep -q '^Under each row: 95 % intervals by the 101 clusters of c.$' clusters.text
check "JSON has the level" grep -q '"settings": .*"ci": 0.95' whole.json
check "text has intervals under its rows" grep -qE '^ +[0-9.]+–[0-9.]+ ' whole.text
check "markdown has them in parentheses" grep -qE '% \([0-9.]+–[0-9.]+\)' whole.markdown
finish
