#!/bin/sh
# manual.sh: the man page and each command's --help list the same options; the page has every figure, form of output and column; no broken macro. Prints "manual: N passed, N failed"
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
page=$tests/../man/losscope.1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1

# same NAME: the files help and page hold the same lines, and some
same() {
    if [ -s help ] && diff help page >different; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "manual: $1: < the program, > the man page"
        cat different
    fi
}

# "report -p --prob COLS": from .Ss "Input: report, plot" the commands, from .It Fl p , Fl Fl prob Ar cols the option
awk '/^\.Ss / { commands = /: / ? $0 : ""; sub(/.*: /, "", commands) } /^\.Sh/ { commands = "" }
    /^\.It Fl / && commands { line = $0; sub(/^\.It /, "", line); gsub(/Fl Fl /, "--", line); gsub(/Fl /, "-", line); gsub(/Op Ar [a-z]+/, "&]", line); gsub(/Op Ar /, "[", line); gsub(/ ,|Ar /, "", line)
        n = split(commands, each, ", "); for (i = 1; i <= n; i++) print each[i], toupper(line) }' "$page" | sort >all
commands=$("$losscope" help | sed -n 's/^  losscope \[\{0,1\}\([a-z]*\).*/\1/p')
for command in $commands; do
    "$losscope" help "$command" | sed -n 's/^ *\(-[a-zA-Z], \)\{0,1\}\(--[a-z-]*\)\( [^ ]*\)\{0,1\}\(  .*\)\{0,1\}$/\1\2\3/p' | sed "s/,//; s/ *$//" | tr a-z A-Z | sort >help
    sed -n "s/^$command //p" all >page
    if [ -s help ] || [ -s page ]; then same "options of $command"; fi
done

"$losscope" help plot | sed -n 's/^  \([a-z0-9]*\), [a-z]*\( .*\)\{0,1\}$/\1/p' | sort >help
sed -n '/^\.Ss Figures/,/^\.El/s/^\.It Cm \([a-z0-9]*\).*/\1/p' "$page" | sort >page
same figures

"$losscope" -f none 2>&1 | sed 's/.* takes //; s/, not .*//; s/ or /, /' | tr -s ', ' '\n' | sort >help
sed -n '/^\.It Fl f , Fl Fl format/,/^Default/s/^\.Cm //p' "$page" | tr -s ' ,' '\n' | sort -u >page
same 'forms of output'

echo .5,1 | "$losscope" -f csv | head -n 1 | tr , '\n' | sort >help
sed -n '/^\.Sh COLUMNS/,/^\.Sh ENV/s/^\.It Cm //p' "$page" | sed 's/ Pq.*//' | tr -s ' ,' '\n' | sort >page
same columns

printf 'p_a,p_b,p_c,label\n.5,.3,.2,a\n' | "$losscope" -f json | sed -n 's/^  "\([a-z]*\)": .*/\1/p' | sort >help
sed -n '/^is one object/,/^within a schema/s/^\.Cm \(.*\) [,;]*$/\1/p; /^is one object/,/^within a schema/s/^\.Cm \([^;]*[a-z]\)$/\1/p' "$page" | sed 's/ ;//' | tr -s ' ,' '\n' | sort >page
same 'keys of JSON'

# silent COMMAND...: it finds nothing wrong in the page
silent() {
    command -v "$1" >/dev/null || return
    "$@" "$page" "$tests/../man/losscope-state.5" 2>&1 </dev/null | grep -v makewhatis >said
    if [ -s said ]; then failed=$((failed + 1)); cat said; else passed=$((passed + 1)); fi
}
silent mandoc -T lint -W warning
silent groff -ww -mdoc -z -K utf8
# found ROLE HEADER...: the header, with each name of the page's for that role in the place of NAME, is understood so
found() {
    for name in $(sed -n "/^\.It $1\$/{n;s/^\.Cm //;s/ ;*\$//;s/ ,//g;p;}" "$page"); do
        printf '%s\n.5,1,2\n.25,0,1\n' "$(echo "$2" | sed "s/NAME/$name/")" >named.csv
        if "$losscope" --dry-run named.csv 2>&1 | grep -qE "^$1 +$name\>|^scores +$name \($1\)"; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "manual: $1 are not found by the name $name: $("$losscope" --dry-run named.csv 2>&1)"
        fi
    done
}
found labels score,NAME,note
found probabilities NAME,label,note
found logits NAME,label,note
found weights score,label,NAME

# the examples of the page and of each --help run
ln -s "$tests/../samples" samples
mkdir bin && ln -s "$losscope" bin/losscope
awk -F, -v OFS=, '{ print $1, NR == 1 ? "anchor" : NR, $2, $3 }' samples/anchors.csv >anchors.csv
cp "$tests/inputs/numpy_savetxt_header.csv" preds.csv
cp preds.csv part1.csv
cp preds.csv ce.csv
cp preds.csv focal.csv
cp "$tests/../samples/caravan_models.csv" models.csv
cp "$tests/inputs/sklearn_logits.npy" logits.npy
cp "$tests/inputs/sklearn_labels.npy" labels.npy
for command in $commands; do "$losscope" help $command | awk '/^[^ ]/ { on = /^Examples/ } on && sub(/^  losscope /, "losscope ")'; done >examples
sed -n 's/^\.Dl losscope /losscope /p' "$page" >>examples
while IFS= read -r example; do
    if PATH="$scratch/bin:$PATH" sh -c "$example" >out 2>&1 </dev/null; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "manual: $example: $(cat out)"; fi
done <examples

# what it says of a reader that goes away
ends() { if [ "$1" = "$2" ] && [ ! -s said ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "manual: a closed pipe ends with '$1', not $2: $(cat said)"; fi; }
{ "$losscope" -f csv -g 0:5:0.005 anchors.csv --ignore=-1 2>said; echo $? >status; } | :
ends "$(cat status)" 141
(trap '' PIPE; { "$losscope" -f csv -g 0:5:0.005 anchors.csv --ignore=-1 2>said; echo $? >status; }) | :
ends "$(cat status)" 1

# what stands as an option anywhere in the page is one
if command -v man >/dev/null && MANWIDTH=200 LC_ALL=C man -E ascii -l "$page" 2>/dev/null | sed 's/.\x08//g' | grep -oE '(^|[ (])--?[a-z][a-z-]*' | tr -d ' (' | sort -u >written && [ -s written ]; then
    { sed 's/^[a-z]* //' all | tr A-Z a-z | tr ' ' '\n'; printf '%s\n' -h --help --version; } | sort -u >known
    if [ -z "$(comm -23 written known)" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "manual: no options: $(comm -23 written known)"; fi
fi
echo "manual: $passed passed, $failed failed"
[ "$failed" = 0 ]
