losscope inputs/pandas_gz.csv.gz -l ce -f csv | cut -d, -f2,7-9,11
