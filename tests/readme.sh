#!/bin/sh
# readme.sh: what README.md says is so: its examples print what it shows, its recipes run, its losses, pictures and test command are those of the project. Prints "readme: N passed, N failed"
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
readme=$tests/../README.md
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
ln -s "$tests/../samples" "$scratch/samples"
mkdir "$scratch/bin" && ln -s "$losscope" "$scratch/bin/losscope"
cd "$scratch" || exit 1
export LC_ALL=C COLUMNS=80 TERM=dumb PATH="$scratch/bin:$PATH"

good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "readme: $*"; }

# block-1.console, block-2.python, …: the examples in their order
awk '/^```/ { if (file) { close(file); file = "" } else { file = sprintf("block-%02d.%s", ++n, substr($0, 4)); printf "" >file } next } file { print >file }' "$readme"

# What the PyTorch recipe stands in.
cat >loop.py <<'PYTHON'
import numpy as np, torch
torch.manual_seed(0)
model = torch.nn.Linear(4, 3)
loader = [(torch.randn(8, 4), torch.randint(3, (8,))) for _ in range(3)]
PYTHON

# with PROGRAM MODULES...: the first python that has all the modules
with() {
    for python in python3 /usr/bin/python3; do
        if "$python" -c "import $1" 2>/dev/null; then echo "$python" && return; fi
    done
}

# each "$ command" and, where lines follow it, what it prints
console() {
    while IFS= read -r line; do
        case $line in
            '$ '*) finish && command=${line#'$ '} ;;
            *) printf '%s\n' "$line" >>want ;;
        esac
    done <"$1"
    finish
}
finish() {
    [ -n "$command" ] || return 0
    if sh -c "$command" >got 2>said </dev/null && { [ ! -s want ] || diff -u want got; }; then good; else bad "$command: $(cat said)"; fi
    : >want
    command=
}
: >want

for block in block-*; do
    case $block in
        *.console) [ -n "$skipped" ] || console "$block"; skipped= ;;
        *.python)
            modules=$(sed -n 's/^\(import\|from\) \([a-z_]*\).*/\2/p' "$block" | sort -u | paste -sd,)
            if grep -q loader "$block"; then cat loop.py "$block" >whole && mv whole "$block"; fi
            python=$(with "$modules")
            if [ -z "$python" ]; then skipped=1; elif "$python" "$block" >said 2>&1; then good; else bad "$block: $(cat said)"; fi ;;
        *.r)
            if ! command -v Rscript >/dev/null; then skipped=1; elif Rscript "$block" >said 2>&1; then good; else bad "$block: $(cat said)"; fi ;;
    esac
done

sed -n 's/^| `\([a-z0-9-]*\)` | .* |$/\1/p' "$readme" | grep -v '^[^a-z]' >want
"$losscope" losses -f csv | sed '1d; s/,.*//' >got
if diff want got; then good; else bad "the losses"; fi
for picture in $(grep -o '](samples/[^)]*)' "$readme" | tr -d '()]'); do
    if [ -s "$picture" ]; then good; else bad "there is no $picture"; fi
done
if grep -qxF "$(grep '&& make check$' "$readme")" "$tests/../.ci/run"; then good; else bad ".ci/run does not run the test command"; fi
echo "readme: $passed passed, $failed failed"
[ "$failed" = 0 ]
