#!/bin/sh
# bands.sh: the counts in the bands of mass, density, calibration and the strips under figures 1, 5 and 6, for scores that lie on the bands' edges, against plain comparisons
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
awk 'BEGIN { srand(3); print "score,label"; for (i = 0; i < 50000; i++) printf "%.2f,%d\n", int(101 * rand()) / 100, rand() < 0.3 }' >p.csv
awk 'BEGIN { srand(4); print "logit,label"; for (i = 0; i < 20000; i++) printf "%g,%d\n", (int(97 * rand()) - 48) / 4, rand() < 0.3 }' >x.csv
# p_t >= edge exactly: one of 1 - p and 1 - edge is exact
direct='function at_least(p, y, e) { return y ? p >= e : e >= 0.5 ? p <= 1 - e : 1 - p >= e }
BEGIN { FS = ","; OFMT = CONVFMT = "%.17g" }'
same() {
    if diff wanted got >differs; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "bands: $1"; head -4 differs; fi
}
data() { "$losscope" plot "$@" --data -f csv; }
tail -n +2 p.csv | awk "$direct"' BEGIN { bands = split("0.0001,0.001,0.01,0.1,0.5,0.9,0.99,0.999,0.9999", edge, ",") } { for (b = bands; b > 0 && !at_least($1, $2, edge[b]); b--); n[b]++ } END { for (b = 0; b <= bands; b++) print n[b] + 0 }' >wanted
data mass -g 2 p.csv | awk -F, '$3 == "examples" { print $13 }' >got
same mass
tail -n +2 p.csv | awk "$direct"' { for (b = 29; b > 0 && !at_least($1, $2, b / 30); b--); n[$2, b]++ }
    END { for (y = 0; y < 2; y++) for (b = 29; b >= 0; b--) print n[y, b] + 0 }' >wanted
data density p.csv | awk -F, 'NR > 1 { print $12 }' >got
same density
tail -n +2 p.csv | awk "$direct"' { for (b = 19; b > 0 && !at_least($1, $2, b / 20); b--); n[$2, b]++ }
    END { for (y = 0; y < 2; y++) for (b = 0; b < 20; b++) print n[y, b] + 0 }' >wanted
data fig1 p.csv | awk -F, '$3 == "examples" { print $12 }' >got
same fig1
tail -n +2 p.csv | awk "$direct"' { for (b = 9; b > 0 && !($1 > b / 10); b--); n[b]++ } END { for (b = 0; b < 10; b++) if (n[b]) print n[b] }' >wanted
data calibration p.csv | awk -F, '$3 == "bins" { print $13 }' >got
same calibration
for figure in fig5:5 fig6:10; do
    tail -n +2 x.csv | awk -F, -v high=${figure#*:} '{ x = $2 ? $1 : -$1; step = high / 20; if (x >= -high && x < high) n[$2, int((x + high) / step)]++ }
        END { for (y = 0; y < 2; y++) for (b = 0; b < 40; b++) print n[y, b] + 0 }' >wanted
    data ${figure%:*} x.csv | awk -F, '$3 == "examples" { print $12 }' >got
    same ${figure%:*}
done
echo "bands: $passed passed, $failed failed"
[ "$failed" = 0 ]
