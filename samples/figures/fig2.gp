# Figure 2 of arXiv 1708.02002: speed against accuracy on COCO test-dev; ms an image on an Nvidia M40, AP
# RetinaNet from Table 1e. RetinaNet-50-500 takes 72 ms there and 73 ms in the figure's own inset: 72 is drawn.
# The time of D (R-FCN) was extrapolated. A (YOLOv2: 25 ms, AP 21.6) lies outside, as in the paper.
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
# detectors, RetinaNet-50
$detectors_1 << EOD
64 30.5
72 32.5
98 34.3
121 35.1
153 35.7
EOD
# detectors, RetinaNet-101
$detectors_2 << EOD
81 31.9
90 34.4
122 36
154 37.1
198 37.8
EOD
# detectors, others
$detectors_3 << EOD
61 28
85 28
85 29.9
125 31.2
156 33.2
172 36.2
EOD

set xrange [50:250]
set yrange [28:38.4]
set xtics 50
set mxtics 2
set ytics 2
set xlabel 'inference time (ms)' textcolor rgb ink
set ylabel 'COCO AP' textcolor rgb ink
set key bottom right Left reverse samplen 3 spacing 1.2 width -1 textcolor rgb ink noenhanced
set label 11 'B  SSD321' at 61, 28 offset -0.7, 1.4 textcolor rgb ink front
set label 12 'C  DSSD321' at 85, 28 offset 1, 0.5 textcolor rgb ink front
set label 13 'D  R-FCN' at 85, 29.9 offset 1, 0 textcolor rgb ink front
set label 14 'E  SSD513' at 125, 31.2 offset 1, 0 textcolor rgb ink front
set label 15 'F  DSSD513' at 156, 33.2 offset 1, 0 textcolor rgb ink front
set label 16 'G  FPN FRCN' at 172, 36.2 offset 1, 0 textcolor rgb ink front
plot $detectors_1 with linespoints title 'RetinaNet-50' ls 1, \
     $detectors_2 with linespoints title 'RetinaNet-101' ls 2, \
     $detectors_3 with points title 'others' ls 7 pt 4 lw 1.2
