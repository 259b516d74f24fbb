# where the examples lie, and where their loss: shares by bands of p_t
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
# examples
$examples_1 << EOD
0 0.1 0.0005876735
0.1 0.2 0.0001714048
0.2 0.3 4.89728e-05
0.3 0.4 2.44864e-05
0.4 0.5 7.345919e-05
0.5 0.6 0.0001469184
0.6 0.7 0.000122432
0.7 0.8 0.0001469184
0.8 0.9 0.0008080511
0.9 1 0.9978697
EOD
# loss, focal, FL, γ = 0
$loss_2 << EOD
0 0.1 0.1779443
0.1 0.2 0.03477531
0.2 0.3 0.006026278
0.3 0.4 0.002251318
0.4 0.5 0.005612587
0.5 0.6 0.008466701
0.6 0.7 0.00482846
0.7 0.8 0.003902449
0.8 0.9 0.01076453
0.9 1 0.7454281
EOD
# loss, focal, FL, γ = 0.5
$loss_3 << EOD
0 0.1 0.5491821
0.1 0.2 0.1030242
0.2 0.3 0.01618705
0.3 0.4 0.00558527
0.4 0.5 0.01315044
0.5 0.6 0.01802244
0.6 0.7 0.008873496
0.7 0.8 0.006096954
0.8 0.9 0.01242122
0.9 1 0.2674568
EOD
# loss, focal, FL, γ = 1
$loss_4 << EOD
0 0.1 0.7437585
0.1 0.2 0.1339202
0.2 0.3 0.01907604
0.3 0.4 0.006079291
0.4 0.5 0.01352547
0.5 0.6 0.01686013
0.6 0.7 0.007162861
0.7 0.8 0.004194223
0.8 0.9 0.006351217
0.9 1 0.04907208
EOD
# loss, focal, FL, γ = 2
$loss_5 << EOD
0 0.1 0.8197043
0.1 0.2 0.1359316
0.2 0.3 0.0159104
0.3 0.4 0.00432535
0.4 0.5 0.008606346
0.5 0.6 0.008906288
0.6 0.7 0.002812464
0.7 0.8 0.001204753
0.8 0.9 0.001028417
0.9 1 0.001570039
EOD

set xrange [0:1]
set xtics 0.1
set format y (tex ? '%.0f\,\%%' : '%.0f %%')
set xlabel 'probability of ground truth class' textcolor rgb ink
set ylabel 'share of all' textcolor rgb ink
set yrange [0:100]
set ytics 20
set key top center Left reverse samplen 3 spacing 1.2 width -1 textcolor rgb ink noenhanced
plot $examples_1 using (0.5*($1 + $2)):(100*$3):($2 - $1) with boxes fillstyle solid 1 noborder ls 8 title 'examples', \
     $loss_2 using (0.5*($1 + $2) + -0.018):(100*$3) with linespoints ls 1 title 'FL '.G.' = 0', \
     $loss_3 using (0.5*($1 + $2) + -0.006):(100*$3) with linespoints ls 2 title 'FL '.G.' = 0.5', \
     $loss_4 using (0.5*($1 + $2) + 0.006):(100*$3) with linespoints ls 3 title 'FL '.G.' = 1', \
     $loss_5 using (0.5*($1 + $2) + 0.018):(100*$3) with linespoints ls 4 title 'FL '.G.' = 2'
