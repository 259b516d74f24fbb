# Figure 2 of arXiv 1708.02002: speed against accuracy on COCO test-dev: ms an image on an Nvidia M40, AP.
# RetinaNet from Table 1e. RetinaNet-50-500 takes 72 ms there and 73 ms in the figure's own inset: 72 is drawn.
# The time of D (R-FCN) was extrapolated. A (YOLOv2: 25 ms, AP 21.6) lies outside, as in the paper.
#
# losscope 0.1.0: losscope plot fig2
# Change it as you like. A picture of it:
# gnuplot -e "set terminal pngcairo size 800,600 font 'sans-serif,17' linewidth 2; set output 'fig2.png'" THIS_FILE
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
set xrange [50:250]
set yrange [24.5:39]
set xtics 50
set mxtics 2
set ytics 28, 2
set xlabel 'inference time (ms)' textcolor rgb ink
if (!dumb) set ylabel 'COCO AP' textcolor rgb ink
if (dumb) set label 50 'COCO AP' at screen 0, graph 1 offset 1, 1; set tmargin 3
set label 1 '400' at 64, 30.5 center offset 0, dumb ? -1 : -0.9 textcolor rgb ink front
set label 2 '500' at 72, 32.5 right offset -0.8, dumb ? 0 : 0.4 textcolor rgb ink front
set label 3 '600' at 98, 34.3 left offset dumb ? 1 : 0.6, dumb ? -1 : -0.6 textcolor rgb ink front
set label 4 '700' at 121, 35.1 left offset dumb ? 1 : 0.6, dumb ? -1 : -0.6 textcolor rgb ink front
set label 5 '800' at 153, 35.7 left offset dumb ? 1 : 0.6, dumb ? -1 : -0.6 textcolor rgb ink front
set label 6 '400' at 81, 31.9 left offset dumb ? 1 : 0.6, dumb ? -1 : -0.6 textcolor rgb ink front
set label 7 '500' at 90, 34.4 right offset -0.8, dumb ? 0 : 0.4 textcolor rgb ink front
set label 8 '600' at 122, 36 right offset -0.8, dumb ? 0 : 0.4 textcolor rgb ink front
set label 9 '700' at 154, 37.1 right offset -0.8, dumb ? 0 : 0.4 textcolor rgb ink front
set label 10 '800' at 198, 37.8 right offset -0.8, dumb ? 0 : 0.4 textcolor rgb ink front
set label 11 'B  SSD321' at 61, 28 left offset -1, dumb ? -1 : -0.9 textcolor rgb ink front
set label 12 'C  DSSD321' at 85, 28 left offset 1, 0 textcolor rgb ink front
set label 13 'D  R-FCN' at 85, 29.9 left offset 1, 0 textcolor rgb ink front
set label 14 'E  SSD513' at 125, 31.2 left offset 1, 0 textcolor rgb ink front
set label 15 'F  DSSD513' at 156, 33.2 left offset 1, 0 textcolor rgb ink front
set label 16 'G  FPN FRCN' at 172, 36.2 left offset 1, 0 textcolor rgb ink front
set label 40 'A (YOLOv2: 25 ms, AP 21.6) lies outside;' at 248, 26.2 right textcolor rgb ink
set label 41 'the time of D is extrapolated' at 248, 25.2 right textcolor rgb ink
set key at 249, 31 right top Left reverse samplen 3 spacing 1.2 textcolor rgb ink noenhanced

# detectors, RetinaNet-50
$detectors_RetinaNet_50 << EOD
64 30.5
72 32.5
98 34.3
121 35.1
153 35.7
EOD
# detectors, RetinaNet-101
$detectors_RetinaNet_101 << EOD
81 31.9
90 34.4
122 36
154 37.1
198 37.8
EOD
# detectors, others
$detectors_others << EOD
61 28
85 28
85 29.9
125 31.2
156 33.2
172 36.2
EOD

# the plot
if (dumb) plot $detectors_RetinaNet_50 using 1:2:('+') with labels notitle, \
     $detectors_RetinaNet_101 using 1:2:('#') with labels notitle, $detectors_others using 1:2:('o') with labels notitle, \
     NaN with points pt '+' title 'RetinaNet-50', NaN with points pt '#' title 'RetinaNet-101', \
     NaN with points pt 'o' title 'others'
if (!dumb) plot $detectors_RetinaNet_50 with linespoints title 'RetinaNet-50' ls 1, \
     $detectors_RetinaNet_101 with linespoints title 'RetinaNet-101' ls 2, \
     $detectors_others with points title 'others' ls 7 pt 4 lc rgb ink lw 1.2
