losscope losses
