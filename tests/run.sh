#!/bin/sh
# run.sh BUILD: all tests, with the programs in BUILD; the last line is "N passed, N failed"
tests=$(dirname "$0")
build=$(realpath "$1")
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
{
    (cd "$tests" && "$build/unit")
    sh "$tests/truth.sh"
    sh "$tests/direct.sh" "$build" 1 60 narrow
    sh "$tests/golden.sh"
    sh "$tests/torture.sh" 12
    sh "$tests/figures.sh"
    sh "$tests/bands.sh"
    sh "$tests/gallery.sh"
    sh "$tests/html.sh"
    sh "$tests/manual.sh"
    sh "$tests/readme.sh"
    sh "$tests/bench/instructions.sh"
    if sh "$tests/rooms.sh"; then echo "rooms: 1 passed, 0 failed"; else echo "rooms: 0 passed, 1 failed"; fi
} >"$log" 2>&1
cat "$log"
awk '/^[a-z]+: [0-9]+ passed, [0-9]+ failed$/ { p += $2; f += $4; n++ }
     /^[0-9]+%: Checks: / { gsub(",", ""); bad = $5 + $7; p += $3 - bad; f += bad; n++ }
     END { if (n < 11) f++; print p " passed, " f " failed"; exit f > 0 }' "$log"
