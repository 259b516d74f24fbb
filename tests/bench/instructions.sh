#!/bin/sh
# instructions.sh: instructions a row, counted by valgrind: AVX2 and SSE2, between 20,000 and 60,000 rows that fill the same bins; fails above the limits
here=$(cd "$(dirname "$0")" && pwd)
losscope=${LOSSCOPE_BINARY:-$(cd "$here/.." && readlink -f "${LOSSCOPE:-../losscope}")}
# nothing to count with, or a program that is built to be watched
if ! command -v valgrind >/dev/null || grep -q -e __asan_init -e __tsan_init -e __gcov_init "$losscope"; then
    echo "instructions: 0 passed, 0 failed"
    exit 0
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
# the same 20,000 rows once and thrice: what is done for cells and settings is the same
awk 'BEGIN { srand(7); for (i = 0; i < 20000; i++) { y = rand() < 0.01; u = rand(); v = rand()
    z = (y ? 1.5 : -5) + 2 * sqrt(-2 * log(1 - u)) * cos(6.2831853 * v); printf "%.17g,%d\n", 1 / (1 + exp(-z)), y } }' >"$scratch/rows"
{ echo score,label; cat "$scratch/rows"; } >"$scratch/once.csv"
{ echo score,label; cat "$scratch/rows" "$scratch/rows" "$scratch/rows"; } >"$scratch/thrice.csv"
count() {
    LOSSCOPE_ISA=$1 valgrind --tool=callgrind --callgrind-out-file=/dev/null "$losscope" -j1 -f csv -l ce "$scratch/$2.csv" 2>&1 >/dev/null |
        awk '/Collected/ { print $NF }'
}
passed=0 failed=0
for isa in avx2 sse2; do
    limit=300
    [ $isa = sse2 ] && limit=450
    a=$(count $isa once)
    b=$(count $isa thrice)
    each=$(((b - a) / 40000))
    echo "$isa: $each (limit $limit)"
    if [ "$each" -gt 0 ] && [ "$each" -le $limit ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "instructions: $passed passed, $failed failed"
[ "$failed" = 0 ]
