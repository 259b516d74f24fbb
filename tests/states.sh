#!/bin/sh
# states.sh: the report, figures and page of merged states are those of one run over the data; what does not fit is refused. Prints "states: N passed, N failed"
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C COLUMNS=120
ok() { if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "states: not so: $*"; fi; }
same() { ok test -s "$1"; ok cmp "$1" "$2"; }
# refused STATUS TEXT COMMAND...: fails so, with a message that has the text in it
refused() {
    want=$1 text=$2
    shift 2
    "$@" >out 2>err
    if [ $? = "$want" ] && grep -q -- "$text" err && [ ! -s out ]; then passed=$((passed + 1)); else
        failed=$((failed + 1)); echo "states: not refused by '$text': $*"; cat err; fi
}

# rows KIND FIRST LAST: binary: score,label,weight,group; softmax: three probabilities, label, group
rows() {
    awk -v kind="$1" -v first="$2" -v last="$3" 'BEGIN { srand(5)
        print kind == "binary" ? "score,label,weight,g" : "p_a,p_b,p_c,label,g"
        for (i = 1; i <= last; i++) {
            p = rand(); q = (1 - p) * rand(); y = rand(); w = rand(); g = "g" int(i / 40) * 7 % 23
            if (i >= first && kind == "binary") printf "%.17g,%d,%.17g,%s\n", p, y < p / 2, int(8 * w) ? exp(40 * w - 20) : 0, g
            if (i >= first && kind == "softmax") printf "%.17g,%.17g,%.17g,%s,%s\n", p, q, 1 - p - q, y < p ? "a" : y < p + q ? "b" : "c", g } }'
}
figures=$("$losscope" plot 2>&1 | sed 's/.*figure: //' | tr ',' '\n' | sed 's/^ *\([a-z0-9]*\) .*/\1/')
# compare NAME ASKED OPTIONS...: every form of the report, in other orders and by way of other states; ASKED: options of the analysis
compare() {
    name=$1 asked=$2
    shift 2
    for i in 1 2 10 11; do "$losscope" -q "$@" $asked --state "$name$i.state" "$name$i.csv" >/dev/null || failed=$((failed + 1)); done
    "$losscope" merge -q --state "$name.half" "$name"10.state "$name"2.state >/dev/null
    for form in text csv tsv json jsonl markdown html; do
        "$losscope" "$@" -f $form $asked -g 0,0.7,3 -a 0.25,inverse,effective:0.99 "$name"1.csv "$name"2.csv "$name"10.csv "$name"11.csv >one 2>&1
        "$losscope" merge -f $form $asked -g 0,0.7,3 -a 0.25,inverse,effective:0.99 "$name"11.state "$name.half" "$name"1.state >merged 2>&1
        [ $form = html ] && sed -i '/<code>/d' one merged # the commands differ
        same one merged
    done
    for figure in $figures; do
        [ "$figure" != trajectory ] || continue # a point for each file or state: see figure_numbers.sh
        "$losscope" plot $figure --data "$@" "$name"1.csv >one 2>&1 || continue # not for these data, or not by groups
        "$losscope" plot $figure --data "$@" "$name"1.csv "$name"2.csv "$name"10.csv "$name"11.csv >one 2>&1
        "$losscope" plot $figure --data "$name"11.state "$name.half" "$name"1.state >merged 2>&1
        same one merged
    done
}
for kind in binary softmax; do
    rows $kind 1 300 >${kind}1.csv
    rows $kind 301 700 >${kind}2.csv
    rows $kind 701 750 >${kind}10.csv
    rows $kind 751 2000 >${kind}11.csv
    compare $kind ""
done
for kind in binary softmax; do
    for i in 1 2 10 11; do cp $kind$i.csv by_$kind$i.csv; done
    if [ $kind = binary ]; then compare by_$kind "-e 0.5,0.37" -w weight -b g; else compare by_$kind --by-class -b g; fi
