# reliability: the share of positives among examples of about the same predicted probability, in 10 bins
# mean probability, the bin's lower edge, examples, share of positives
# drawn by losscope 0.1.0; change it as you like, and run it with gnuplot THIS_FILE
reset
set encoding utf8
set decimalsign '.'
if (GPVAL_TERM eq 'unknown') set terminal dumb 100 32
tex = (strstrt('|cairolatex|tikz|epslatex|pslatex|pstex|context|', '|'.GPVAL_TERM.'|') > 0)
dumb = (GPVAL_TERM eq 'dumb')
G = tex ? '$\gamma$' : 'γ'; B = tex ? '$\beta$' : 'β'; A = tex ? '$\alpha$' : 'α'
pt = tex ? '$p_t$' : 'p_t'; xt = tex ? '$x_t$' : 'x_t'

ink = '#000000'; shade = '#009E73'
set style line 1 lc rgb '#0072B2' lw 2 dt 1 pt 7 ps 0.7
set style line 2 lc rgb '#D55E00' lw 2 dt (10,4) pt 5 ps 0.7
set style line 3 lc rgb '#009E73' lw 2 dt (3,3) pt 9 ps 0.7
set style line 4 lc rgb '#CC79A7' lw 2 dt (10,3,3,3) pt 11 ps 0.7
set style line 5 lc rgb '#E69F00' lw 2 dt (16,3,3,3,3,3) pt 13 ps 0.7
set style line 6 lc rgb '#56B4E9' lw 2 dt 1 pt 4 ps 0.7
set style line 7 lc rgb '#000000' lw 2 dt (10,4) pt 6 ps 0.7
set style line 8 lc rgb '#B8C4CC' lw 1 dt 1 # bars behind curves
set border 3 lw 1 lc rgb ink
set format '%h'
set tics nomirror out scale 0.6 textcolor rgb ink
# bins
$bins_1 << EOD
0.02471587 0 3324 0.04452467
0.1389726 0.1 362 0.1022099
0.2394102 0.2 134 0.1492537
0.3417174 0.3 97 0.1546392
0.4404324 0.4 44 0.1818182
0.5526663 0.5 19 0.3157895
0.6438321 0.6 10 0.1
0.7334223 0.7 4 0
0.8451032 0.8 5 0.4
0.9723463 0.9 1 1
EOD

set multiplot
set lmargin 9; set rmargin 2
set origin 0, 0; set size 1, 0.32
set tmargin 0.5
set xrange [0:1]
set yrange [0.5:*]
set logscale y
set format y (tex ? '$10^{%T}$' : dumb ? '1e%T' : '10^{%T}')
set ytics 1, 100
set xtics 0.2
unset key
set xlabel 'predicted probability of a positive' textcolor rgb ink
set ylabel 'examples' textcolor rgb ink
plot $bins_1 using ($2 + 0.05):3:(0.1) with boxes fillstyle solid 1 border rgb '#FFFFFF' ls 8

set origin 0, 0.32; set size 1, 0.68
set tmargin 1; set bmargin 1
unset logscale y
set format y '%h'
set yrange [0:1]
set ytics 0.2
set format x ''
unset xlabel
set ylabel 'share of positives' textcolor rgb ink
set key top left Left reverse samplen 3 spacing 1.2 width -1 textcolor rgb ink noenhanced
plot x with lines lc rgb ink lw 1 dt (3,3) title 'perfect', \
     $bins_1 using 1:4 with linespoints ls 1 title 'ECE 0.0340'
unset multiplot
