#!/bin/sh
# pictures.sh OVERLAP [DIRECTORY]: figures in all styles, of 2, 12 and 50 curves, as svg, png and text, without overlaps; prints "pictures: N passed, N failed"
# With a DIRECTORY all of them, which stay there with an index.html to look at; else some, as svg and text.
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
overlap=$(realpath "$1")
if [ "$2" ]; then
    all=1
    mkdir -p "$2" && cd "$2" || exit 1
    echo '<!doctype html><meta charset="utf-8"><style>img{width:24rem;margin:.5rem}figure{display:inline-block;margin:0}</style>' >index.html
else
    all=
    scratch=$(mktemp -d) || exit 1
    trap 'rm -rf "$scratch"' EXIT
    cd "$scratch" || exit 1
fi
export LC_ALL=C

awk 'function normal() { return sqrt(-2 * log(1 - rand())) * cos(6.2831853 * rand()) }
    function classes(file, k,    i, j, y, z, all, e, line) {
        line = ""; for (j = 0; j < k; j++) line = line "p_" (j % 3 ? "kind" j : "traffic light " j) ","
        print line "label" >file
        for (i = 0; i < 800; i++) {
            y = int(-log(1 - rand()) * k / 5); if (y >= k) y = k - 1
            all = 0; for (j = 0; j < k; j++) { e[j] = exp(normal() + (j == y) * (2.5 + 1.5 * normal())); all += e[j] }
            line = ""; for (j = 0; j < k; j++) line = line sprintf("%.9f,", e[j] / all)
            print line y >file } }
    BEGIN { srand(11); classes("c10.csv", 10); classes("c40.csv", 40)
        print "score,label,group" >"groups.csv"
        for (i = 0; i < 6000; i++) { y = rand() < 0.1; x = (y ? 2.5 : -2.5) + (1.5 + i % 8 / 5) * normal()
            printf "%.9f,%d,model %s\n", 1 / (1 + exp(-x)), y, substr("ABCDEFGH", i % 8 + 1, 1) >"groups.csv" } }'

# names too long for any figure
sed 's/traffic light/a class whose name goes on and on until nobody has any more room for it/g' c10.csv >long.csv
sed 's/model/a model whose name goes on and on until nobody has any more room for it/' groups.csv >long_groups.csv

head -n 1 groups.csv >pair.csv
grep 'model [AB]' groups.csv >>pair.csv

# valid FILE: as a program reads it that knows nothing of gnuplot
if command -v rsvg-convert >/dev/null; then valid() { rsvg-convert "$1" -o valid.png; }; else valid() { :; }; fi