done
"$losscope" -q -b g -w weight -e 0.37 -f csv by_binary1.csv by_binary2.csv by_binary10.csv by_binary11.csv >one
"$losscope" merge -e 0.37 -f csv by_binary*.state >merged
same one merged
"$losscope" -f csv --by-class softmax1.csv softmax2.csv softmax10.csv softmax11.csv >one
"$losscope" merge -q -f csv --by-class softmax*.state >merged
same one merged

# a state is the same bytes whatever read it; compressed, in a list, one behind the other
LOSSCOPE_ISA=sse2 "$losscope" -q -j 1 --state-only one.state binary11.csv
same one.state binary11.state
"$losscope" -q -f csv binary1.csv binary2.csv binary10.csv binary11.csv >one
gzip -c binary2.state >binary2.state.gz
printf 'binary1.state\nbinary2.state.gz\n\nbinary10.state\nbinary11.state' >list
"$losscope" merge -q -f csv --from list --expect 4 >merged
same one merged
cat binary2.state binary11.state binary1.state binary10.state | "$losscope" merge -q -f csv >merged
same one merged
"$losscope" merge -q -f csv --state all.state binary1.state binary2.state binary10.state binary11.state >merged
same one merged
"$losscope" -q -f csv all.state >merged
same one merged
"$losscope" merge --state-only - binary10.state binary2.state | "$losscope" merge --state-only half.state
same half.state binary.half

# clusters bring their intervals along, files their names, losses their bends
shards() { for i in 1 2 3; do "$losscope" -q --shard $i/3 "$@" --state-only shard$i.state binary11.csv; done; }
shards --cluster g
for form in text json html; do
    "$losscope" -q -f $form --cluster g binary11.csv | sed '/<code>/d' >first
    "$losscope" merge -q -f $form shard3.state shard1.state shard2.state | sed '/<code>/d' >got
    same first got
done
shards --by-file
for loss in $("$losscope" losses -f csv | sed '1d; s/,.*//; s/^ohem$/ohem(ratio=3)/'); do
    "$losscope" -q -f csv --by-file -l "$loss" binary11.csv >first
    "$losscope" merge -q -f csv -l "$loss" shard3.state shard1.state shard2.state >got
    same first got
done

# appending: any order, several at once; what is there already, what does not fit, and a run that is killed
"$losscope" -q -f csv --state grown.state --append binary10.csv >got
"$losscope" -q -f csv binary10.csv >first
same first got
"$losscope" -q -f csv --state grown.state --append binary2.csv >got
"$losscope" -q -f csv binary2.csv binary10.csv >first
same first got
same binary.half grown.state
"$losscope" -q --state-only grown.state --append binary1.csv & a=$!
"$losscope" -q -f csv --state grown.state --append binary11.csv >/dev/null & b=$!
ok wait $a
ok wait $b
same all.state grown.state
ok test ! -e grown.state.lock
refused 1 'cannot add binary2.csv to grown.state: the same data twice: binary2.csv and binary2.csv hold the same 400 rows' "$losscope" -q --state grown.state --append binary2.csv
refused 1 'cannot add softmax1.csv to grown.state: its tasks differ: softmax, where others have binary' "$losscope" -q --state grown.state --append softmax1.csv
refused 1 'its thresholds' "$losscope" -q -e 0.123 --state-only grown.state --append binary2.csv
refused 1 'binary1.csv: it is no state of losscope' "$losscope" -q --state binary1.csv --append binary2.csv
refused 2 'append needs the name of a state' "$losscope" -q --append binary2.csv
refused 2 'append needs the name of a state' "$losscope" -q --append --state-only - binary2.csv
refused 2 'allow-repeated is for --append' "$losscope" -q --allow-repeated --state x.state binary2.csv
refused 2 'no regular file' "$losscope" -q --append --state-only /dev/null binary2.csv
same all.state grown.state
i=0
while [ $i -lt 8 ]; do
    rows binary $((2001 + 20 * i)) $((2020 + 20 * i)) >many$i.csv
    "$losscope" -q --state-only many.state --append many$i.csv & i=$((i + 1))
