losscope report samples/caravan.csv --positive insurance -g 2 -f csv
