losscope --decimal , inputs/r_csv2.csv -l ce -f csv | cut -d, -f2,7-9,11