done
wait
for i in 0 1 2 3 4 5 6 7; do "$losscope" -q --state-only part$i.state many$i.csv; done
"$losscope" merge --state-only parts.state part?.state
same parts.state many.state
ln -s grown.state link.state
cp grown.state before.state
flock grown.state.lock sleep 3 & holder=$!
while [ ! -e grown.state.lock ]; do sleep 0.05; done
sleep 0.2
"$losscope" -q --state-only link.state --append many0.csv & a=$!
sleep 0.5
ok kill -9 $a
wait $a 2>/dev/null
same before.state grown.state
kill $holder
wait $holder 2>/dev/null
"$losscope" -q --state-only link.state --append many0.csv
"$losscope" merge --state-only both.state before.state part0.state
same both.state grown.state
ok test -L link.state
"$losscope" -q -f csv --by-file binary1.csv binary2.csv binary10.csv | sed 's/\.csv/.state/' >first
"$losscope" -q -f csv --by-file binary1.state binary2.state binary10.state >got
same first got
"$losscope" -q -f csv --by-file by_binary1.state by_binary2.state | cut -d, -f1,7-9 | sort -u >got
for i in 1 2; do "$losscope" -q -f csv by_binary$i.state | grep ',TOTAL\|^TOTAL' | cut -d, -f7-9 | sort -u | sed "s/^/by_binary$i.state,/"; done >first
ok grep -qxFf first got
"$losscope" -q -f csv --state grown.state --append --allow-repeated many0.csv >got
"$losscope" merge -q -f csv --allow-repeated both.state part0.state >first
same first got
"$losscope" -q -f csv grown.state >got
same first got
"$losscope" -q -f html -l focal -g 0:100:0.5 --state grown.state --append many1.csv -o page.html
ok grep -q 'losscope report -f csv --loss=focal --gamma=0:100:0.5 grown.state' page.html

# nothing, and a header alone
printf '' | "$losscope" --state-only nothing.state
head -n 1 binary1.csv >header.csv
"$losscope" -q --state-only header.state header.csv
"$losscope" merge -q -f csv nothing.state binary11.state header.state binary1.state binary2.state binary10.state >merged
same one merged
refused 1 'no examples: the states hold 0 rows' "$losscope" merge nothing.state header.state

# parts of one file: quoted newlines, blank lines, more parts than rows; an array
awk 'BEGIN { srand(8); print "id,score,label"
    for (i = 0; i < 2000; i++) { if (i % 90 == 7) print ""
        printf "%s,%.6f,%d\n", (i > 700 && rand() < 0.3 ? "\"x\n" i ",0.5,1\n\"" : "a" i), rand(), (rand() < 0.3) } }' >quoted.csv
grep -v '^$' binary11.csv | awk 'NR % 50 == 0 { print "" } 1' >plain.csv
for n in 1 2 7 40; do
    for file in quoted plain; do
        for i in $(seq $n); do "$losscope" -q --shard $i/$n --state-only $file.part$i $file.csv; done
        "$losscope" -f json $file.csv >one 2>&1
        "$losscope" merge -f json --expect $n $file.part* >merged 2>&1
        same one merged
        rm $file.part*
    done
done
# what is said of labels is said of all, with the first ones of the first part, whatever the order
printf 'score,label\n0.9,yes\n0.2,no\n0.4,no\n0.7,yes\n0.3,off\n0.1,no\n' >words.csv
"$losscope" --positive yes --ignore out -f json words.csv >one 2>&1
for i in 1 2 3; do "$losscope" -q --positive yes --ignore out --shard $i/3 --state-only word$i.state words.csv; done
"$losscope" merge -f json word3.state word1.state word2.state >merged 2>&1
same one merged
# labels that count from 1 are noted of all, whichever part has the last class
for labels in '2 2 1' '1 2 2' '1 1 1' '1 2 0' '0 1 2'; do
    { echo p0,p1,p2,label; printf '.2,.3,.5,%s\n' $labels; } >from.csv
    "$losscope" -f json from.csv >one 2>&1
    for i in 1 2 3; do "$losscope" -q --shard $i/3 --state-only from$i.state from.csv 2>err; done
    "$losscope" merge -f json from2.state from3.state from1.state >merged 2>&1
    same one merged
