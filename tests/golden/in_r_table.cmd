losscope inputs/r_table.txt -l ce -f csv | cut -d, -f2,7-9,11
