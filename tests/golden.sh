#!/bin/sh
# golden.sh [--update]: each golden/NAME.cmd is run; its stdout, stderr and exit status are those of NAME.out
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
ln -s "$tests/../samples" "$scratch/samples"
ln -s "$tests/inputs" "$scratch/inputs"
ln -s "$losscope" "$scratch/losscope"
cd "$scratch" || exit 1
export LC_ALL=C COLUMNS=80 TERM=dumb PATH="$scratch:$PATH"
for case in "$tests"/golden/*.cmd; do
    name=${case%.cmd}
    sh "$case" >"$scratch/stdout" 2>"$scratch/stderr" </dev/null
    status=$?
    { cat stdout; sed 's/^/stderr: /' stderr; echo "status: $status"; } >got
    if [ "$1" = --update ]; then cp got "$name.out"; fi
    if diff -u "$name.out" got; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "golden: $passed passed, $failed failed"
[ "$failed" = 0 ]