done
# a part whose rows are all ignored or bad has the label all the same; one without rows says nothing
for row in 0.3,-1 oops,-1; do
    printf 'score,label\n0.9,1\n0.2,0\n' >note1.csv
    printf 'score,label\n%s\n' $row >note2.csv
    printf 'score,label\n' >note3.csv
    for i in 1 2 3; do "$losscope" -q -p score -y label --ignore=-1 --bad-rows skip --state-only note$i.state note$i.csv; done
    "$losscope" -p score -y label --ignore=-1 --bad-rows skip -f csv note1.csv note2.csv note3.csv >one 2>err
    "$losscope" merge -f csv note3.state note1.state note2.state >merged 2>err2
    same one merged
    ok test "$(grep -c 'no row has this label' err err2)" = "$(printf 'err:0\nerr2:0')"
done
"$losscope" --labels "$tests/inputs/numpy_y.npy" -f json "$tests/inputs/numpy_p.npy" >one
for i in 1 2 3 4 5; do "$losscope" -q --shard $i/5 --labels "$tests/inputs/numpy_y.npy" --state-only array$i.state "$tests/inputs/numpy_p.npy"; done
"$losscope" merge -f json array5.state array2.state array3.state array1.state array4.state >merged
same one merged
refused 1 'the states hold 3 shards, not 5; not there: 1/5, 4/5' "$losscope" merge --expect 5 array2.state array3.state array5.state
{ head -n 900 plain.csv; echo 0.5,maybe,1,g1; tail -n +900 plain.csv; } >bad.csv
refused 1 'bad.csv, shard 3/4:' "$losscope" -q --shard 3/4 bad.csv
refused 1 'bad.csv:901: column label' "$losscope" --state-only bad.state bad.csv
ok test ! -e bad.state
refused 2 'takes one plain file' "$losscope" --shard 1/2 plain.csv quoted.csv
refused 2 'takes I/N' "$losscope" --shard 3/2 plain.csv
printf '1\n0\n' >labels.txt
refused 2 'join --labels by --key' "$losscope" --shard 1/2 --labels labels.txt plain.csv

