# Figure 1 of arXiv 1708.02002: the focal loss against the probability of the true class
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
FL(p, gamma) = p > 0 ? -(1 - p)**gamma * log(p) : NaN # eq. 4

if (!exists("easy")) easy = 0.6  # from here on examples are well classified: another with gnuplot -e "easy=0.7"
if (!exists("top")) top = 5
set samples 1001
set xrange [0:1]
set yrange [0:top]
set xtics 0.2
set ytics 1
set xlabel 'probability of ground truth class' textcolor rgb ink
set ylabel 'loss' textcolor rgb ink
set object 100 rectangle from easy, 0 to 1, 0.2*top fc rgb shade fillstyle transparent solid 0.15 noborder behind
if (!dumb) set arrow 1 from 0.5*(easy + 1), 0.35*top to 0.5*(easy + 1), 0.21*top lc rgb ink lw 1 size screen 0.015, 20 front
set label 1 'well-classified examples' at 0.5*(easy + 1), 0.41*top center textcolor rgb ink front
set label 2 (tex ? '$\mathrm{CE}(p_t) = -\log(p_t)$' : 'CE(p_t) = −log(p_t)') at 0.1, 0.95*top textcolor rgb ink front
set label 3 (tex ? '$\mathrm{FL}(p_t) = -(1-p_t)^\gamma\log(p_t)$' : dumb ? 'FL(p_t) = −(1 − p_t)^γ log(p_t)' : 'FL(p_t) = −(1 − p_t)^{γ} log(p_t)') at 0.1, 0.86*top textcolor rgb ink front
set key top right Left reverse samplen 3 spacing 1.2 width -1 textcolor rgb ink noenhanced
plot FL(x, 0) title G.' = 0' ls 1, \
     FL(x, 0.5) title G.' = 0.5' ls 2, \
     FL(x, 1) title G.' = 1' ls 3, \
     FL(x, 2) title G.' = 2' ls 4, \
     FL(x, 5) title G.' = 5' ls 5
