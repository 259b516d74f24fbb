# which examples hold the loss at which γ.
# Blocks: γ, share, sum of this and the shares below it.
#
# losscope 0.1.0: losscope plot share samples/anchors.csv --ignore=-1
# 40839 examples: 72 positives, 40767 negatives; 105 ignored
# Change it as you like. A picture of it:
# gnuplot -e "set terminal pngcairo size 800,600 font 'sans-serif,17' linewidth 2; set output 'share.png'" THIS_FILE
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
set xrange [0:5]
set yrange [0:100]
set ytics 20
set format y percent
set style fill solid 1 noborder
set xlabel G textcolor rgb ink

# loss, focal
$loss << EOD
0 0.7617996 0.7617996
0.1 0.6764882 0.6764882
0.2 0.5794133 0.5794133
0.3 0.4778958 0.4778958
0.4 0.3804123 0.3804123
0.5 0.2939248 0.2939248
0.6 0.2221994 0.2221994
0.7 0.1657902 0.1657902
0.8 0.1231026 0.1231026
0.9 0.09161395 0.09161395
1 0.068729 0.068729
1.1 0.05220383 0.05220383
1.2 0.04027023 0.04027023
1.3 0.03160848 0.03160848
1.4 0.02526492 0.02526492
1.5 0.02056322 0.02056322
1.6 0.01702853 0.01702853
1.7 0.0143288 0.0143288
1.8 0.01223184 0.01223184
1.9 0.01057477 0.01057477
2 0.009242764 0.009242764
2.2 0.007250836 0.007250836
2.4 0.005841648 0.005841648
2.6 0.004794655 0.004794655
2.8 0.003986757 0.003986757
3 0.003345537 0.003345537
3.2 0.002826018 0.002826018
3.4 0.002398744 0.002398744
3.6 0.002043461 0.002043461
3.8 0.001745632 0.001745632
4 0.001494441 0.001494441
4.25 0.001233589 0.001233589
4.5 0.001020385 0.001020385
4.75 0.0008454136 0.0008454136
5 0.0007013732 0.0007013732
EOD
# loss, focal
$loss_2 << EOD
0 0.002251318 0.764051
0.1 0.002956086 0.6794443
0.2 0.003711422 0.5831247
0.3 0.004445425 0.4823412
0.4 0.005086405 0.3854987
0.5 0.00558527 0.2995101
0.6 0.005925432 0.2281248
0.7 0.006117743 0.171908
0.8 0.006188142 0.1292908
0.9 0.006166375 0.09778032
1 0.006079291 0.07480829
1.1 0.005948299 0.05815213
1.2 0.005789265 0.04605949
1.3 0.005613424 0.03722191
1.4 0.005428504 0.03069342
1.5 0.005239725 0.02580294
1.6 0.005050564 0.02207909
1.7 0.00486331 0.01919211
1.8 0.00467945 0.01691129
1.9 0.004499934 0.01507471
2 0.00432535 0.01356811
2.2 0.003992191 0.01124303
2.4 0.003681062 0.00952271
2.6 0.003391752 0.008186407
2.8 0.003123453 0.00711021
3 0.002875091 0.006220628
3.2 0.002645486 0.005471504
3.4 0.002433435 0.004832179
3.6 0.00223775 0.004281211
3.8 0.002057289 0.00380292
4 0.001890957 0.003385398
4.25 0.001701343 0.002934932
4.5 0.001530311 0.002550696
4.75 0.001376123 0.002221537
5 0.001237185 0.001938558
EOD
# loss, focal
$loss_3 << EOD
0 0.01159061 0.7756416
0.1 0.01384515 0.6932895
0.2 0.01591544 0.5990402
0.3 0.01755043 0.4998916
0.4 0.01857574 0.4040745
0.5 0.01894612 0.3184562
0.6 0.01873601 0.2468609
0.7 0.01808698 0.1899949
0.8 0.01715215 0.1464429
0.9 0.01606177 0.1138421
1 0.01491151 0.0897198
1.1 0.01376465 0.07191677
1.2 0.01265933 0.05871883
1.3 0.01161633 0.04883823
1.4 0.01064513 0.04133855
1.5 0.009748397 0.03555134
1.6 0.008924772 0.03100386
1.7 0.008170752 0.02736286
1.8 0.007481783 0.02439307
1.9 0.006852918 0.02192763
2 0.006279197 0.01984731
2.2 0.005278393 0.01652142
2.4 0.004444938 0.01396765
2.6 0.003749773 0.01193618
2.8 0.003168868 0.01027908
3 0.002682496 0.008903125
3.2 0.002274486 0.007745991
3.4 0.001931567 0.006763746
3.6 0.00164283 0.005924041
3.8 0.001399285 0.005202205
4 0.00119351 0.004578908
4.25 0.0009801473 0.00391508
4.5 0.0008065299 0.003357226
4.75 0.0006649183 0.002886455
5 0.0005491498 0.002487708
EOD
# loss, focal
$loss_4 << EOD
0 0.2243584 1
0.1 0.3067105 1
0.2 0.4009598 1
0.3 0.5001084 1
0.4 0.5959255 1
0.5 0.6815438 1
0.6 0.7531391 1
0.7 0.8100051 1
0.8 0.8535571 1
0.9 0.8861579 1
1 0.9102802 1
1.1 0.9280832 1
1.2 0.9412812 1
1.3 0.9511618 1
1.4 0.9586614 1
1.5 0.9644487 1
1.6 0.9689961 1
1.7 0.9726371 1
1.8 0.9756069 1
1.9 0.9780724 1
2 0.9801527 1
2.2 0.9834786 1
2.4 0.9860324 1
2.6 0.9880638 1
2.8 0.9897209 1
3 0.9910969 1
3.2 0.992254 1
3.4 0.9932363 1
3.6 0.994076 1
3.8 0.9947978 1
4 0.9954211 1
4.25 0.9960849 1
4.5 0.9966428 1
4.75 0.9971135 1
5 0.9975123 1
EOD

# the plot
set key tmargin center horizontal maxcols 2 Left reverse samplen 1.5 spacing 1.2 textcolor rgb ink noenhanced
if (dumb) set key bmargin
if (!dumb) set ylabel 'share of the loss' textcolor rgb ink
if (dumb) set label 50 'share of the loss' at screen 0, graph 1 offset 1, 1; set tmargin 3
if (!dumb) plot $loss using 1:(100*($3 - $2)):(100*$3) with filledcurves fc rgb '#A6CEE3' title 'easy negatives', \
     $loss_2 using 1:(100*($3 - $2)):(100*$3) with filledcurves fc rgb '#0072B2' title 'hard negatives', \
     $loss_3 using 1:(100*($3 - $2)):(100*$3) with filledcurves fc rgb '#FDBF6F' title 'easy positives', \
     $loss_4 using 1:(100*($3 - $2)):(100*$3) with filledcurves fc rgb '#D55E00' title 'hard positives'
if (dumb) plot $loss using 1:(100*$3) with lines ls 1 title 'easy negatives', \
     $loss_2 using 1:(100*$3) with lines ls 2 title '+ hard negatives', \
     $loss_3 using 1:(100*$3) with lines ls 3 title '+ easy positives', \
     $loss_4 using 1:(100*$3) with lines ls 4 title '+ hard positives'
