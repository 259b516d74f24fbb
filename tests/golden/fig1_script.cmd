losscope plot fig1 -g 0,2
