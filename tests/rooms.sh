#!/bin/sh
# rooms.sh: includes go down only (command > plot > report > tally > input > loss > base); no .c includes a .c
cd "$(dirname "$0")/../src" || exit 1
bad=0
rank() { case $1 in base) echo 0 ;; loss) echo 1 ;; input) echo 2 ;; tally) echo 3 ;; report) echo 4 ;; plot) echo 5 ;; command) echo 6 ;; *) echo 7 ;; esac; }
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
exit $bad
