losscope /dev/null
