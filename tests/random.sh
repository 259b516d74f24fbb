#!/bin/sh
# random.sh PROGRAM FIRST LAST: runs one of random/ over the cases FIRST to LAST
losscope=$(cd "$(dirname "$0")" && readlink -f "${LOSSCOPE:-../losscope}") program=$(realpath "$1")
shift
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" && "$program" "$losscope" "$@"
