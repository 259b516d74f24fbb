#!/bin/sh
# growth.sh [KIND...]: four times as much of one kind costs at most five times the instructions (counted by valgrind); prints "growth: N passed, N failed"
here=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$here" && readlink -f "${LOSSCOPE:-../losscope}")
if ! command -v valgrind >/dev/null || grep -q -e __asan_init -e __tsan_init -e __gcov_init "$losscope"; then
    echo "growth: 0 passed, 0 failed"
    exit 0
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
set -f

# write KIND N: in.csv, and what to do with it
write() {
    case $1 in
    rows) awk -v n="$2" 'BEGIN { srand(1); print "p,y"; for (i = 0; i < n; i++) print rand() "," i % 2 }' ;;
    quoted-rows) awk -v n="$2" 'BEGIN { srand(1); print "p,y"; for (i = 0; i < n; i++) print "\"" rand() "\",\"" i % 2 "\"" }' ;;
    weights) awk -v n="$2" 'BEGIN { srand(1); print "p,y,w"; for (i = 0; i < n; i++) print i % 3 / 4 + .1 "," i % 2 "," rand() }' ;;
    columns | kept-columns) awk -v n="$2" 'BEGIN { print_row("label", "c"); for (r = 0; r < 3; r++) print_row(r % 2, ".") }
        function print_row(first, word, i) { printf "%s,score", first; for (i = 0; i < n; i++) printf ",%s%d", word, i; print "" }' | sed '2,$s/score/0.25/' ;;
    classes) awk -v n="$2" 'BEGIN { for (i = 0; i < n; i++) printf "p_c%d,", i; print "label"; for (r = 0; r < 20; r++) { for (i = 0; i < n; i++) printf "%.17g,", 1 / n; print "c" r * int(n / 20) } }' ;;
    names) awk -v n="$2" 'BEGIN { for (i = 0; i < n; i++) printf "p_c%d,", i; print "label"; for (r = 0; r < 3; r++) { for (i = 0; i < n; i++) printf "%.17g,", 1 / n; print "c" r * int(n / 3) } }' ;;
    groups | metrics-groups | rows-of-groups) awk -v n="$2" 'BEGIN { srand(1); print "p,y,g"; for (i = 0; i < 3 * n; i++) print rand() "," i % 2 ",g" i % n }' ;;
    clusters) awk -v n="$2" 'BEGIN { srand(1); print "p,y,c"; for (i = 0; i < 3 * n; i++) print rand() "," i % 2 ",c" i % n }' ;;
    crossed-clusters) awk -v n="$2" 'BEGIN { srand(1); print "p,y,c,g"; for (i = 0; i < 3 * n; i++) print rand() "," i % 2 ",c" int(i / 3) ",g" i % 5 }' ;;
    weighted-groups) awk -v n="$2" 'BEGIN { srand(1); print "p,y,w,g"; for (i = 0; i < 3 * n; i++) print i % 3 / 4 + .1 "," i % 2 "," 1 + i % 4 ",g" i % n }' ;;
    comments) awk -v n="$2" 'BEGIN { for (i = 0; i < n; i++) print "# a remark"; print "p,y\n0.5,1\n0.25,0" }' ;;
    blank-lines) awk -v n="$2" 'BEGIN { for (i = 0; i < n; i++) print ""; print "p,y\n0.5,1\n0.25,0" }' ;;
    compared-keys) awk -v n="$2" 'BEGIN { srand(1); print "id,p,y" >"keys.csv"; print "id,p,y"; for (i = 0; i < n; i++) { print "r" i "," rand() "," i % 2; print "r" n - 1 - i "," rand() "," (n - 1 - i) % 2 >"keys.csv" } }' ;;
    keys) awk -v n="$2" 'BEGIN { srand(1); print "id,y" >"keys.csv"; print "id,p"; for (i = 0; i < n; i++) { print "r" i "," rand(); print "r" n - 1 - i "," i % 2 >"keys.csv" } }' ;;
    states) options=
        for i in $(seq "$2"); do
            printf 'p,y,g\n0.%d,1,g%d\n0.2%d,0,all\n' "$i" "$i" "$i" | "$losscope" -q -b g --state-only "$i.state" -
            options="$options $i.state"
        done
        printf 'p,y,g\n0.3,1,a\n' | "$losscope" -q -b g --state-only - - ;;
    *) printf 'p,y\n0.5,1\n0.25,0\n0.9,1\n0.01,0\n' ;;
    esac >in.csv
    command=report
    case $1 in
    states) options="-l ce $options" ;;
    kept-columns) command=rows options='-l ce --keep *' ;;
    rows-of-groups) command=rows options='-p p -y y -b g -l ce --per-group 2' ;;
    metrics-groups) options='-p p -y y -b g --metrics' ;;
    compared-keys) command=compare options='-p p -y y --key id -l ce keys.csv' ;;
    where) command=rows options="-p p -y y -l ce --where $(awk "BEGIN { for (i = 1; i < $2; i++) printf \"(p_t<%g)or\", i / $2; print \"(p_t>1)\" }")" ;;
    assertions) options="-p p -y y -l ce $(awk "BEGIN { for (i = 0; i < $2; i++) printf \"--assert ce.mean<%d \", 10 + i }")" ;;
    losses) options="-p p -y y -l $(awk "BEGIN { for (i = 1; i < $2; i++) printf \"poly1(epsilon=%g),\", i / $2; print \"ce\" }")" ;;
    quoted-rows | rows) options='-p p -y y -l ce' ;;
    weights) options='-p p -y y -l ce -w w' ;;
    columns) options='-l ce' ;;
    names) options='-l ce' ;;
    classes) options='-l ce --by-class' ;;
    groups) options='-p p -y y -b g -l ce' ;;
    clusters) options='-p p -y y --cluster c -l ce' ;;
    crossed-clusters) options='-p p -y y --cluster c -b g -l ce' ;;
    weighted-groups) options='-p p -y y -b g -w w -l ce' ;;
    comments) options="-p p -y y --comment #" ;;
    keys) options='-p p --labels keys.csv --key id -l ce' ;;
    gammas) options="-p p -y y -l focal -g 0.01:5:$(awk "BEGIN { print 4.99 / $2 }")" ;;
    gamma-list) options="-p p -y y -l focal -g $(awk "BEGIN { for (i = 1; i < $2; i++) printf \"%g,\", i / $2; print 1 }")" ;;
    thresholds) options="-p p -y y -l ce -e $(awk "BEGIN { for (i = 1; i < $2; i++) printf \"%g,\", i / $2; print 0.5 }")" ;;
    alphas) options="-p p -y y -l balanced-ce -a $(awk "BEGIN { for (i = 1; i < $2; i++) printf \"%g,\", i / $2; print 0.5 }")" ;;
    *) options='-p p -y y' ;;
    esac
}

