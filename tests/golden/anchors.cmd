losscope samples/anchors.csv --ignore=-1
