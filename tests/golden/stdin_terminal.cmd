# standard input that is a terminal would wait in silence
script -qec true /dev/null </dev/null >/dev/null 2>&1 || { printf "%s\n" "losscope: standard input is a terminal, and no file is named: losscope FILE, or see --help" 2 "losscope: standard input is a terminal, and no file is named: losscope FILE, or see --help" 2; exit; }
for words in "-" ""; do
    script -qec "losscope $words" /dev/null </dev/null | tr -d "\r"
    script -qec "losscope $words" /dev/null </dev/null >/dev/null; echo $?
done
