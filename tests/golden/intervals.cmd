# 95 % intervals under the rows of the anchors; in Markdown beside the values
losscope --ci --ignore=-1 -l ce,focal -g 1,2 samples/anchors.csv
losscope --ci 0.8 --ignore=-1 -l ce,focal -g 2 -f markdown samples/anchors.csv
