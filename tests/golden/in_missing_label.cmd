losscope inputs/pandas_missing.csv
