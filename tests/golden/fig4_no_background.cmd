printf 'score,label\n.7,1\n' | losscope plot fig4 -o x.svg
