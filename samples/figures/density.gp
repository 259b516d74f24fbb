# how many examples have a gradient of which norm, g = |dCE/dx| = 1 - p_t (as in GHM, arXiv 1811.05181).
# Blocks: from, to, examples, sum of their g.
#
# losscope 0.1.0: losscope plot density samples/anchors.csv --ignore=-1
# 40839 examples: 72 positives, 40767 negatives; 105 ignored
# Change it as you like. A picture of it:
# gnuplot -e "set terminal pngcairo size 800,600 font 'sans-serif,17' linewidth 2; set output 'density.png'" THIS_FILE
reset
set encoding utf8
set decimalsign '.'
if (GPVAL_TERM eq 'unknown') set terminal dumb 100 32
tex = (strstrt('|cairolatex|tikz|epslatex|pslatex|pstex|context|', '|'.GPVAL_TERM.'|') > 0)
dumb = (GPVAL_TERM eq 'dumb')
plain = tex ? '$%h$' : '%h'; ten = tex ? '$10^{%T}$' : dumb ? '1e%T' : '10^{%T}'; percent = tex ? '%g\,\%%' : '%g %%'
set format plain; if (!tex) set minussign
M = tex ? '$-$' : '−'; G = tex ? '$\gamma$' : 'γ'; B = tex ? '$\beta$' : 'β'; A = tex ? '$\alpha$' : 'α'
pt = tex ? '$p_t$' : dumb ? 'p_t' : '{/:Italic p}_t'; xt = tex ? '$x_t$' : dumb ? 'x_t' : '{/:Italic x}_t'

ink = '#000000'; shade = '#009E73'; thin = 1.2
set style line 1 lc rgb '#0072B2' lw 2 dt 1 pt 7 ps 0.7
set style line 2 lc rgb '#D55E00' lw 2 dt (10,4) pt 5 ps 0.7
set style line 3 lc rgb '#009E73' lw 2 dt (3,3) pt 9 ps 0.7
set style line 4 lc rgb '#CC79A7' lw 2 dt (10,3,3,3) pt 11 ps 0.7
set style line 5 lc rgb '#E69F00' lw 2 dt (16,3,3,3,3,3) pt 13 ps 0.7
set style line 6 lc rgb '#56B4E9' lw 2 dt (20,4,8,4) pt 4 ps 0.7
set style line 7 lc rgb '#000000' lw 2 dt (5,2,5,8) pt 6 ps 0.7
set style line 8 lc rgb '#8C510A' lw 2 dt (2,6) pt 8 ps 0.7
if (dumb) do for [i=1:8] { set style line i pt 'ox+#%@&='[i:i] }
set style line 10 lc rgb '#8797A3' lw 1 dt 1 # bars behind curves
set border 3 lw 1 lc rgb ink
set tics nomirror out scale 0.6 textcolor rgb ink

# axes
set xrange [0:1]
set xtics 0.2
set yrange [0.5:8.05e+04]
set logscale y
set format y ten
set ytics 1, 100
set xlabel (tex ? 'gradient norm $1 - p_t$' : 'gradient norm 1 − '.pt) textcolor rgb ink
if (!dumb) set ylabel 'examples' textcolor rgb ink
if (dumb) set label 50 'examples' at screen 0, graph 1 offset 1, 1; set tmargin 3
set key tmargin center horizontal maxcols 2 Left reverse samplen 1.5 spacing 1.2 textcolor rgb ink noenhanced
if (dumb) set key bmargin

# examples, background
$examples_background << EOD
0 0.03333333 40237 290.6283
0.03333333 0.06666667 425 18.41847
0.06666667 0.1 65 5.136961
0.1 0.1333333 20 2.264939
0.1333333 0.1666667 7 1.051192
0.1666667 0.2 4 0.7199345
0.2 0.2333333 3 0.6496757
0.2333333 0.2666667 0 0
0.2666667 0.3 0 0
0.3 0.3333333 0 0
0.3333333 0.3666667 1 0.3611385
0.3666667 0.4 0 0
0.4 0.4333333 2 0.8111312
0.4333333 0.4666667 0 0
0.4666667 0.5 2 0.9608003
0.5 0.5333333 0 0
0.5333333 0.5666667 0 0
0.5666667 0.6 0 0
0.6 0.6333333 1 0.616632
0.6333333 0.6666667 0 0
0.6666667 0.7 0 0
0.7 0.7333333 0 0
0.7333333 0.7666667 0 0
0.7666667 0.8 0 0
0.8 0.8333333 0 0
0.8333333 0.8666667 0 0
0.8666667 0.9 0 0
0.9 0.9333333 0 0
0.9333333 0.9666667 0 0
0.9666667 1 0 0
EOD
# examples, foreground
$examples_foreground << EOD
0 0.03333333 14 0.1927953
0.03333333 0.06666667 6 0.2988176
0.06666667 0.1 5 0.3797467
0.1 0.1333333 2 0.2315508
0.1333333 0.1666667 0 0
0.1666667 0.2 0 0
0.2 0.2333333 0 0
0.2333333 0.2666667 1 0.2424653
0.2666667 0.3 2 0.5560961
0.3 0.3333333 2 0.6174768
0.3333333 0.3666667 2 0.7052651
0.3666667 0.4 0 0
0.4 0.4333333 1 0.4319124
0.4333333 0.4666667 0 0
0.4666667 0.5 1 0.4986124
0.5 0.5333333 1 0.5154655
0.5333333 0.5666667 1 0.5519668
0.5666667 0.6 1 0.5780024
0.6 0.6333333 0 0
0.6333333 0.6666667 0 0
0.6666667 0.7 0 0
0.7 0.7333333 2 1.445691
0.7333333 0.7666667 0 0
0.7666667 0.8 0 0
0.8 0.8333333 0 0
0.8333333 0.8666667 2 1.709464
0.8666667 0.9 5 4.439136
0.9 0.9333333 6 5.477591
0.9333333 0.9666667 10 9.47657
0.9666667 1 8 7.829533
EOD

# the plot
side = dumb ? 0.101 : 0 # of the width: room for the key
if (dumb) set rmargin at screen 1 - side
plot $examples_background using (0.5*($1 + $2)):3:($2 - $1) with boxes fillstyle solid 1 noborder ls 10 title 'background', \
     $examples_foreground using (0.5*($1 + $2)):3:($2 - $1) with boxes fillstyle empty ls 2 lw 2 dt 1 title 'foreground'
