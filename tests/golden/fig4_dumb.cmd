losscope plot fig4 samples/anchors.csv --ignore=-1 -t "dumb 80 24" | tr -d "\f"
