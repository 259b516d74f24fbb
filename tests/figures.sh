#!/bin/sh
# figures.sh: each figure in each form, without a word on stderr; nothing that data say runs; prints "figures: N passed, N failed"
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
ln -s "$tests/../samples" samples
export LC_ALL=C

good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "figures: $*"; }

printf 'p_cat,p_dog,p_eel,label\n.7,.2,.1,cat\n.1,.8,.1,dog\n.3,.3,.4,cat\n.2,.5,.3,eel\n' >classes.csv
data_of() {
    case $1 in
        fig1 | fig2 | fig5 | fig6 | fig7) ;;
        calibration) echo "samples/caravan.csv --positive insurance" ;;
        classes) echo classes.csv ;;
        *) echo "samples/anchors.csv --ignore=-1" ;;
    esac
}

# draw NAME FORM OPTIONS: a complete picture, and silence
draw() {
    name=$1 form=$2
    shift 2
    rm -f picture.*
    if "$losscope" plot "$name" "$@" -o "picture.$form" >stdout 2>stderr && [ -s "picture.$form" ] && [ ! -s stdout ] && [ ! -s stderr ]; then
        good
    else
        bad "$name as $form ($*): $(cat stdout stderr)"
    fi
    # pdfLaTeX knows few characters beyond ASCII
    if [ "$form" = tex ] && grep -q '[^ -~	]' picture.tex; then bad "$name as TeX: $(grep -m 1 '[^ -~	]' picture.tex)"; fi
}

figures=$("$losscope" plot 2>&1 | sed 's/.*figure: //' | tr ',' '\n' | sed 's/^ *\([a-z0-9]*\) .*/\1/')
for figure in $figures; do
    # shellcheck disable=SC2046 # the data's options are words
    for form in png svg pdf eps tex html txt gp; do draw "$figure" $form $(data_of "$figure"); done
    # shellcheck disable=SC2046
    draw "$figure" txt $(data_of "$figure") --size 120x40 --color --title 'A title'
    # the script as it stands, with a terminal of the user's
    # shellcheck disable=SC2046
    if "$losscope" plot "$figure" $(data_of "$figure") >script.gp && LC_ALL=C.UTF-8 gnuplot -e 'set terminal dumb 80 24' script.gp >stdout 2>stderr && [ -s stdout ] && [ ! -s stderr ]; then
        good
    else
        bad "$figure's script: $(cat stderr)"
    fi
    # shellcheck disable=SC2046
    if "$losscope" plot "$figure" --data $(data_of "$figure") >numbers.csv && [ "$(wc -l <numbers.csv)" -gt 3 ]; then good; else bad "$figure --data"; fi
done
for figure in fig1 fig5 fig6; do draw $figure svg samples/anchors.csv --ignore=-1; done
draw share svg samples/anchors.csv --ignore=-1 --gradient -a 0.25 --title 'With α'
draw heatmap svg samples/anchors.csv --ignore=-1 --result gini -g 0:2:1 -a 0.25,0.5
for style in paper talk dark print; do draw fig4 png samples/anchors.csv --ignore=-1 --style $style --size 8cm,4cm --font Sans,9 --key 'bottom right' --xlog; done

if command -v pdflatex >/dev/null; then
    for figure in $figures; do
        # shellcheck disable=SC2046
        "$losscope" plot "$figure" $(data_of "$figure") --title '50 % & $x_1$ \input{x}' -o tex_figure.tex
        printf '\\documentclass{article}\\usepackage{graphicx,color}\\begin{document}\\input{tex_figure}\\end{document}\n' >paper.tex
        if pdflatex -interaction=nonstopmode -halt-on-error paper.tex >tex.log 2>&1; then good; else bad "$figure in LaTeX: $(grep '^!' tex.log)"; fi
    done
fi

if command -v pdflatex >/dev/null && kpsewhich tikz.sty >/dev/null && gnuplot -e 'set terminal tikz createstyle' >/dev/null 2>&1; then
    for figure in fig1 fig4 share; do
        # shellcheck disable=SC2046
        "$losscope" plot "$figure" $(data_of "$figure") -t tikz -o tikz_figure.tex
        printf '\\documentclass{article}\\usepackage{gnuplot-lua-tikz}\\begin{document}\\input{tikz_figure}\\end{document}\n' >paper.tex
        if pdflatex -interaction=nonstopmode -halt-on-error paper.tex >tex.log 2>&1; then good; else bad "$figure as TikZ: $(grep '^!' tex.log)"; fi
    done
fi

# Whatever names say, nothing runs and nothing but the picture is written.
mkdir hostile && cd hostile || exit 1
ln -s ../samples samples
"$tests/hostile.sh" >groups.csv
cp groups.csv '|touch ran'
cp groups.csv '<touch ran'
for form in png svg eps tex html txt; do
    for title in '`touch ran`' '$(touch ran)' '"; system("touch ran") #' "'; system('touch ran') #" '@ran \' 'a
EOD
!touch ran' '</script><script>ran()</script>'; do
        "$losscope" plot fig4 groups.csv -b group --title "$title" -o picture.$form >out 2>&1 || bad "title $title as $form: $(cat out)"
        if grep -aqi '</script><script' picture.$form; then bad "a script in $form"; fi
    done
    "$losscope" plot calibration --by-file './|touch ran' './<touch ran' -o picture.$form >out 2>&1 || bad "files as $form: $(cat out)"
done
"$losscope" plot fig4 groups.csv -b group >script.gp && gnuplot -e 'set terminal dumb' script.gp >out 2>&1 || bad "the hostile script: $(cat out)"
"$losscope" plot fig1 -o '|touch ran.svg' >out 2>&1 || bad "an output's name: $(cat out)"
if [ -e ran ] || [ -e ran.svg ] || [ -e "ran'" ]; then bad "something ran"; else good; fi
cd ..

# the formulas in fig1 are of losses that it draws
formulas() { "$losscope" plot fig1 "$@" | grep -c "^set label 3"; }
if [ "$(formulas) $(formulas -l ce,focal -g 2) $(formulas -l ce,poly1)" = "1 1 0" ]; then good; else bad "formulas of losses that are not drawn"; fi
echo "figures: $passed passed, $failed failed"
[ "$failed" = 0 ]
