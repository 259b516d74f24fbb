#!/bin/bash
# bench.sh [quick]: ratios of losscope to other programs and to itself, beside what must be reached and what is aimed at
# Peers that are not installed are passed over. PEERS_MODULES names a folder with node_modules (@duckdb/node-api, nodejs-polars). BENCH_DATA keeps the data.
here=$(cd "$(dirname "$0")" && pwd)
losscope=$here/../../losscope
build=$here/../../build/bench
quick=$1 pairs=${BENCH_PAIRS:-7} rows=10000000
[ -n "$quick" ] && pairs=3 rows=2000000
data=${BENCH_DATA:-$(mktemp -d)}
[ -z "$BENCH_DATA" ] && trap 'rm -rf "$data"' EXIT
mkdir -p "$data"
export LC_ALL=C PATH="$PATH"
modules=${PEERS_MODULES:-$here/peers}
missed=0 aims=0

make_data() { # NAME KIND ROWS [CLASSES]
    [ -s "$data/$1" ] || "$build/gen" "$2" "$3" "$4" >"$data/$1"
    cat "$data/$1" >/dev/null
}

# line NAME RATIO MUST GOAL: ≥ where a bound begins with +, else ≤
line() {
    awk -v name="$1" -v r="$2" -v must="$3" -v goal="$4" 'BEGIN {
        more = must ~ /^\+/; sub(/\+/, "", must); sub(/\+/, "", goal); must += 0; goal += 0
        ok = more ? r >= must : r <= must; aim = more ? r >= goal : r <= goal
        printf "%-58s %8.3g   %s %-6s %s %-6s %s\n", name, r, more ? "≥" : "≤", must, more ? "≥" : "≤", goal, !ok ? "MISSED" : aim ? "goal" : "must"
        exit !ok }' || missed=$((missed + 1))
}

# beside NAME COMMAND OTHER FIELD MUST GOAL: FIELD 7 is the ratio of wall, 8 of processor time
beside() {
    local out
    out=$("$build/pair" "$pairs" "$2" "$3") || { echo "$1: not measured"; missed=$((missed + 1)); return; }
    line "$1" "$(echo "$out" | cut -d' ' -f"$4")" "$5" "$6"
}

have() { command -v "$1" >/dev/null; }
node_has() { have node && [ -d "$modules/node_modules/$1" ]; }
node_run() { echo "cd $modules && cp $here/peers/$1 ./.bench_$1 && node ./.bench_$1"; }
python=$(for p in /usr/bin/python3 python3; do "$p" -c 'import pandas' 2>/dev/null && { echo "$p"; break; }; done)

make_data prob.csv prob $rows
for kind in single short exp logit; do make_data $kind.csv $kind $((rows / 2)); done
make_data npy.npy npy $rows
make_data softmax10.csv softmax $((rows / 10)) 10
make_data softmax80.csv softmax $((rows / 50)) 80
make_data softmax1000.csv softmax $((rows / 500)) 1000
make_data thousand.csv prob 1000
make_data million.csv prob 1000000
[ -s "$data/half.csv" ] || head -c $(($(stat -c %s "$data/prob.csv") / 2)) "$data/prob.csv" | sed '$d' >"$data/half.csv"
cd "$data" || exit 1

one="$losscope -j1 -f csv" two="$losscope -j2 -f csv"
printf '%-58s %8s   %-8s %-8s\n' "$rows rows, $(nproc) cores, medians of $pairs pairs" ratio must goal

line_wc="wc -l prob.csv"
beside "1 thread / wc -l, wall" "$one prob.csv" "$line_wc" 7 6 4
beside "2 threads / wc -l, wall" "$two prob.csv" "$line_wc" 7 3.5 2.5
have mawk && beside "mawk / 1 thread, processor" "mawk -f $here/peers/fl.awk half.csv" "$one half.csv" 8 +20 +30
beside "naive C / 1 thread, processor" "$build/naive half.csv" "$one half.csv" 8 +8 +12
if node_has @duckdb/node-api; then
    duck=$(node_run duckdb_fl.mjs)
    beside "DuckDB / losscope, 2 threads, wall" "$duck $data/prob.csv 2" "$two prob.csv" 7 +7 +11
    beside "DuckDB / losscope, 2 threads, processor" "$duck $data/prob.csv 2" "$two prob.csv" 8 +7 +11
    for kind in single short logit; do beside "… $kind, wall" "$duck $data/$kind.csv 2" "$two $kind.csv" 7 +7 +11; done
    beside "… exp (%.18e), wall" "$duck $data/exp.csv 2" "$two exp.csv" 7 +5 +8
    beside "DuckDB / losscope by SSE2, processor" "$duck $data/prob.csv 2" "LOSSCOPE_ISA=sse2 $two prob.csv" 8 +4 +7
    for k in 10 80 1000; do
        must=+7 goal=+11
        [ $k = 80 ] && must=+15 goal=+27
        [ $k = 1000 ] && must=+80 goal=+150
        beside "DuckDB / losscope, softmax K = $k, wall" "$(node_run duckdb_softmax.mjs) $data/softmax$k.csv 2 $k" "$two softmax$k.csv" 7 $must $goal
    done
