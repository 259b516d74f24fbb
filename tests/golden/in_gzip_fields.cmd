losscope inputs/pandas_float.csv -f csv >plain
losscope inputs/gzip_fields.csv.gz -f csv | cmp - plain && echo the same
sed 's/a comment/A comment/' inputs/gzip_fields.csv.gz >damaged.gz
losscope damaged.gz
