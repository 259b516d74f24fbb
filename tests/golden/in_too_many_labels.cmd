losscope --labels inputs/numpy_y.txt -p score samples/caravan.csv
