losscope inputs/pandas_plus_minus.csv
