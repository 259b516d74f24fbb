losscope inputs/pandas_tab.tsv -l ce -f csv | cut -d, -f2,7-9,11
