losscope --dry-run inputs/sklearn_names.csv
