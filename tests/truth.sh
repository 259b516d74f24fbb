#!/bin/sh
# truth.sh: the program's results against values of 50 and more digits; prints "truth: N passed, N failed"
# Totals, means and shares within 1e-14 relative (γ beyond 5: 1e-12), shares of concentration within 1e-4.
cd "$(dirname "$0")" || exit 1
losscope=${LOSSCOPE:-../losscope} SAMPLES=../samples passed=0 failed=0
export SAMPLES
for set in truth/*/ truth/published/*/; do
    [ -f "$set/args" ] || continue
    args=$(sed "s|^input.csv|${set}input.csv|; s|\$SAMPLES|$SAMPLES|" "$set/args")
    # shellcheck disable=SC2086 # the arguments are words
    if $losscope -q $args -f tsv | awk -F'\t' -v set="$set" '
        function near(got, want, column, within, d) {
            if (want == "" || want == "nan") return got == ""
            if (want == "inf") return got == "inf"
            if (got == "" || got == "inf") return 0
            d = got - want; if (d < 0) d = -d
            if (column ~ /^(top|half|gini|pos_|neg_)/) return d <= 1e-4
            return d <= 1e-300 || d <= within * want
        }
        NR == FNR { if (FNR == 1) { for (i = 1; i <= NF; i++) name[$i] = i } else row[++n] = $0; next }
        { for (r = 1; r <= n; r++) {
              split(row[r], f, "\t")
              if (f[name["loss"]] != $1 || f[name["gamma"]] + 0 != $2 + 0 || f[name["alpha"]] != $3) continue
              if ($4 != "*" && f[name["easy"]] + 0 != $4 + 0) continue
              checks++
              if (!near(f[name[$5]], $6, $5, $2 > 5 ? 1e-12 : 1e-14)) { bad++; print set ": " $1 " gamma " $2 " alpha " $3 " easy " $4 ": " $5 " is " f[name[$5]] ", not " $6 }
          } }
        END { if (!checks) print set ": nothing was compared"; exit bad || !checks }' - "$set/expected.tsv"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
echo "truth: $passed passed, $failed failed"
[ "$failed" = 0 ]