fi
node_has nodejs-polars && beside "Polars / losscope, 2 threads, wall" "POLARS_MAX_THREADS=2; export POLARS_MAX_THREADS; $(node_run polars_fl.mjs) $data/prob.csv" "$two prob.csv" 7 +6 +9
have Rscript && Rscript -e 'quit(status = !requireNamespace("data.table", quietly = TRUE))' 2>/dev/null &&
    beside "data.table / losscope, 2 threads, wall" "Rscript --vanilla $here/peers/datatable_fl.R prob.csv 2" "$two prob.csv" 7 +12 +18
if [ -n "$python" ]; then
    beside "pandas script / losscope, 2 threads, wall" "$python $here/peers/pandas_fl.py prob.csv" "$two prob.csv" 7 +25 +40
    "$python" -c 'import torch, torchvision' 2>/dev/null &&
        beside "pandas and torch / losscope, 2 threads, wall" "$python $here/peers/pandas_fl.py prob.csv torch" "$two prob.csv" 7 +50 +75
    beside "NumPy script / losscope, .npy, wall" "$python $here/peers/pandas_fl.py npy.npy" "$two npy.npy" 7 +15 +25
    beside "NumPy script / plot fig4, wall" "$python $here/peers/curve.py prob.csv" "$losscope plot fig4 -j2 -g 0,0.5,1,2,5 prob.csv" 7 +50 +80
fi
beside "101 γ / 1 γ, wall" "$two -g 0:10:0.1 prob.csv" "$two -g 2 prob.csv" 7 1.2 1.05
beside "1001 γ / 1 γ, wall" "$two -g 0:10:0.01 prob.csv" "$two -g 2 prob.csv" 7 1.6 1.2
beside "plot fig4 / report, wall" "$losscope plot fig4 -j2 prob.csv" "$two prob.csv" 7 1.1 1.02
beside "logits / probabilities, 1 thread, wall" "$one logit.csv" "$one half.csv" 7 1.25 1
for k in 10 80 1000; do
    must=3.5 goal=2.3
    [ $k = 80 ] && must=2.2 goal=1.5
    [ $k = 1000 ] && must=2 goal=1.4
    beside "softmax K = $k / wc -l, 1 thread, wall" "$one softmax$k.csv" "wc -l softmax$k.csv" 7 $must $goal
done
beside ".npy / the same rows as CSV, wall" "$two npy.npy" "$two prob.csv" 7 0.6 0.45
beside "cat FILE | losscope / losscope FILE, wall" "cat prob.csv | $two" "$two prob.csv" 7 2 1.5
have igzip && { [ -s half.csv.gz ] || gzip -1 -k half.csv; } && beside ".gz / igzip -dc, wall" "$two half.csv.gz" "igzip -dc half.csv.gz" 7 1.3 1.1
have zstd && { [ -s half.csv.zst ] || zstd -q half.csv; } && beside ".zst / zstd -dc, wall" "$two half.csv.zst" "zstd -dc half.csv.zst" 7 1.3 1.1
out=$("$build/pair" "$pairs" "$two prob.csv" "$two million.csv")
line "memory with 2 threads, MiB" "$(echo "$out" | awk '{ print $3 / 1024 }')" 10 6
line "… more than for 10^6 rows, MiB" "$(echo "$out" | awk '{ print ($3 - $6) / 1024 }')" 0.5 0
line "10^3 rows, ms" "$("$build/pair" 25 "$losscope thousand.csv" true | awk '{ print 1000 * $1 }')" 6 3
if [ -z "$quick" ]; then
    ten=$(for i in 1 2 3 4 5 6 7 8 9 10; do printf 'prob.csv '; done)
    beside "ten times the rows / once, 2 threads, wall" "$two $ten" "$two prob.csv" 7 10.5 10
fi
have valgrind && sh "$here/instructions.sh" | sed 's/^/instructions a row, /'
if [ $missed = 0 ]; then echo "every must is met"; else echo "$missed not met"; fi
