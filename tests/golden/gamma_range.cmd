for range in 1e-13:3e-13:1e-13 0:0.9:0.3 5e-324:2e-323:5e-324 0:3:0.7 1e9:1000000002:1; do
    printf 'score,label\n.8,1\n.3,0\n' | losscope -l focal -g "$range" -f csv | cut -d, -f3 | tr '\n' ' '
    echo
done
printf 'score,label\n.8,1\n.3,0\n' | losscope -l focal-star -g 1 --beta=-0.3:0.3:0.1 -f csv | cut -d, -f5 | tr '\n' ' '
echo
