gzip -c samples/caravan.csv | head -c 2000 | losscope --positive insurance
