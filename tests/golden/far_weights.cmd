# a row whose weight is nothing beside another's in a bin nearby takes nothing away from it: log(1 + e^-3.007) = 0.0482
for light in 1 1e-20 1e-25 1e-300; do
    printf 'z,y,w\n3.007943409916514,1,1e300\n3,1,%s\n-3.7,1,1\n' $light | losscope -w w -q -l ce -f csv | awk -F, 'NR > 1 { print $7, $10, $12, $20 }'
done
