losscope inputs/pandas_bool.csv -l ce -f csv | cut -d, -f2,7-9,11
