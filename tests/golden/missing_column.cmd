losscope samples/anchors.csv -z margin
