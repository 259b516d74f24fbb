# Figure 1 of arXiv 1708.02002: the focal loss against the probability of the true class.
# The marked region of well-classified examples begins at 0.6, as in the paper's figure; the paper's text and losscope's report
# call an example easy from p_t = 0.5 on.
#
# losscope 0.1.0: losscope plot fig1
# Change it as you like. A picture of it:
# gnuplot -e "set terminal pngcairo size 800,600 font 'sans-serif,17' linewidth 2; set output 'fig1.png'" THIS_FILE
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
if (!exists("easy")) easy = 0.6  # from here on examples are well classified: another with gnuplot -e "easy=0.7"
set samples 1001
set xrange [0:1]
set yrange [0:5]
set xlabel 'probability of ground truth class' textcolor rgb ink
if (!dumb) set ylabel 'loss' textcolor rgb ink
if (dumb) set label 50 'loss' at screen 0, graph 1 offset 1, 1; set tmargin 3
FL(p, gamma) = p > 0 ? -(1 - p)**gamma * log(p) : NaN # eq. 4
set xtics 0.2
set ytics 1
set object 100 rectangle from first easy, graph 0 to first 1, graph 0.2 fc rgb shade fillstyle transparent solid 0.15 noborder behind
set label 1 'well-classified examples' at graph 0.98, graph 0.41 right textcolor rgb ink front
set label 4 (tex ? sprintf('$p_t \geq %g$', easy) : pt.sprintf(' ≥ %g', easy)).' (report: 0.5)' at graph 0.98, graph 0.34 right textcolor rgb ink front
if (!dumb) set arrow 1 from first 0.5*(easy + 1), graph 0.29 to first 0.5*(easy + 1), graph 0.21 lc rgb ink lw 1 size screen 0.015, 20 front
set label 2 (tex ? '$\mathrm{CE}(p_t) = -\log(p_t)$' : 'CE('.pt.') = −log('.pt.')') at graph 0.1, graph 0.95 textcolor rgb ink front
set label 3 (tex ? '$\mathrm{FL}(p_t) = -(1-p_t)^\gamma\log(p_t)$' : 'FL('.pt.') = −(1 − '.pt.')'.(dumb ? '^γ' : '^{γ}').' log('.pt.')') at graph 0.1, graph 0.86 textcolor rgb ink front


# the plot
set key top right Left reverse samplen 3 spacing 1.2 width dumb ? 0 : -2 textcolor rgb ink noenhanced
plot FL(x, 0) ls 1 title G.' = 0', \
     FL(x, 0.5) ls 2 title G.' = 0.5', \
     FL(x, 1) ls 3 title G.' = 1', \
     FL(x, 2) ls 4 title G.' = 2', \
     FL(x, 5) ls 5 title G.' = 5'
