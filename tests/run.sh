#!/bin/sh
# run.sh BUILD: all tests, with the programs in BUILD, several at a time; the last line is "N passed, N failed"
# run.sh --one LOG SCRIPT [ARGUMENT...]: one of them; it has failed if it does not print "NAME: N passed, N failed"
tests=$(dirname "$0")
if [ "$1" = --one ]; then
    script=$3
    log=$2/$(echo "$script" | tr / _)_$(echo "$*" | cksum | cut -d ' ' -f 1) # one for each line of the list
    shift 3
    sh "$tests/$script.sh" "$@" >"$log" 2>&1
    grep -qE '^[a-z]+: [0-9]+ passed, [0-9]+ failed$' "$log" || echo "$script: 0 passed, 1 failed" >>"$log"
    exit 0
fi
build=$(realpath "$1")
logs=$(mktemp -d) || exit 1
trap 'rm -rf "$logs"' EXIT

# The longest come first.
xargs -L 1 -P "$(getconf _NPROCESSORS_ONLN)" sh "$0" --one "$logs" <<LIST
unit $build/unit
faults $build 2
figures
pictures $build/overlap
html
replay $build
growth columns names groups clusters crossed-clusters weighted-groups keys gamma-list thresholds states
growth kept-columns rows-of-groups metrics-groups compared-keys where assertions losses
readme
golden
random $build/cross 1 5
random $build/direct 7 57
random $build/direct 83 83
random $build/direct 130 130
states
bench/instructions
scripts
torture 12
rows_command
compare_command
metrics
losses
intervals
manual
figure_numbers $build/figure_numbers
rooms $build
truth
bands
gnuplot_runs
gallery
guide
LIST
cat "$logs"/*
cat "$logs"/* | awk '/^[a-z]+: [0-9]+ passed, [0-9]+ failed$/ { p += $2; f += $4 } END { print p + 0 " passed, " f + 0 " failed"; exit f > 0 || !p }'
