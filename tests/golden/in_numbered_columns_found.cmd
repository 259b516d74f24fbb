losscope inputs/pandas_numbered_columns.csv -l ce -f csv | cut -d, -f2,7-9,11
