losscope --negative=-1 inputs/pandas_plus_minus.csv -l ce -f csv | cut -d, -f2,7-9,11
