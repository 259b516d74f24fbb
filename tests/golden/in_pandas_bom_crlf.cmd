losscope inputs/pandas_bom_crlf.csv -l ce -f csv | cut -d, -f2,7-9,11
