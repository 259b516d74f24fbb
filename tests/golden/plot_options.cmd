# an option that a figure would ignore is refused by name
f() { losscope plot "$@" >/dev/null; echo $?; }
f fig2 -g 1
f fig1 -b image
f fig1 -p score
f fig6 --ylog
f mass -b image --ignore=-1 samples/anchors.csv
f share -e 0.5,0.6 --ignore=-1 samples/anchors.csv
f share -a 0.25,0.5 --ignore=-1 samples/anchors.csv
f share -l focal -a 0.5 --ignore=-1 samples/anchors.csv
f fig4 -a 0.5 --ignore=-1 samples/anchors.csv
f fig4 -e 0.5 --ignore=-1 samples/anchors.csv
f mass --gradient --ignore=-1 samples/anchors.csv
f calibration -g 2 --ignore=-1 samples/anchors.csv
f fig7 samples/anchors.csv
f fig1 -g 0:15:0.1
f concentration -l focal-star --beta 0:8:1 -g 1:9:1 --ignore=-1 samples/anchors.csv
f fig1 --data --size 80x24
f fig1 --color
f fig1 --color -o x.png
f fig1 -t 'pngcairo size 8,6' --size 8cm,6cm
f fig1 --font ,20 -o x.txt
# a figure that has nothing to show
f heatmap inputs/sklearn_names.csv
printf 'p,y\n1,1\n0,0\n' >certain.csv
f share certain.csv
f heatmap --result easy_neg certain.csv
f concentration certain.csv
# what is left out of a figure is said
printf 'p,y,g\n.7,1,a\n.2,0,a\n.4,0,b\n' >one_sided.csv
f fig4 -b g one_sided.csv
f fig4 -b g -q one_sided.csv
# examples that have no weight are none
printf 'score,label,w,g\n.7,1,0,a\n.2,0,1,b\n' >weightless.csv
f calibration -b g -w w weightless.csv
printf 'score,label,w\n.7,1,0\n.2,0,0\n' >weightless.csv
f calibration -w w weightless.csv
f density -w w weightless.csv
f classes -w w weightless.csv
rm -f certain.csv one_sided.csv weightless.csv
