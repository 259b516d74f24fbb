#!/bin/sh
# intervals.sh: --ci and --cluster against the formula over rows, resampled rows, and simulated data whose truth is known; prints "intervals: N passed, N failed"
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C COLUMNS=80

# check WHAT COMMAND...: the command succeeds
check() {
    what=$1
    shift
    if "$@" >said 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "intervals: $what"
        head -n 5 said
    fi
}
# refused TEXT ARGUMENT...: ends with status 2, says that text, writes nothing
refused() {
    text=$1
    shift
    "$losscope" "$@" >out 2>err
    [ $? = 2 ] && [ ! -s out ] && grep -qF -- "$text" err || { cat err out; return 1; }
}

# Rows in groups of 101, 31 and 869, so that the quantiles are known (mpmath, 40 digits); 1001 in all.
awk 'BEGIN { srand(11); print "p,y,w,g,c"; for (i = 0; i < 1001; i++) { y = rand() < .3; p = y ? sqrt(rand()) : rand() ^ 2
    printf "%.*f,%d,%.2f,%s,c%d\n", rand() < .5 ? 17 : 2, p * .98 + .01, y, .1 + 5 * rand(), i < 101 ? "a" : i < 132 ? "b" : "d", i % 31 + 70 * (i >= 101) * (i % 2) } }' >rows.csv
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
BEGIN { t["TOTAL"] = t1000; t["a"] = t100; t["b"] = t30 }
NR == 1 { for (i = 1; i <= NF; i++) { name[i] = $i; at[$i] = i } next }
$at["loss"] == loss {
    for (i = 1; i <= NF; i++) if (name[i] ~ /_low$/) {
        column = name[i]; sub(/_low$/, "", column); R = $at[column]; g = $at["group"]
        if ($i == "") continue
        quantile = column ~ /share_of_total$/ ? t["TOTAL"] : t[g]
        if (!quantile) continue
        if (column ~ /^(mean|per_positive)$/) { e = ($(i + 1) - $i) / 2 / quantile; middle = ($(i + 1) + $i) / 2 - R }
        else { e = (log($(i + 1) / (1 - $(i + 1))) - log($i / (1 - $i))) / 2 * R * (1 - R) / quantile
               middle = (log($(i + 1) / (1 - $(i + 1))) + log($i / (1 - $i))) / 2 - log(R / (1 - R)) }
        printf "%s,%s,%.17g,%.3g\n", g, column, e, middle
    }
}
AWK
# agrees LOSS WEIGHTED OPTION...: with the definition, all the 46 intervals whose quantile is known and whose share is not 0 or 1
agrees() {
    loss=$1 weighted=$2
    shift 2
    focal=0
    [ "$loss" = ce ] || focal=1
    awk -F, -v weighted="$weighted" -v focal=$focal -f plain.awk rows.csv >want
    "$losscope" --ci -b g -p p -y y -l ce,balanced-focal -g 2 -f csv "$@" rows.csv >got || return 1
    awk -F, -v loss="$loss" -v t30=2.0422724563012378878 -v t100=1.9839715185235518946 -v t1000=1.9623390808264081039 -f errors.awk got >errors
    awk -F, 'NR == FNR { want[$1, $2] = $3; next }
        { n++; d = $3 / want[$1, $2] - 1; if (!(d < 1e-12 && d > -1e-12 && $4 < 1e-12 && $4 > -1e-12)) { bad = 1; print $0, want[$1, $2] } }
        END { if (n != 46) print n " intervals"; exit bad || n != 46 }' want errors
}
check "cross-entropy" agrees ce 0
check "balanced focal loss" agrees balanced-focal 0
check "weights" agrees ce 1 -w w
check "weights, balanced focal loss" agrees balanced-focal 1 -w w

# a class's intervals are those of a group of its examples: of softmax the rows of its label, of several labels those of its columns
awk 'BEGIN { srand(3); print "p_a,p_b,p_c,y" >"soft.csv"; print "p_a,p_b,y_a,y_b" >"multi.csv"; print "p,y,g" >"long.csv"
    for (i = 0; i < 400; i++) { p = rand(); q = (1 - p) * rand(); a = rand() < p; b = rand() < q
        printf "%.17g,%.17g,%.17g,%s\n", p, q, 1 - p - q, a ? "a" : b ? "b" : "c" >"soft.csv"
        printf "%.17g,%.17g,%d,%d\n", p, q, a, b >"multi.csv"; printf "%.17g,%d,a\n%.17g,%d,b\n", p, a, q, b >"long.csv" } }'
# ends LEVEL NAME: the ends of intervals in the rows of that level, after the class's or group's name
ends() { awk -F, -v level="$1" -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } $at["level"] == level { line = $at[name] "," $at["gamma"]; for (i = at["mean_low"]; i <= NF; i++) line = line "," $i; print line }'; }
classes() {
    "$losscope" --ci -l ce,focal -g 2 -f csv --by-class $1 | ends class class | sort >got
    "$losscope" --ci -l ce,focal -g 2 -f csv $2 | ends group group | sort >want
    paste -d , got want | awk -F, '{ for (i = 1; i <= NF / 2; i++) { d = $i - $(i + NF / 2); if ($i == "" ? $(i + NF / 2) != "" : i > 1 ? d > 1e-12 || d < -1e-12 : $i != $(i + NF / 2)) { bad = 1; print } n += $i > 0 } } END { exit bad || n < 40 }'
}
check "classes of softmax" classes soft.csv "-b y soft.csv"
check "classes of several labels" classes "-p p_a,p_b -y y_a,y_b multi.csv" "-b g long.csv"

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
    { e = 12.706204736174693 * log(2) / 2; d = \$at[\"mean_high\"] - 1.5 * log(2) - e; f = \$at[\"mean_low\"] - 1.5 * log(2) + e; exit !(d * d < 1e-24 && f * f < 1e-24) }'"
printf 'p,y\n.5,1\n' >one.csv
check "one row has no interval" sh -c "'$losscope' -q --ci -l ce -f csv one.csv | tail -n 1 | grep -q ',total,,*$'"
check "equal losses vary by nothing" sh -c "printf 'p,y\n.3,1\n.3,1\n.3,1\n' | '$losscope' -q --ci -l ce -f csv | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[\$i] = i; next } { exit !(\$at[\"mean_low\"] == \$at[\"mean\"] && \$at[\"mean_high\"] == \$at[\"mean\"]) }'"

# the same bytes in any order, from threads and from states
for form in csv json text markdown; do "$losscope" -q --ci -b g -w w -f $form rows.csv >whole.$form; done
{ head -n 1 rows.csv; grep ,b, rows.csv | sort; grep ,a, rows.csv | sort; grep ,d, rows.csv; } >turned.csv
sort whole.csv >want
check "another order of the rows" sh -c "'$losscope' -q --ci -b g -w w -f csv turned.csv | sort | cmp - want"
for k in 0 1 2; do { head -n 1 rows.csv; awk -v k=$k 'NR > 1 && NR % 3 == k' rows.csv; } >part$k.csv; "$losscope" -q --state-only part$k.state -b g -w w part$k.csv; done
check "states that are merged" sh -c "'$losscope' merge -q --ci -f csv part?.state | sort | cmp - want"
check "JSON has the level" grep -q '"settings": .*"ci": 0.95' whole.json
check "text has intervals under its rows" grep -qE '^ +[0-9.]+–[0-9.]+ ' whole.text
check "markdown has them in parentheses" grep -qE '% \([0-9.]+–[0-9.]+\)' whole.markdown
echo "intervals: $passed passed, $failed failed"
[ "$failed" = 0 ]
