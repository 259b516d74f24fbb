losscope inputs/r_missing.csv
