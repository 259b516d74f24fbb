losscope inputs/r_words.csv -l ce -f csv | cut -d, -f2,7-9,11
