# reliability: the share of positives among examples of about the same predicted probability, in 10 bins.
# Blocks: mean probability, the bin's lower edge, examples, share of positives, its 95 % interval (Wilson); the ECE.
#
# losscope 0.1.0: losscope plot calibration samples/caravan.csv --positive=insurance
# 4000 examples: 238 positives, 3762 negatives
# Change it as you like. A picture of it:
# gnuplot -e "set terminal pngcairo size 800,800 font 'sans-serif,17' linewidth 2; set output 'calibration.png'" THIS_FILE
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
set lmargin 9; set rmargin 2

# bins
$bins << EOD
0.02471587 0 3324 0.04452467 0.03802302 0.05207786
0.1389726 0.1 362 0.1022099 0.07506612 0.1377076
0.2394102 0.2 134 0.1492537 0.09874399 0.2193131
0.3417174 0.3 97 0.1546392 0.09601122 0.2395795
0.4404324 0.4 44 0.1818182 0.09512806 0.3196055
0.5526663 0.5 19 0.3157895 0.1536438 0.5398959
0.6438321 0.6 10 0.1 0.01787621 0.40415
0.7334223 0.7 4 0 0 0.4898908
0.8451032 0.8 5 0.4 0.1176208 0.7692757
0.9723463 0.9 1 1 0.2065493 1
EOD
# ECE
$ECE << EOD
? ? ? 0.03397123 ? ?
EOD

# the plot
side = dumb ? 0 : 0 # of the width: room for the key
top = 1 # of the height: what the title leaves
set multiplot

set origin 0*(1 - side), 0.32*top; set size 1*(1 - side), 0.68*top
set tmargin 2; set bmargin 1
set yrange [0:1]
set ytics 0.2
set format x ''
if (!dumb) set ylabel 'share of positives' textcolor rgb ink
if (dumb) set label 50 'share of positives' at screen 0, graph 1 offset 1, 1; set tmargin 3
set title 'ECE 0.0340' offset 0, -0.5 textcolor rgb ink
S(n) = 0.4 + 1.2*sqrt(n/3324) # a point's size: by the examples in the bin
set key top left Left reverse samplen 3 spacing 1.2 textcolor rgb ink noenhanced
plot x with lines lc rgb ink lw 1 dt (3,3) title 'perfect', \
     $bins using 1:4 with lines ls 1 notitle, \
     $bins using 1:5:(0):($6 - $5) with vectors nohead ls 1 dt 1 lw 1 notitle, \
     $bins using 1:4:(S($3)) with points ls 1 ps variable title 'bins, with 95 '.(tex ? '\%' : '%').' intervals'

# below it: the examples in each bin
set origin 0, 0; set size 1 - side, 0.32*top
unset label; unset arrow; unset title; unset object
set tmargin 0.5; set bmargin 3.5
set format x plain
unset key
set yrange [0.5:6.65e+03]
set logscale y
set format y ten
set ytics 1, 100
set xlabel 'predicted probability of a positive' textcolor rgb ink
if (!dumb) set ylabel 'examples' textcolor rgb ink
plot $bins using ($2 + 0.05):3:(0.1) with boxes fillstyle solid 1 border lc rgb '#FFFFFF' ls 10
unset multiplot
