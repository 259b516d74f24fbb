# what it found depends on the machine
for word in --version -V version; do losscope $word | sed -E '2,$s/: .+/: told/'; done
echo data >version; losscope version
LOSSCOPE_ISA=avx1024 losscope --version 2>&1 | sed "s/, this machine's best.*//"
