# what is no number in another class's field is found in every row, not only in those whose sum is checked
for text in banana NA '' - 1e 0.1.2 0x1 '1-2' ' ' 1e5e5 nan inf 1,0; do
    for name in p_a,p_b,p_c,label p_c,p_a,p_b,label; do
        awk -v text="$text" -v name="$name" 'BEGIN { print name; for (i = 1; i < 1300; i++) print "0.2,0.3,0.5,b"; printf "0.2,0.3,%s,b\n", text; print "0.2,0.3,0.5,b" }' | losscope -f csv -l ce 2>&1 | cut -d, -f1-7
    done
done
# other shapes of numbers are read
for text in .5 5e-1 +0.5 0.50000000000000000000000001 5E-01 '  0.5' 0.5e+00; do
    awk -v text="$text" 'BEGIN { print "p_a,p_b,p_c,label"; for (i = 1; i < 1300; i++) print "0.2,0.3,0.5,b"; printf "0.2,0.3,%s,b\n", text }' | losscope -f csv -l ce | cut -d, -f7,12
done
