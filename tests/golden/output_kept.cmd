mkdir kept && cd kept && echo old >x.csv && losscope ../samples/anchors.csv -o x.csv; cat x.csv; ls -a
