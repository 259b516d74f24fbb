#!/bin/sh
# rooms.sh BUILD: a file includes and calls only its own room and rooms below it
# (command > figures > compare > rows > report > evaluate > tally > examples > read > kernel > loss > base),
# no files call each other in a circle, no .c includes a .c, what one object alone uses is static; prints "rooms: N passed, N failed"
build=$(realpath "${1:-$(dirname "$0")/../build}")
cd "$(dirname "$0")/../src" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
rooms='base loss kernel read examples tally evaluate report rows compare figures command'

# Calls that close a circle: none should be left. One that no longer closes a circle has to go from this list.
cat >"$scratch/known" <<'LIST'
LIST

# FILE FILE: the first includes the second's header; ".def.h" are parts of files
for file in */*.[ch]; do
    sed -n "s|^#include \"\([^/\"]*\)\"|${file%%/*}/\1|p; s|^#include \"\(.*/.*\)\"|\1|p" "$file" | sed "s|^|$file |"
    grep -n '^#include ".*\.c"' "$file" /dev/null >>"$scratch/bad"
    head -n 1 "$file" | grep -q "^/\* ${file##*/}: " || echo "$file: its first line does not say what it is" >>"$scratch/bad"
done >"$scratch/includes"

# OBJECT SYMBOL → FILE FILE: the first calls the second or uses what it holds; the same file for several instruction sets is one
ls */*.c >"$scratch/sources"
(cd "$build" && for room in $rooms; do nm -A -g "$room"/*.o; done) |
    awk 'NR == FNR { is[$1]; next } { file = $1; sub(/(_isa_avx2|_isa_avx512)?\.o:.*/, "", file) } (file ".c") in is || (file "_isa.c") in is' \
        "$scratch/sources" - >"$scratch/symbols" # of objects whose source is still there
awk '{ file = $1; sub(/\.o:.*/, "", file); sub(/_(avx2|avx512)$/, "", file); type = $(NF - 1) }
    type ~ /^[TDBRVWC]$/ { home[$NF] = file }
    type == "U" { user[++n] = file; symbol[n] = $NF }
    END { for (i = 1; i <= n; i++) if ((symbol[i] in home) && home[symbol[i]] != user[i] && !seen[user[i], home[symbol[i]]]++) print user[i], home[symbol[i]] }' \
    "$scratch/symbols" | sort >"$scratch/calls"

# what an object exports is used by another one, a test's at least
if [ -f "$build/tests/check.o" ]; then
    (cd "$build" && nm -A -g main.o tests/*.o) | cat "$scratch/symbols" - |
        awk '{ file = $1; sub(/:.*/, "", file); type = $(NF - 1) } type ~ /^[TDBR]$/ { home[$NF] = file } type == "U" { used[$NF] }
            END { for (s in home) if (!(s in used) && s != "main" && s !~ /^__/) print home[s] ": " s " is used nowhere else: make it static" }' |
        sort >>"$scratch/bad"
fi

# upwards SAYS: edges to a room above
upwards() {
    awk -v rooms="$rooms" -v says="$1" 'BEGIN { n = split(rooms, room, " "); for (i = 1; i <= n; i++) rank[room[i]] = i }
        { split($1, from, "/"); split($2, to, "/"); if (rank[to[1]] > rank[from[1]]) print $1, says, $2 ", which lies above it" }'
}
# circles: edges from whose end the start can be reached
circles() {
    awk '{ node[$1]; node[$2]; reach[$1, $2] = 1; edge[NR] = $0 }
        END {
            for (k in node) for (i in node) if ((i, k) in reach) for (j in node) if ((k, j) in reach) reach[i, j] = 1
            for (e = 1; e <= NR; e++) { split(edge[e], p, " "); if ((p[2], p[1]) in reach) print edge[e] }
        }'
}
{
    upwards includes <"$scratch/includes"
    upwards calls <"$scratch/calls"
    grep -E '\.h .*\.h$' "$scratch/includes" | circles | sed 's/$/: headers that include each other/'
    grep -vxFf "$scratch/known" "$scratch/calls" | circles | sed 's/$/: files that call each other in a circle/'
    circles <"$scratch/calls" >"$scratch/closing"
    grep -vxFf "$scratch/closing" "$scratch/known" | sed 's/$/: no longer closes a circle: take it from the list/'
} >>"$scratch/bad"
[ "$(wc -l <"$scratch/calls")" -gt 100 ] || echo "no symbols were read" >>"$scratch/bad"

if [ -s "$scratch/bad" ]; then
    cat "$scratch/bad"
    echo "rooms: 0 passed, 1 failed"
    exit 1
fi
echo "rooms: 1 passed, 0 failed"