count() {
    # shellcheck disable=SC2086 # the options are words
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$losscope" $command -q -j1 -f csv $options in.csv 2>err >out || sed "s/^/growth: /" err >&2
    awk '/Collected/ { print $NF }' err
}

while read -r kind n; do
    case " ${*:-$kind} " in *" $kind "*) ;; *) continue ;; esac
    write "$kind" "$n"
    few=$(count)
    write "$kind" $((4 * n))
    many=$(count)
    if [ "${few:-0}" -gt 0 ] && [ "${many:-0}" -gt 0 ] && [ "$many" -le $((5 * few)) ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "growth: $n and $((4 * n)) $kind: $few and $many instructions"
    fi
    [ "$VERBOSE" ] && echo "$kind $few $many $((10 * many / few))"
done <<'LIST'
rows 5000
quoted-rows 2000
weights 4000
columns 1000
names 500
classes 50
groups 200
clusters 400
crossed-clusters 300
weighted-groups 400
comments 5000
blank-lines 5000
keys 1500
gammas 300
gamma-list 500
thresholds 100
alphas 200
states 30
kept-columns 500
rows-of-groups 200
metrics-groups 200
compared-keys 1000
where 100
assertions 100
losses 50
LIST
echo "growth: $passed passed, $failed failed"
[ "$failed" = 0 ]
