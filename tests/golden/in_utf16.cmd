losscope inputs/pandas_utf16.csv
