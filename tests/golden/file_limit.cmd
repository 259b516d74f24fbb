(ulimit -f 1; losscope -f csv -g 0:50:0.1 samples/caravan.csv --positive insurance -o big.csv); echo $?; ls -A | grep -c big
