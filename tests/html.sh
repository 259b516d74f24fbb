#!/bin/sh
# html.sh: the page stands alone, says everything, and nothing in data becomes markup; prints "html: N passed, N failed"
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
ln -s "$tests/../samples" samples

good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "html: $*"; }
# holds FILE PATTERN COUNT: so many lines at least
holds() { if [ "$(grep -c -- "$2" "$1")" -ge "$3" ]; then good; else bad "$1 has not $3 of: $2"; fi; }

if "$losscope" html --ignore=-1 samples/anchors.csv -o page.html 2>err && [ ! -s err ]; then good; else bad "$(cat err)"; fi
holds page.html '<figure id=' 8
holds page.html 'role="img" aria-label="' 8
holds page.html '<caption>' 2
holds page.html 'At γ = 2 easy negatives hold' 1
holds page.html 'samples/anchors.csv' 1
# nothing is fetched: addresses are names of XML alone
if grep -oE '(src|href|url)[=(]["'"'"']?[^"'"'"' >)]*' page.html | grep -vE '(href=["'"'"'#]*#|url\(#|href="data:,|href=.?#)' | grep -q .; then bad "a request goes out"; else good; fi
if grep -oE 'https?://[^ "<)]*' page.html | grep -vqE '^http://www\.w3\.org/'; then bad "an address"; else good; fi
# every id once
if [ -z "$(grep -oE ' id="[^"]*"' page.html | sort | uniq -d)" ]; then good; else bad "an id twice: $(grep -oE ' id="[^"]*"' page.html | sort | uniq -d | head -3)"; fi

"$tests/hostile.sh" | sed '1s/.*/group,"<script>alert(1)<\/script>",label/' >'<b>x.csv'
if "$losscope" html -p 2 -b group --title '<img src=x onerror=alert(1)>' '<b>x.csv' -o hostile.html 2>err; then good; else bad "hostile names: $(cat err)"; fi
if grep -qE '<script>alert|<img|<b>x|</script><script' hostile.html; then bad "markup from data"; else good; fi
if "$losscope" html "$tests/inputs/sklearn_names.csv" --by-class -o classes.html 2>err; then good; else bad "classes: $(cat err)"; fi
holds classes.html '<figure id="classes"' 1

if command -v chromium >/dev/null; then
    chromium --headless --no-sandbox --disable-gpu --enable-logging=stderr --dump-dom "file://$scratch/page.html" >dom 2>log
    if grep -q '<button type="button">' dom && ! grep -q 'CONSOLE' log; then good; else bad "in a browser: $(grep CONSOLE log)"; fi
fi
echo "html: $passed passed, $failed failed"
[ "$failed" = 0 ]
