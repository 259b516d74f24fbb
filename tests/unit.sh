#!/bin/sh
# unit.sh PROGRAM: the unit tests; prints "unit: N passed, N failed"
cd "$(dirname "$0")" || exit 1
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
"$1" >"$log" 2>&1
cat "$log"
awk '/^[0-9]+%: Checks: / { gsub(",", ""); bad = $5 + $7; print "unit: " $3 - bad " passed, " bad " failed" }' "$log"