# draw NAME CURVES OPTIONS: as svg without overlaps, and the other forms; CURVES: labels may stand on curves
draw() {
    name=$1 curves=$2
    shift 2
    if "$losscope" plot "$@" -o "$name.svg" 2>said && [ ! -s said ] && "$overlap" $curves "$name.svg" >said && valid "$name.svg" 2>said; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "pictures: $name: plot $*: $(head -3 said)"
    fi
    forms=txt
    [ "$all" ] && forms="txt png"
    case "$*" in *--font*) forms=${forms#txt} ;; esac # a text picture has none
    for form in $forms; do
        if "$losscope" plot "$@" -o "$name.$form" 2>said && [ ! -s said ]; then passed=$((passed + 1)); else
            failed=$((failed + 1))
            echo "pictures: $name: plot $* as $form: $(head -3 said)"
        fi
    done
    if [ "$all" ]; then echo "<figure><img src=\"$name.png\"><figcaption>$name</figcaption></figure>" >>index.html; fi
}
anchors="$tests/../samples/anchors.csv --ignore=-1"
caravan="$tests/../samples/caravan.csv --positive insurance"
styles="paper talk dark print" counts="2 12 50"
[ "$all" ] || styles="paper talk" counts="2 12"
# shellcheck disable=SC2086 # options are words
for style in $styles; do
    for count in $counts; do
        case $count in 2) g=0,2 h=0.5,2 ;; 12) g=0:5.5:0.5 h=0.5:6:0.5 ;; 50) g=0:4.9:0.1 h=0.1:5:0.1 ;; esac
        draw fig1-$style-$count "" fig1 --style $style -g $g
        draw fig5-$style-$count "" fig5 --style $style -l focal -g $g
        draw fig6-$style-$count "" fig6 --style $style -l focal -g $g
        draw fig7-$style-$count "" fig7 --style $style -g $h --beta 0,1
        draw fig4-$style-$count "" fig4 --style $style -g $g $anchors
        draw concentration-$style-$count "" concentration --style $style -g $g $anchors
        draw mass-$style-$count "" mass --style $style -g $g $anchors
        draw classes-$style-$count "" classes --style $style -g $g c40.csv
        draw strip-$style-$count "" fig1 --style $style -g $g $anchors
    done
    draw fig1-$style "" fig1 --style $style
    draw fig2-$style --labels-on-curves fig2 --style $style
    draw fig5-$style "" fig5 --style $style
    draw fig6-$style "" fig6 --style $style
    draw fig7-$style "" fig7 --style $style
    draw fig7-$style-many "" fig7 --style $style -g 1:4:1 --beta 0:6:1
    draw share-$style "" share --style $style $anchors
    draw share-$style-gradient "" share --style $style --gradient --title 'A title' $anchors
    draw share-$style-groups "" share --style $style -b group groups.csv
    draw share-$style-long "" share --style $style --gradient -l balanced-focal -b group long_groups.csv
    draw fig4-$style-two "" fig4 --style $style -b group pair.csv
    draw density-$style "" density --style $style $anchors
    draw calibration-$style "" calibration --style $style $caravan
    draw calibration-$style-groups "" calibration --style $style -b group groups.csv
    draw heatmap-$style --labels-on-curves heatmap --style $style $anchors
    draw heatmap-$style-uneven --labels-on-curves heatmap --style $style -g 0,0.5,1,2,5 -a 0.1,0.25,0.5,0.9 --result gini $anchors
    draw classes-$style-ten "" classes --style $style c10.csv
    draw classes-$style-long "" classes --style $style long.csv
    draw concentration-$style-long "" concentration --style $style -b group long_groups.csv
    draw fig4-$style-classes "" fig4 --style $style c10.csv
    draw fig4-$style-groups "" fig4 --style $style -b group --title 'Eight models' groups.csv
    draw concentration-$style-groups "" concentration --style $style -b group groups.csv
    draw trajectory-$style "" trajectory --style $style -b group groups.csv
    draw strip5-$style "" fig5 --style $style --title 'Where the anchors lie' $anchors
    draw fig1-$style-log "" fig1 --style $style --xlog --ylog
    draw fig5-$style-log "" fig5 --style $style --ylog
    draw fig4-$style-log "" fig4 --style $style --xlog --ylog $anchors
    draw mass-$style-log "" mass --style $style --ylog $anchors
    draw concentration-$style-log "" concentration --style $style --ylog $anchors
    draw fig1-$style-font "" fig1 --style $style --font ,20
    draw fig4-$style-font "" fig4 --style $style --font ,20 $anchors
    draw fig1-$style-small "" fig1 --style $style --size 8cm,6cm
done
# the pictures of a page, among them those for narrow screens
page() {
    name=$1
    shift
    "$losscope" html "$@" -o page.html 2>said || { failed=$((failed + 1)) && echo "pictures: page: $*: $(cat said)"; }
    awk -v name="$name" '/<svg/ { n++; file = name "-page" n ".svg" } file { print >file } /<\/svg>/ { close(file); file = "" }' page.html
    for picture in "$name"-page*.svg; do
        options=
        if grep -q 'aria-label="The share of the loss that easy negatives hold' "$picture"; then options=--labels-on-curves; fi
        # shellcheck disable=SC2086
        if "$overlap" $options "$picture" >said; then passed=$((passed + 1)); else
            failed=$((failed + 1))
            echo "pictures: $picture of a page: $(head -3 said)"
        fi
    done
}
# shellcheck disable=SC2086
page anchors $anchors
page groups -b group groups.csv
page long_groups -b group long_groups.csv
page c10 c10.csv
echo "pictures: $passed passed, $failed failed"
[ "$failed" = 0 ]
