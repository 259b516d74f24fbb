losscope help; losscope help plot
