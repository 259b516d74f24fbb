# Figure 7 of arXiv 1708.02002: FL* at several settings. The paper does not say which: this grid of γ and β is a choice.
# Its models were trained with α = 0.25, a factor on every curve alike: it is left out here, as the axis of the paper shows.
#
# losscope 0.1.0: losscope plot fig7
# Change it as you like. A picture of it:
# gnuplot -e "set terminal pngcairo size 1440,600 font 'sans-serif,17' linewidth 2; set output 'fig7.png'" THIS_FILE
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
set samples 1001
set xrange [-5:5]
set yrange [0:5]
set xlabel xt textcolor rgb ink
if (!dumb) set ylabel 'loss' textcolor rgb ink
if (dumb) set label 50 'loss' at graph 0, graph 1 offset -5, 1; set tmargin 3
sigma(x) = 1 / (1 + exp(-x)) # p_t of x_t
FS(p, gamma, beta) = p > 0 ? log(1 + (1/p - 1)**gamma * exp(-beta)) / gamma : NaN # appendix A, eq. 7, 8
set xtics 2.5
set ytics 1


# the plot
side = dumb ? 0 : 0 # of the width: room for the key
set label 90 (tex ? "FL\052 at a grid of our choice" : "FL\052 at a grid of our choice") at screen 0.5*(1 - side), screen 1 offset 0, -1 center textcolor rgb ink noenhanced
top = 0.92 # of the height: what the title leaves
set multiplot
set lmargin 6; set rmargin 2; set bmargin 3.5; set tmargin 3

set origin 0*(1 - side), 0*top; set size 0.3333*(1 - side), 1*top
set title B.' = 0, where '.G.' = 1 is CE' textcolor rgb ink
set key top right Left reverse samplen 3 spacing 1.2 width dumb ? 0 : -1 textcolor rgb ink noenhanced
plot FS(sigma(x), 1, 0) ls 1 title G.' = 1', \
     FS(sigma(x), 2, 0) ls 2 title G.' = 2', \
     FS(sigma(x), 3, 0) ls 3 title G.' = 3', \
     FS(sigma(x), 4, 0) ls 4 title G.' = 4'
unset label 90

set origin 0.3333*(1 - side), 0*top; set size 0.3333*(1 - side), 1*top
set title B.' = 1' textcolor rgb ink
set ylabel; unset label 50
set key top right Left reverse samplen 3 spacing 1.2 width dumb ? 0 : -1 textcolor rgb ink noenhanced
plot FS(sigma(x), 1, 1) ls 1 title G.' = 1', \
     FS(sigma(x), 2, 1) ls 2 title G.' = 2', \
     FS(sigma(x), 3, 1) ls 3 title G.' = 3', \
     FS(sigma(x), 4, 1) ls 4 title G.' = 4'

set origin 0.6667*(1 - side), 0*top; set size 0.3333*(1 - side), 1*top
set title B.' = 2' textcolor rgb ink
set key top right Left reverse samplen 3 spacing 1.2 width dumb ? 0 : -1 textcolor rgb ink noenhanced
plot FS(sigma(x), 1, 2) ls 1 title G.' = 1', \
     FS(sigma(x), 2, 2) ls 2 title G.' = 2', \
     FS(sigma(x), 3, 2) ls 3 title G.' = 3', \
     FS(sigma(x), 4, 2) ls 4 title G.' = 4'
unset multiplot
