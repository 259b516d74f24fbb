losscope inputs/pandas_index.csv -l ce -f csv | cut -d, -f2,7-9,11
