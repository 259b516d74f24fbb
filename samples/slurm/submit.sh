#!/bin/bash
# submit.sh [-n SHARDS] [-t TASKS] DIR [OPTIONS...] -- FILE...: a Slurm array that reads each FILE (or SHARDS parts of
# the one FILE) into DIR/N.state with losscope's OPTIONS, and a job behind it that merges them into DIR/all.state and
# DIR/report.txt. Waits for it: the exit status is that of the merge, which fails with the names of what is missing.
# Run again, it reads only what is not there yet. SBATCH: further arguments of sbatch; LOSSCOPE: the program.
set -eu
shards=0 tasks=64
while getopts n:t: option; do
    case $option in n) shards=$OPTARG ;; t) tasks=$OPTARG ;; *) exit 2 ;; esac
done
shift $((OPTIND - 1))
[ $# -ge 1 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
mkdir -p "$1/log"
dir=$(cd "$1" && pwd) here=$(cd "$(dirname "$0")" && pwd)
shift
options=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=("$1"); shift; done
[ $# -gt 1 ] || { echo "submit.sh: name the files behind --" >&2; exit 2; }
shift
if [ "$shards" -gt 0 ] && [ $# != 1 ]; then echo "submit.sh: -n takes one file" >&2; exit 2; fi

# the work, a line each: shard, and file; the same as before, if DIR was used before
for file; do
    file=$(realpath -- "$file")
    if [ "$shards" = 0 ]; then printf -- '-\t%s\n' "$file"; fi
    for ((i = 1; i <= shards; i++)); do printf '%d/%d\t%s\n' "$i" "$shards" "$file"; done
done >"$dir/work.new"
printf '%s\n' ${options[@]+"${options[@]}"} >"$dir/options.new"
for what in work options; do
    if [ -e "$dir/$what" ] && ! cmp -s "$dir/$what" "$dir/$what.new"; then
        echo "submit.sh: $dir holds states of other $what: name an empty directory" >&2
        exit 2
    fi
    mv "$dir/$what.new" "$dir/$what"
done

count=$(wc -l <"$dir/work") missing=0 after=()
for ((i = 1; i <= count; i++)); do [ -e "$dir/$i.state" ] || missing=$((missing + 1)); done
if [ "$missing" -gt 0 ]; then
    [ "$missing" -lt "$tasks" ] && tasks=$missing
    job=$(sbatch ${SBATCH-} --parsable --array="1-$tasks" --output="$dir/log/map-%a.txt" --export=ALL,TASKS="$tasks" \
        "$here/map.sbatch" "$dir")
    after=(--dependency="afterany:${job%%;*}")
fi
echo "$missing of $count to read"
if sbatch ${SBATCH-} --wait ${after[@]+"${after[@]}"} --output="$dir/log/merge.txt" "$here/merge.sbatch" "$dir"; then
    status=0
else
    status=$?
    cat "$dir/log/merge.txt" >&2
fi
exit $status
