losscope -g -1 samples/caravan.csv
