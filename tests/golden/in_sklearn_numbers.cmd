losscope inputs/sklearn_numbers.csv -l ce -f csv | cut -d, -f2,7-9,11
