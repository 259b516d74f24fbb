#!/bin/sh
# faults.sh BUILD MOST: every command, with its allocations and system calls failing, one a run (at most MOST of each function), several commands at a time; prints "faults: N passed, N failed"
tests=$(cd "$(dirname "$0")" && pwd) build=$(realpath "$1")
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
if grep -q -e __asan_init -e __tsan_init "$losscope"; then # these have allocators of their own
    echo "faults: 0 passed, 0 failed"
    exit
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1

awk 'BEGIN { srand(3); print "id,score,label,w,image"; for (i = 0; i < 3000; i++) { p = rand(); printf "r%d,%.9f,%d,%.3f,g%d\n", i, p, rand() < p, rand(), i % 5 } }' >in.csv
gzip -k in.csv
zstd -q in.csv
awk 'BEGIN { srand(4); print "p_ant,p_bee,p_cat,label"; for (i = 0; i < 500; i++) { a = rand() / 2; b = rand() / 2; printf "%.17g,%.17g,%.17g,%s\n", a, b, 1 - a - b, substr("antbeecat", 1 + 3 * int(3 * rand()), 3) } }' >classes.csv
awk -F, 'NR > 1 { print $1 "," $3 }' in.csv | sort -r | sed '1i id,truth' >truth.csv
cut -d, -f1,2,4,5 in.csv >scores.csv
head -1000 in.csv >part.csv
cp "$tests/inputs/sklearn_proba.npy" scores.npy
cp "$tests/inputs/sklearn_labels.npy" labels.npy
printf '../one.state\n../two.state\n' >list
"$losscope" -q -p score -y label --state-only one.state in.csv && "$losscope" -q -p score -y label --state-only two.state part.csv || exit 1
grep -v '^#' "$tests/faults/commands" | xargs -d '\n' -n 1 -P "$(getconf _NPROCESSORS_ONLN)" sh -c \
    'printf "%s\n" "$4" | "$1/faults" "$2" "$1/preload.so" "$3" >"said$$"' sh "$build" "$losscope" "$2"
awk '/^faults: [0-9]+ passed, [0-9]+ failed$/ { passed += $2; failed += $4; next } 1
    END { print "faults: " passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || !passed }' said*
