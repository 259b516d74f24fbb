# Figure 6 of arXiv 1708.02002: the derivatives of the losses of Figure 5 with respect to x, for y = 1
#
# losscope 0.1.0: losscope plot fig6
# Change it as you like. A picture of it:
# gnuplot -e "set terminal pngcairo size 800,600 font 'sans-serif,17' linewidth 2; set output 'fig6.png'" THIS_FILE
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
set xrange [-10:10]
set yrange [-1.2:0]
set xlabel xt textcolor rgb ink
if (!dumb) set ylabel 'gradient' textcolor rgb ink
if (dumb) set label 50 'gradient' at screen 0, graph 1 offset 1, 1; set tmargin 3
sigma(x) = 1 / (1 + exp(-x)) # p_t of x_t
dCE(p) = 1 - p # the size of its derivative with respect to x
dFL(p, gamma) = (1 - p)**gamma * (1 - p - (p > 0 ? gamma * p * log(p) : 0)) # the size of its derivative with respect to x
dFS(p, gamma, beta) = 1 / (1 + (1/p - 1)**-gamma * exp(beta)) # the size of its derivative with respect to x
set xtics 5
set mxtics 5
set ytics 0.2


# the plot
set key bottom right Left reverse samplen 3 spacing 1.2 width dumb ? 0 : -4 textcolor rgb ink noenhanced
plot -dCE(sigma(x)) ls 1 title 'CE', \
     -dFL(sigma(x), 2) ls 2 title 'FL '.G.' = 2', \
     -dFS(sigma(x), 2, 1) ls 3 title 'FL* '.G.' = 2, '.B.' = 1', \
     -dFS(sigma(x), 4, 0) ls 4 title 'FL* '.G.' = 4, '.B.' = 0'
