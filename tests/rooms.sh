#!/bin/sh
# rooms.sh: includes go down only (command > figures > report > evaluate > tally > examples > read > kernel > loss > base); no .c includes a .c
cd "$(dirname "$0")/../src" || exit 1
bad=0
rank() { case $1 in base) echo 0 ;; loss) echo 1 ;; kernel) echo 2 ;; read) echo 3 ;; examples) echo 4 ;; tally) echo 5 ;; evaluate) echo 6 ;; report) echo 7 ;; figures) echo 8 ;; command) echo 9 ;; *) echo 10 ;; esac; }
for file in */*.[ch]; do
    own=$(rank "${file%%/*}")
    for room in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$file" | sort -u); do
        if [ "$(rank "$room")" -gt "$own" ]; then
            echo "$file includes from $room/, which lies above it"
            bad=1
        fi
    done
    grep -n '^#include ".*\.c"' "$file" /dev/null && bad=1
    head -n 1 "$file" | grep -q "^/\* ${file##*/}: " || { echo "$file: its first line does not say what it is"; bad=1; }
done
if [ $bad = 0 ]; then echo "rooms: 1 passed, 0 failed"; else echo "rooms: 0 passed, 1 failed"; fi
exit $bad
