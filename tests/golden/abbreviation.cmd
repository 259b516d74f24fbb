losscope --gam 2 samples/caravan.csv
