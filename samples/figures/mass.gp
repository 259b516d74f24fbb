# where the examples lie, and where their loss, by bands of p_t.
# Blocks: p_t from, to, share of all.
#
# losscope 0.1.0: losscope plot mass samples/anchors.csv --ignore=-1
# 40839 examples: 72 positives, 40767 negatives; 105 ignored
# Change it as you like. A picture of it:
# gnuplot -e "set terminal pngcairo size 1000,720 font 'sans-serif,17' linewidth 2; set output 'mass.png'" THIS_FILE
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
set xrange [-4.59512:11]
set yrange [0:100]
# the axis is x_t = log(p_t/(1 - p_t)), so that both ends are seen; its tics are p_t
X(p) = p <= 0 ? -11 : p >= 1 ? 11 : log(p/(1 - p))
set xtics ('0.0001' X(0.0001), '0.001' X(0.001), '0.01' X(0.01), '0.1' X(0.1), '0.5' X(0.5), '0.9' X(0.9), '0.99' X(0.99), '0.999' X(0.999), '0.9999' X(0.9999))
set ytics 20
set format y percent
set xlabel 'probability of ground truth class' textcolor rgb ink
if (!dumb) set ylabel 'share of all' textcolor rgb ink
if (dumb) set label 50 'share of all' at screen 0, graph 1 offset 1, 1; set tmargin 3

# examples
$examples << EOD
0 0.0001 0
0.0001 0.001 0
0.001 0.01 0
0.01 0.1 0.0005876735
0.1 0.5 0.0003183232
0.5 0.9 0.00122432
0.9 0.99 0.2555645
0.99 0.999 0.6579495
0.999 0.9999 0.07962977
0.9999 1 0.004725875
EOD
# loss, focal, γ = 0
$loss_g0 << EOD
0 0.0001 0
0.0001 0.001 0
0.001 0.01 0
0.01 0.1 0.1779443
0.1 0.5 0.04866549
0.5 0.9 0.02796214
0.9 0.99 0.418065
0.99 0.999 0.3234221
0.999 0.9999 0.003913073
0.9999 1 2.792942e-05
EOD
# loss, focal, γ = 0.5
$loss_g0_5 << EOD
0 0.0001 0
0.0001 0.001 0
0.001 0.01 0
0.01 0.1 0.5491821
0.1 0.5 0.137947
0.5 0.9 0.04541411
0.9 0.99 0.1876889
0.99 0.999 0.07945555
0.999 0.9999 0.0003116595
0.9999 1 7.407332e-07
EOD
# loss, focal, γ = 1
$loss_g1 << EOD
0 0.0001 0
0.0001 0.001 0
0.001 0.01 0
0.01 0.1 0.7437585
0.1 0.5 0.172601
0.5 0.9 0.03456843
0.9 0.99 0.04015867
0.99 0.999 0.008902005
0.999 0.9999 1.139326e-05
0.9999 1 8.858981e-09
EOD
# loss, focal, γ = 2
$loss_g2 << EOD
0 0.0001 0
0.0001 0.001 0
0.001 0.01 0
0.01 0.1 0.8197043
0.1 0.5 0.1647737
0.5 0.9 0.01395192
0.9 0.99 0.001497149
0.99 0.999 7.287991e-05
0.999 0.9999 9.979039e-09
0.9999 1 8.043448e-13
EOD

# the plot
side = dumb ? 0.184 : 0 # of the width: room for the key
if (dumb) set rmargin at screen 1 - side
if (dumb) {
    set key at screen 0.985, screen 0.96 right top vertical maxcols 1 Left reverse samplen 3 spacing 1.2 textcolor rgb ink noenhanced
} else {
    set key tmargin center horizontal maxcols 2 Left reverse samplen 3 spacing 1.2 textcolor rgb ink noenhanced
}
if (dumb) {
plot $examples using (0.5*(X($1) + X($2))):(100*$3):(X($2) - X($1)) with boxes fillstyle solid 1 border lc rgb '#FFFFFF' ls 10 title 'examples', \
     $loss_g0 using (0.5*(X($1) + X($2))):(100*$3) with points ls 1 title G.' = 0', \
     $loss_g0_5 using (0.5*(X($1) + X($2))):(100*$3) with points ls 2 title G.' = 0.5', \
     $loss_g1 using (0.5*(X($1) + X($2))):(100*$3) with points ls 3 title G.' = 1', \
     $loss_g2 using (0.5*(X($1) + X($2))):(100*$3) with points ls 4 title G.' = 2'
} else {
plot $examples using (0.5*(X($1) + X($2))):(100*$3):(X($2) - X($1)) with boxes fillstyle solid 1 border lc rgb '#FFFFFF' ls 10 title 'examples', \
     $loss_g0 using (X($1)):(100*$3):(X($2) - X($1)):(0) with vectors nohead ls 1 ps 1 title G.' = 0', \
     $loss_g0_5 using (X($1)):(100*$3):(X($2) - X($1)):(0) with vectors nohead ls 2 ps 1 title G.' = 0.5', \
     $loss_g1 using (X($1)):(100*$3):(X($2) - X($1)):(0) with vectors nohead ls 3 ps 1 title G.' = 1', \
     $loss_g2 using (X($1)):(100*$3):(X($2) - X($1)):(0) with vectors nohead ls 4 ps 1 title G.' = 2'
}
