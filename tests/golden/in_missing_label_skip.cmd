losscope --bad-rows skip -l ce inputs/pandas_missing.csv
