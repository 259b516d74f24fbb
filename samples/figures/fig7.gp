# Figure 7 of arXiv 1708.02002: FL* at several settings. The paper does not say which: this grid of γ and β is a choice.
# Its models were trained with α = 0.25, a factor on every curve alike: it is left out here, as the axis of the paper shows.
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
sigma(x) = 1 / (1 + exp(-x)) # p_t of x_t
FS(p, gamma, beta) = p > 0 ? log(1 + (1/p - 1)**gamma * exp(-beta)) / gamma : NaN # appendix A, eq. 7, 8

set samples 1001
set xrange [-5:5]
set yrange [0:5]
set xtics 1
set ytics 1
set xlabel xt textcolor rgb ink
set ylabel 'loss' textcolor rgb ink
set key top right Left reverse samplen 3 spacing 1.2 width -1 textcolor rgb ink noenhanced
plot FS(sigma(x), 1, 0) title 'FL* '.G.' = 1, '.B.' = 0' ls 1 dt 1, \
     FS(sigma(x), 1, 1) title 'FL* '.G.' = 1, '.B.' = 1' ls 1 dt (10,4), \
     FS(sigma(x), 1, 2) title 'FL* '.G.' = 1, '.B.' = 2' ls 1 dt (3,3), \
     FS(sigma(x), 2, 0) title 'FL* '.G.' = 2, '.B.' = 0' ls 2 dt 1, \
     FS(sigma(x), 2, 1) title 'FL* '.G.' = 2, '.B.' = 1' ls 2 dt (10,4), \
     FS(sigma(x), 2, 2) title 'FL* '.G.' = 2, '.B.' = 2' ls 2 dt (3,3), \
     FS(sigma(x), 3, 0) title 'FL* '.G.' = 3, '.B.' = 0' ls 3 dt 1, \
     FS(sigma(x), 3, 1) title 'FL* '.G.' = 3, '.B.' = 1' ls 3 dt (10,4), \
     FS(sigma(x), 3, 2) title 'FL* '.G.' = 3, '.B.' = 2' ls 3 dt (3,3), \
     FS(sigma(x), 4, 0) title 'FL* '.G.' = 4, '.B.' = 0' ls 4 dt 1, \
     FS(sigma(x), 4, 1) title 'FL* '.G.' = 4, '.B.' = 1' ls 4 dt (10,4), \
     FS(sigma(x), 4, 2) title 'FL* '.G.' = 4, '.B.' = 2' ls 4 dt (3,3)
