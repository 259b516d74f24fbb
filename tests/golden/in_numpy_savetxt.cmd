losscope inputs/numpy_savetxt.txt -l ce -f csv | cut -d, -f2,7-9,11
