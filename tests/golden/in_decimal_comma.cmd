losscope --decimal , inputs/pandas_semicolon_comma.csv -l ce -f csv | cut -d, -f2,7-9,11
