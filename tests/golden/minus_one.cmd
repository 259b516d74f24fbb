losscope samples/anchors.csv
