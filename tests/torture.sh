#!/bin/sh
# torture.sh N: N random files, each read from a file and a pipe, compressed, on one to five threads, by every instruction set: the same bytes out
tests=$(cd "$(dirname "$0")" && pwd) losscope=$(cd "$(dirname "$0")" && readlink -f "${LOSSCOPE:-../losscope}") failed=0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1

# binary, softmax of probabilities or of logits; quotes, blank lines, other spellings of labels, bad rows, line ends and a missing last one: rare or not at all
write() {
    awk -v seed="$1" 'function pick(list, n, a) { n = split(list, a, " "); return a[1 + int(rand() * n)] }
    BEGIN { srand(seed); rows = pick("1 10 1000 30000 120000"); k = pick("1 1 1 2 5 30"); odd = pick("0 0 1e-5 1e-4 1e-2")
        quote = pick("0 0 1e-5 1e-3"); bad = pick("0 0 1e-5 1e-4"); id = rand() < 0.3; end = rand() < 0.2 ? "\r\n" : "\n"; form = pick("%.17g %.6f %.9e"); logit = rand() < 0.4
        if (id) printf "id,"
        if (k == 1) printf "score,label%s", end; else { for (j = 0; j < k; j++) printf (logit ? "z_%d," : "p%d,"), j; printf "label%s", end }
        for (i = 0; i < rows; i++) {
            if (id) printf rand() < quote ? "\"a\n\"\"b\"\",%d\"," : "i%d,", i
            sum = 0; for (j = 0; j < k; j++) sum += x[j] = rand()
            for (j = 0; j < k; j++) { if (rand() < bad) printf "%s,", pick("x NA 7"); else printf form ",", k == 1 ? x[0] : logit ? 30 * x[j] - 12 : x[j] / sum }
            y = int(rand() * (k == 1 ? 2 : k))
            printf "%s%s", rand() < odd && k == 1 ? pick("1.0 0.0 true") : y, i + 1 < rows || rand() < 0.8 ? end : ""
            if (rand() < odd) printf "%s", end
        } }' >file.csv
}

fail() {
    echo "seed $seed: $1"
    failed=$((failed + 1))
}

# read_file WAY COMMAND: the first way of a file must end well, or with one bad row; the others as that one did
read_file() {
    way=$1
    shift
    "$@" >got 2>&1
    status=$?
    sed 's/file\.csv\(\.gz\)\{0,1\}/standard input/' got >outcome
    echo "status $status" >>outcome
    if [ "$way" != first ]; then
        cmp -s want outcome || fail "$way differs"
        return
    fi
    mv outcome want
    if [ $status = 0 ]; then grep -q '^,focal,2,' got; else [ $status = 1 ] && grep -q '^losscope: file.csv:[0-9]*: ' got; fi ||
        fail "it ended with $status"
}

for seed in $(seq "$1"); do
    write "$seed"
    options=$(awk -v seed="$seed" 'BEGIN { srand(seed + 0.5); if (rand() < 0.5) printf "--bad-rows skip " }')
    grep -q '^p0\|,p0\|z_0' file.csv && [ $((seed % 2)) = 0 ] && options="$options --by-class"
    read_file first "$losscope" -f csv -j 1 $options file.csv
    read_file '2 threads' "$losscope" -f csv -j 2 $options file.csv
    read_file '5 threads' "$losscope" -f csv -j 5 $options file.csv
    read_file 'standard input' "$losscope" -f csv $options <file.csv
    read_file sse2 env LOSSCOPE_ISA=sse2 "$losscope" -f csv $options file.csv
    read_file avx2 env LOSSCOPE_ISA=avx2 "$losscope" -f csv $options file.csv
    gzip -1 <file.csv >file.csv.gz
    read_file gzip "$losscope" -f csv $options file.csv.gz
done
echo "torture: $(($1 * 7 - failed)) passed, $failed failed"
[ $failed = 0 ]
