#!/bin/sh
# direct.sh BUILD FIRST LAST [narrow]: reports of the random cases FIRST to LAST against plain formulas
losscope=$(cd "$(dirname "$0")" && readlink -f "${LOSSCOPE:-../losscope}") direct=$(realpath "$1")/direct
shift
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" && "$direct" "$losscope" "$@"
