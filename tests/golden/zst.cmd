zstd -qc samples/caravan.csv | losscope --positive insurance -l ce -f csv