# GNU parallel's parts of a file
if command -v parallel >/dev/null; then
    parallel --will-cite --pipepart --header : --block 8k -a binary11.csv "$losscope" -q --state-only pipe.{#}.state
    "$losscope" -q -f csv binary11.csv >one
    "$losscope" merge -q -f csv pipe.*.state >merged
    same one merged
    ok test "$(ls pipe.*.state | wc -l)" -gt 5
fi

refused 1 'binary1.state: the same data twice: binary1.csv and binary1.csv hold the same 300 rows' "$losscope" merge all.state binary1.state
"$losscope" merge -q -f csv --allow-repeated binary1.state binary1.state >merged
ok grep -q '^,ce,,,,0.5,600,' merged
"$losscope" -q --positive 0 --state-only other.state binary2.csv 2>/dev/null
refused 1 'other.state: its options differ: --positive=0, where others have none' "$losscope" merge binary1.state other.state
# a file that two runs have read, with others or as parts of several kinds
"$losscope" -q --state-only pair.state binary1.csv binary2.csv
cp binary2.csv copied.csv
"$losscope" -q --state-only other.state copied.csv binary10.csv
refused 1 'other.state: the same data twice: binary2.csv and copied.csv have rows in common' "$losscope" merge pair.state other.state
refused 1 'other.state: the same data twice: binary2.csv and copied.csv have rows in common' sh -c "'$losscope' merge --state-only three.state pair.state binary11.state && '$losscope' merge three.state other.state"
for part in 1/2 2/2 2/3; do "$losscope" -q --shard $part --state-only part${part%/*}of${part#*/}.state binary11.csv; done
ok "$losscope" merge --state-only halves.state part1of2.state part2of2.state
refused 1 'shard 1/2 of binary11.csv and shard 2/3 of binary11.csv have rows in common' "$losscope" merge part1of2.state part2of3.state
refused 1 'shard 2/2 of binary11.csv and binary11.csv have rows in common' "$losscope" merge part1of2.state part2of2.state binary11.state
"$losscope" merge -q -f csv --allow-repeated pair.state other.state >merged
"$losscope" -q -f csv binary1.csv binary2.csv binary2.csv binary10.csv >one
same one merged
sed '1s/score/p2/' binary2.csv >renamed.csv
"$losscope" -q -p p2 --state-only other.state renamed.csv
refused 1 'other.state: its columns of scores differ: p2, where others have score' "$losscope" merge binary1.state other.state
sed '1s/label/truth/' binary2.csv >renamed.csv
"$losscope" -q --state-only other.state renamed.csv
refused 1 'other.state: its columns of labels differ: truth, where others have label' "$losscope" merge binary1.state other.state
"$losscope" -q -e 0.1234 --state-only other.state binary2.csv
refused 1 'other.state: its thresholds' "$losscope" merge binary1.state other.state
refused 1 'softmax1.state: its tasks differ: softmax, where others have binary' "$losscope" merge binary1.state softmax1.state
refused 1 'has no cut at p_t = 0.123: --easy may be 0.5, 0.37' "$losscope" merge -e 0.123 by_binary1.state
refused 1 'the states hold 4 shards, not 5' "$losscope" merge --expect 5 all.state
refused 1 'binary1.csv: it is no state of losscope' "$losscope" merge binary1.csv
refused 1 'a state of losscope: losscope merge reads states' "$losscope" binary1.csv all.state
refused 1 'a state of losscope: losscope merge reads states' "$losscope" rows all.state
refused 1 'binary1.csv: it is no state of losscope' "$losscope" all.state binary1.csv
refused 1 'it is empty' "$losscope" merge /dev/null
refused 2 '--ignore is for data' "$losscope" --ignore=7 all.state
refused 2 'all.state is one of the files to be read' "$losscope" merge all.state --state all.state
refused 2 'needs groups' "$losscope" merge --top-groups 2 all.state
head -c 3000 binary1.state >cut.state
refused 1 'cut.state: the state is cut off' "$losscope" merge cut.state
{ head -c 2000 binary1.state; tail -c +2001 binary1.state | head -c 1 | tr '\000-\377' '\001-\377\000'; tail -c +2002 binary1.state; } >damaged.state
refused 1 'damaged.state: the state is damaged: its checksum does not match' "$losscope" merge binary2.state damaged.state
# of several that fail the first is named, whatever was read before it was; and of a stream the states before it count for nothing
for i in 1 2 3 4 5 6 7 8; do refused 1 'cut.state: the state is cut off' "$losscope" merge binary2.state cut.state damaged.state nope.state; done
cat binary2.state binary10.state cut.state >stream.state
refused 1 'stream.state: the state is cut off' "$losscope" merge stream.state
{ cat binary2.state; echo hello; } >stream.state
refused 1 'stream.state: it is no state of losscope' "$losscope" merge stream.state

# a fifo is read once
mkfifo fifo
cat binary11.csv >fifo &
"$losscope" -q -f csv fifo >merged
"$losscope" -q -f csv binary11.csv >one
same one merged

if command -v python3 >/dev/null; then
    for state in binary11 by_binary2 by_softmax10; do
        python3 "$tests/../samples/read_state.py" $state.state >read.json || cat read.json
        rows=$(($(wc -l <$state.csv) - 1))
        ok grep -q "\"examples\": $rows," read.json
    done
    "$losscope" merge -q -l ce -f csv binary11.state | awk -F, 'NR == 2 { print $11 }' >want
    python3 "$tests/../samples/read_state.py" binary11.state >read.json
    ok python3 -c 'import json, sys; sys.exit(abs(sum(json.load(open("read.json"))["ce"].values()) / float(open("want").read()) - 1) > 1e-4)'
fi
echo "states: $passed passed, $failed failed"
[ "$failed" = 0 ]
