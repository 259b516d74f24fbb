# several files as one: classes by name, whatever their order; what does not fit is refused
printf 'p_a,p_b,label\n0.7,0.3,a\n' >one.csv
printf 'label,p_b,p_a\nb,0.6,0.4\n' >two.csv
losscope one.csv two.csv -l ce -f csv | cut -d, -f2,7-12
losscope two.csv one.csv -l ce -f csv --by-class --task softmax | cut -d, -f2,7-12,39
printf 'p_a,p_c,label\n0.7,0.3,a\n' >three.csv
losscope one.csv three.csv
printf 'z_a,z_b,label\n0.7,-0.3,a\n' >four.csv
losscope one.csv four.csv
printf 'p_a,p_b,label,weight\n0.7,0.3,a,2\n' >five.csv
losscope one.csv five.csv
printf 'score,label\n0.7,1\n' >six.csv
losscope one.csv six.csv
rm one.csv two.csv three.csv four.csv five.csv six.csv
