# begin.sh: sourced by tests of commands, $name being set: $tests, $losscope, an empty folder to be in, check and, at the end, finish
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C COLUMNS=80

# check WHAT COMMAND...: the command succeeds
check() {
    what=$1
    shift
    if "$@" >said 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$name: $what"
        head -n 5 said
    fi
}
# finish: says what came of it
finish() {
    echo "$name: $passed passed, $failed failed"
    [ "$failed" = 0 ]
}
