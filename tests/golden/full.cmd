losscope losses >/dev/full
