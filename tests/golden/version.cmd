losscope --version
