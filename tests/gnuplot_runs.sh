#!/bin/sh
# gnuplot_runs.sh: a picture is complete or not there, whatever gnuplot does, and nothing is left behind; prints "runs: N passed, N failed"
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/tmp" "$scratch/work" && cd "$scratch/work" || exit 1
export LC_ALL=C TMPDIR="$scratch/tmp"

# is WHAT GOT WANTED
is() {
    if [ "$2" = "$3" ]; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "runs: $1: $2, not $3"
    fi
}
files() { ls -A . ../tmp | tr -s '\n' ' ' | sed 's/ $//'; }
# A gnuplot that does as the script on standard input says.
fake() {
    { echo '#!/bin/sh' && cat; } >../gnuplot
    chmod +x ../gnuplot
}
# with a fake gnuplot: what is said, and which files there are then
fails() {
    LOSSCOPE_GNUPLOT=../gnuplot "$losscope" plot fig1 -o "$2" 2>message
    is "$1: exit status" $? 1
    is "$1: the message" "$(cat message)" "$3"
    rm -f message
    is "$1: files" "$(files)" ".: ../tmp:"
}
fake <<'E2'
cat >/dev/null; exit 3
E2
fails "a failure without a word" x.png "losscope: ../gnuplot failed with exit status 3 and gave no reason"
fake <<'E2'
cat >/dev/null; kill -9 $$
E2
fails "a signal" x.svg "losscope: ../gnuplot was ended by signal 9"
fake <<'E2'
cat >/dev/null; echo 'line 3: out of paper' >&2; exit 1
E2
fails "a failure with a reason" x.pdf "losscope: ../gnuplot failed: line 3: out of paper"
fake <<'E2'
cat >/dev/null; printf '<svg><path d="M0,0'
E2
fails "half an svg" x.svg "losscope: ../gnuplot drew only a part of the picture"
fake <<'E2'
cat >/dev/null; printf '\211PNG half'
E2
fails "half a png" x.png "losscope: ../gnuplot drew only a part of the picture"
fake <<'E2'
cat >/dev/null
E2
fails "nothing" x.png "losscope: ../gnuplot drew nothing"
# a TeX picture without its graphic, or with half of one
fake <<'E2'
read -r line; dir=${line#cd \"}; cd "${dir%\"}"; cat >/dev/null; printf 'GNUPLOT {figure}\n\\endgroup\n' >figure.tex
E2
fails "TeX without a graphic" x.tex "losscope: ../gnuplot drew only a part of the picture"
fake <<'E2'
read -r line; dir=${line#cd \"}; cd "${dir%\"}"; cat >/dev/null; printf 'GNUPLOT {figure}\n\\endgroup\n' >figure.tex; echo half >figure.pdf
E2
fails "TeX with half a graphic" x.tex "losscope: ../gnuplot drew only a part of the picture"
# an interrupt while gnuplot draws
fake <<'E2'
cat >/dev/null; exec sleep 20
E2
for file in x.tex x.png; do
    LOSSCOPE_GNUPLOT=../gnuplot "$losscope" plot fig1 -o $file 2>/dev/null &
    sleep 0.5
    kill -TERM $!
    wait $! 2>/dev/null
    is "an interrupt of $file" $? 143
    is "an interrupt of $file: files" "$(files)" ".: ../tmp:"
done

# with gnuplot itself: both files of a TeX picture
"$losscope" plot fig1 -o y.tex && is "TeX" "$(files)" ".: y.pdf y.tex ../tmp:"
"$losscope" plot fig1 -g 2 -o y.tex && is "TeX again" "$(files)" ".: y.pdf y.tex ../tmp:"
"$losscope" plot fig1 -t 'cairolatex png' -o z.tex && is "TeX and png" "$(files)" ".: y.pdf y.tex z.png z.tex ../tmp:"
is "the graphic's name" "$(grep -c 'includegraphics.*{z}' z.tex)" 1
"$losscope" plot fig1 -o "$PWD/y.tex" && is "TeX by an absolute path" "$(files)" ".: y.pdf y.tex z.png z.tex ../tmp:"
rm -f ./*
echo mine >y.pdf
"$losscope" plot fig1 -o y.tex 2>message
is "another's graphic: exit status" $? 1
is "another's graphic" "$(cat y.pdf message)" "mine
losscope: y.pdf would be overwritten, and it is not the graphic of y.tex: choose another name"
is "another's graphic: files" "$(files)" ".: message y.pdf ../tmp:"
rm -f ./* && mkdir y.tex
"$losscope" plot fig1 -o y.tex 2>message
is "a directory: exit status" $? 1
is "a directory: files" "$(files)" ".: message y.tex ../tmp:"
rmdir y.tex
TMPDIR=$scratch/none "$losscope" plot fig1 -o y.tex 2>message
is "no temporary directory: exit status" $? 1
is "no temporary directory: files" "$(files)" ".: message ../tmp:"
# a page stands alone
"$losscope" plot fig1 -o page.html
is "a page without addresses" "$(grep -cE 'src=|href="(http|/)|url\((http|/)|/usr' page.html)" 0
is "a page's end" "$(tail -n 1 page.html)" "</html>"
# descriptors that are closed
"$losscope" plot fig1 -t svg <&- 2>&- >end
is "closed descriptors" "$(grep -c '</svg>' end)" 1
echo "runs: $passed passed, $failed failed"
[ "$failed" = 0 ]
