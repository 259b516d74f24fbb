losscope -l dice samples/caravan.csv
