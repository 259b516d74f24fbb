losscope --metrics --ignore=-1 samples/anchors.csv
