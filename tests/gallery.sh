#!/bin/sh
# gallery.sh [--update]: the scripts of the README's pictures are those that the program writes now; --update draws the pictures anew
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
cd "$tests/.." || exit 1
mkdir -p samples/figures
while read -r name options; do
    script=samples/figures/$name.gp
    if [ "$1" = --update ]; then
        # shellcheck disable=SC2086 # the options are words
        "$losscope" plot "$name" $options -o "$script" && "$losscope" plot "$name" $options -o "samples/figures/$name.svg"
    fi
    # shellcheck disable=SC2086
    if "$losscope" plot "$name" $options | cmp -s - "$script" && [ -s "samples/figures/$name.svg" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "gallery: $name is stale: make figures"
    fi
done <<'LIST'
fig1
fig2
fig4 samples/anchors.csv --ignore=-1
fig5
fig6
fig7
share samples/anchors.csv --ignore=-1
mass samples/anchors.csv --ignore=-1
density samples/anchors.csv --ignore=-1
calibration samples/caravan.csv --positive insurance
heatmap samples/anchors.csv --ignore=-1
concentration samples/anchors.csv --ignore=-1
LIST
echo "gallery: $passed passed, $failed failed"
[ "$failed" = 0 ]
