#!/bin/sh
# run.sh BUILD: all tests, with the programs in BUILD; the last line is "N passed, N failed"
tests=$(dirname "$0")
build=$(realpath "$1")
log=$(mktemp) || exit 1
trap 'rm -f "$log" "$log.one"' EXIT

# run SCRIPT [ARGUMENT...]: one that does not print "NAME: N passed, N failed" has failed
run() {
    script=$1
    shift
    sh "$tests/$script.sh" "$@" >"$log.one" 2>&1
    cat "$log.one"
    grep -qE '^[a-z]+: [0-9]+ passed, [0-9]+ failed$' "$log.one" || echo "$script: 0 passed, 1 failed"
}

(cd "$tests" && "$build/unit") >"$log" 2>&1
{
    run truth
    run random "$build/direct" 1 30 narrow
    run random "$build/cross" 1 5
    run faults "$build" 2
    run golden
    run rows_command
    run torture 12
    run figures
    run bands
    run gnuplot_runs
    run pictures "$build/overlap"
    run figure_numbers "$build/figure_numbers"
    run states
    run scripts
    run gallery
    run html
    run manual
    run readme
    run guide
    run bench/instructions
    run growth columns names weighted-groups keys gamma-list thresholds
    run rooms "$build"
} >>"$log"
cat "$log"
awk '/^[a-z]+: [0-9]+ passed, [0-9]+ failed$/ { p += $2; f += $4 }
     /^[0-9]+%: Checks: / { gsub(",", ""); bad = $5 + $7; p += $3 - bad; f += bad; unit = 1 }
     END { if (!unit) f++; print p " passed, " f " failed"; exit f > 0 }' "$log"
