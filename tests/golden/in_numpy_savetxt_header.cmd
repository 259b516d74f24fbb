losscope inputs/numpy_savetxt_header.csv -l ce -f csv | cut -d, -f2,7-9,11
