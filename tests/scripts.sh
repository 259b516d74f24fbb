#!/bin/sh
# scripts.sh: what gnuplot computes from a script's text is what --data says; prints "scripts: N passed, N failed"
# Every loss of the table, as it stands and with its own parameters, over p_t, over x_t, and its derivative.
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(readlink -f "$tests/${LOSSCOPE:-../losscope}")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C

# compare FIGURE LOSS: gnuplot's values of all its curves, in order
compare() {
    options=
    has=$("$losscope" losses -f tsv | awk -F'\t' -v name="${2%%(*}" '$1 == name { print $3 }')
    case $has in *γ*) options="-g 1.75" ;; esac
    case $has in *β*) options="$options --beta 0.375" ;; esac
    case $has in *α*) options="$options -a 0.25" ;; esac
    # shellcheck disable=SC2086 # the options are words
    "$losscope" plot "$1" -l "$2" $options >script.gp && "$losscope" plot "$1" -l "$2" $options --data -f tsv >data.tsv || return 1
    {
        grep '^[A-Za-z][A-Za-z0-9_]*(.*) = ' script.gp
        sed -n '/^plot/,$p' script.gp | sed 's/^plot *//; s/^ *//; s/ ls [0-9]* title .*//' | while read -r term; do
            [ "$1" = fig1 ] && range='0, 1' || { [ "$1" = fig5 ] && range='-5, 5' || range='-10, 10'; }
            echo "f(x) = $term"
            echo "low(a, b) = a; high(a, b) = b"
            echo "do for [i=0:200] { x = low($range) + (high($range) - low($range)) * i / 200.0; print sprintf('%.17g %.17g', x, f(x)) }"
        done
    } >check.gp
    gnuplot check.gp 2>values.txt
    awk -F'\t' 'NR == FNR { split($0, f, " "); x[NR] = f[1]; y[NR] = f[2]; n = NR; next }
        FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "x") cx = i; else if ($i == "y") cy = i; next }
        { k++; if ($cy == "inf" || y[k] == "nan") { if ($cy != "inf" || y[k] != "nan") { bad++; print "x " $cx ": " y[k] ", not " $cy }; next }
          d = y[k] - $cy; if (d < 0) d = -d; size = $cy < 0 ? -$cy : $cy
          if (!(d <= 1e-12 * size + 1e-15) || x[k] - $cx > 1e-9 || $cx - x[k] > 1e-9) { bad++; print "x " $cx ": " y[k] ", not " $cy } }
        END { if (k == 0 || k != n) { print k " of " n " values"; bad++ } exit bad > 0 }' values.txt data.tsv
}

# what has no curve is the loss of a set
for loss in $("$losscope" losses -f tsv | sed '1d; s/\t.*//' | while read -r l; do "$losscope" plot fig1 -l "$l" >/dev/null 2>&1 && echo "$l"; done) $(cat "$tests/losses.txt"); do
    for figure in fig1 fig5 fig6; do
        if compare $figure "$loss" >out 2>&1; then passed=$((passed + 1)); else
            failed=$((failed + 1))
            echo "scripts: $figure of $loss: $(head -3 out)"
        fi
    done
done
echo "scripts: $passed passed, $failed failed"
[ "$failed" = 0 ]
