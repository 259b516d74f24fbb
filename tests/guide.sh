#!/bin/sh
# guide.sh: the files, functions and targets that src/README.md names are there; prints "guide: N passed, N failed"
cd "$(dirname "$0")/.." || exit 1
guide=src/README.md passed=0 failed=0
is_there() { if [ "$1" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "guide: there is no $2"; fi; }

for path in $(grep -oE '[a-z]+/[a-z_0-9/.]*[a-z_0-9]|README\.md' $guide | sort -u); do
    [ -e "src/$path" ] || [ -e "$path" ]
    is_there $? "$path"
done
for name in $(grep -oE '`[a-z]+(_[a-z]+)+`|struct [a-z]+' $guide | tr -d '`' | sed 's/struct /struct./' | sort -u); do
    grep -rqwE "$(echo "$name" | tr . ' ')" --include='*.[ch]' src
    is_there $? "$name"
done
for target in $(grep -oE '`make [a-z]+`' $guide | sed 's/`make \(.*\)`/\1/'); do
    grep -q "^$target:" Makefile
    is_there $? "make $target"
done
for room in src/*/; do
    grep -q "^| $(basename "$room") |" $guide
    is_there $? "row for $room"
done
echo "guide: $passed passed, $failed failed"
[ "$failed" = 0 ]
