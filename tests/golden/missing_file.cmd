losscope nothing.csv
