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
holds classes.html '<code class="option">--background</code>' 1

# no code of gnuplot's as a tooltip; panels side by side have a picture for narrow screens; no break before a per cent sign
if grep -qE '\$[a-z]+_[0-9]+ using' page.html; then bad "a tooltip of gnuplot's code"; else good; fi
holds page.html 'class="stacked" role="img"' 1
if sed -n '/<table>/,/<\/table>/p' page.html | grep -qE '>[^<]*[0-9] %'; then bad "a per cent sign may leave its number"; else good; fi

# a figure that the data cannot give is said
printf 'score,label,g\n0.2,0,a\n0.9,1,a\n0.4,0,<b>\n' >sides.csv
if "$losscope" html -q sides.csv -b g -o sides.html 2>err; then good; else bad "a group without positives: $(cat err)"; fi
if grep -q '<figure id="fig4"' sides.html || grep -q 'Not drawn: fig4: ' sides.html; then good; else bad "fig4 is neither drawn nor said to be missing"; fi

if ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then : no terminal can be made here
elif script -qec "'$losscope' html samples/anchors.csv --ignore=-1" /dev/null </dev/null 2>&1 | grep -q 'name it with --output PAGE.html'; then good; else bad "a page on a terminal"; fi

# many groups: a bounded page, the largest first, and the command that prints the others
awk 'BEGIN { print "score,label,shop"; for (i = 0; i < 40000; i++) printf "%.3f,%d,shop %d\n", (i % 4000 == 777 ? 0.999 : 0.2), i % 5 == 0 && i % 4000 != 777, i % 4000 }' >many.csv
if "$losscope" html many.csv -q -b shop -o many.html 2>err && [ "$(wc -c <many.html)" -lt 1500000 ]; then good; else bad "4000 groups: $(cat err) $(wc -c <many.html) bytes"; fi
holds many.html 'The 50 groups with the largest shares of the loss, of 4000' 1
if [ "$(grep -o '<tr><th scope="row">shop [0-9]*' many.html | head -n 1)" = '<tr><th scope="row">shop 777' ]; then good; else bad "the largest group is not the first"; fi
command=$(sed -n 's/.*All of them: <code>losscope \([^<]*\)<.*/\1/p' many.html | sed "s/&#39;/'/g")
if [ "$(eval "'$losscope' $command" 2>/dev/null | grep -c ',ce,')" = 4001 ]; then good; else bad "the command for all groups: $command"; fi

if command -v chromium >/dev/null; then
    # browse PAGE WIDTH SCRIPT: runs the script in the page and prints the title that it sets
    browse() {
        { cat "$1"; echo "<script>$3</script>"; } >tried.html
        chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync \
            --user-data-dir="$scratch/browser" --window-size="$2,1000" --enable-logging=stderr --dump-dom "file://$scratch/tried.html" 2>log | sed -n 's/^<title>\(.*\)<\/title>$/\1/p'
        grep CONSOLE log
    }
    is() { if [ "$1" = "$2" ]; then good; else bad "in a browser: '$1', not '$2'"; fi; }
    is "$(browse page.html 500 'document.title = (document.documentElement.scrollWidth <= innerWidth) + " " + getComputedStyle(document.querySelector("#fig4 .stacked")).display')" 'true block'
    is "$(browse page.html 1280 'document.title = (document.querySelector(".scroll").scrollWidth <= 1240) + " " + getComputedStyle(document.querySelector("#fig4 .stacked")).display')" 'true none'
    is "$(browse page.html 1280 'document.querySelector("table").querySelectorAll("th [role=button]")[2].click(); document.title = document.querySelector("tbody th").textContent')" "focal γ&nbsp;5"
    if command -v pdftotext >/dev/null; then
        chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync \
            --user-data-dir="$scratch/browser" --print-to-pdf=many.pdf --no-pdf-header-footer "file://$scratch/many.html" >log 2>&1
        # every page of the table has its headings
        is "$(pdftotext -layout many.pdf - | awk 'BEGIN { RS = "\f" } /shop [0-9]/ && !/group +examples/ { n++ } END { print n + 0 }')" 0
    fi
    is "$(browse many.html 1280 'const f = document.querySelector("input"); f.value = "balanced-ce 777"; f.dispatchEvent(new Event("input"))
        document.title = [...document.querySelectorAll("#groups ~ div tbody tr")].filter(r => !r.hidden).map(r => r.cells[0].textContent).join()')" "balanced-ce α&nbsp;0.25,shop 777"
fi
echo "html: $passed passed, $failed failed"
[ "$failed" = 0 ]
