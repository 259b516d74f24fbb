losscope --gama 2 samples/caravan.csv
