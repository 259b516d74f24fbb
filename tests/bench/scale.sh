#!/bin/sh
# scale.sh [SHARDS [ROWS]]: what states cost: reading 64 shards of 10^6 rows with and without one, merging them and 10,000 states, and their sizes; in the project's folder, built
shards=${1:-64} rows=${2:-1000000}
losscope=$PWD/losscope gen=$PWD/build/bench/gen
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
say() { what=$1; shift; /usr/bin/time -f "$what: %e s, %U s of processor, %M KB" "$@" >/dev/null; }
"$gen" prob "$rows" >one.csv
say "report of $rows rows" "$losscope" -q -j 2 one.csv
say "state of $rows rows" "$losscope" -q -j 2 --state-only one.state one.csv
say "$shards shards read" sh -c "for i in \$(seq $shards); do '$losscope' -q -j 2 --shard \$i/$shards --state-only \$i.state one.csv; done"
say "$shards states of $((rows / shards)) rows merged" "$losscope" merge -q --expect "$shards" $(seq -f %g.state "$shards")
for i in $(seq 10000); do echo $((i % shards + 1)).state; done >list
say '10000 states merged' "$losscope" merge -q --allow-repeated --from list
size() { what=$1; shift; "$losscope" -q --state-only size.state "$@" && echo "$(wc -c <size.state) bytes: $what"; }
size plain one.csv
size '5 thresholds' -e 0.12,0.34,0.56,0.78,0.89 one.csv
awk 'NR == 1 { print $0 ",g" } NR > 1 { print $0 ",g" NR % 1000 }' one.csv >groups.csv
size '1000 groups' -b g groups.csv
"$gen" softmax 2000 1000 >classes.csv
size '1000 classes together, 2000 rows' classes.csv
size '1000 classes apart, 2000 rows' --by-class classes.csv
