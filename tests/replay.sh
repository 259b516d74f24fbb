#!/bin/sh
# replay.sh BUILD: each fuzz target on what fuzzing has found and on the inputs that it begins with, also under valgrind where that is there; prints "replay: N passed, N failed"
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
run() {
    if said=$("$@" "$tests"/fuzz/corpus/* "$tests"/fuzz/states/* "$tests"/inputs/*.[cnt]* "$tests"/csv-spectrum/csvs/* 2>&1); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "replay: $*"
        echo "$said" | tail -n 30
    fi
}
for program in "$1"/replay-*; do
    run "$program"
    command -v valgrind >/dev/null || continue
    grep -q -e __asan_init -e __tsan_init -e __gcov_init "$program" || run valgrind -q --error-exitcode=1 "$program"
done
echo "replay: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 3 ]
