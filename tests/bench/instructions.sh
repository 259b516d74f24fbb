#!/bin/sh
# instructions.sh: instructions a row, counted by valgrind: AVX2 and SSE2, of rows that come thrice and fifteen times and so fill the same bins; fails above the limits,
# which are some 1.15 times what was measured
here=$(cd "$(dirname "$0")" && pwd)
losscope=${LOSSCOPE_BINARY:-$(cd "$here/.." && readlink -f "${LOSSCOPE:-../losscope}")}
# nothing to count with, or a program that is built to be watched
if ! command -v valgrind >/dev/null || grep -q -e __asan_init -e __tsan_init -e __gcov_init "$losscope"; then
    echo "instructions: 0 passed, 0 failed"
    exit 0
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
# valgrind cannot read what clang writes for debuggers
strip -g -o "$scratch/losscope" "$losscope" 2>/dev/null && losscope=$scratch/losscope
# what is done for cells and settings is the same, however often the rows come; but rows that are kept as they are, of small data, cost more
repeat() { for i in $(seq "$1"); do cat "$scratch/rows"; done; }
repeated() { { echo "$2"; repeat 3; } >"$scratch/$1.thrice"; { echo "$2"; repeat 15; } >"$scratch/$1.fifteen"; }
awk 'BEGIN { srand(7); for (i = 0; i < 20000; i++) { y = rand() < 0.01; u = rand(); v = rand()
    z = (y ? 1.5 : -5) + 2 * sqrt(-2 * log(1 - u)) * cos(6.2831853 * v); printf "%.17g,%d\n", 1 / (1 + exp(-z)), y } }' >"$scratch/rows"
repeated binary score,label
# of softmax, the sums of the first rows are checked
awk 'BEGIN { srand(7); for (i = 0; i < 4000; i++) { sum = 0; for (k = 0; k < 10; k++) sum += p[k] = exp(4 * rand())
    for (k = 0; k < 10; k++) printf "%.17g,", p[k] / sum; print int(10 * rand()) } }' >"$scratch/rows"
repeated softmax p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,label
count() {
    LOSSCOPE_ISA=$1 valgrind --tool=callgrind --callgrind-out-file=/dev/null "$losscope" -j1 -f csv -l ce "$scratch/$2" 2>&1 >/dev/null |
        awk '/Collected/ { print $NF }'
}
passed=0 failed=0
while read -r isa kind more limit; do
    a=$(count "$isa" "$kind.thrice")
    b=$(count "$isa" "$kind.fifteen")
    each=$(((b - a) / more))
    echo "$isa, $kind: $each (limit $limit)"
    if [ "$each" -gt 0 ] && [ "$each" -le "$limit" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done <<END
avx2 binary 240000 195
sse2 binary 240000 340
avx2 softmax 48000 850
sse2 softmax 48000 1500
END
echo "instructions: $passed passed, $failed failed"
[ "$failed" = 0 ]
