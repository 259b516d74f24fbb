#!/bin/bash
# cluster.sh: samples/slurm on a cluster of this one machine: 16 shards on 4 nodes, of which one dies midway; a bad shard; what is missing. Prints "cluster: N passed, N failed"
# Needs root, and Debian's slurmctld, slurmd and slurm-client.
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
LOSSCOPE=$(readlink -f "${LOSSCOPE:-$tests/../losscope}") slurm=$tests/../samples/slurm
scratch=$(mktemp -d) || exit 1
export LOSSCOPE SLURM_CONF=$scratch/slurm.conf
daemons=()
finish() { kill "${daemons[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$scratch"; }
trap finish EXIT
for program in slurmctld slurmd sbatch; do
    command -v $program >/dev/null || { echo "cluster: $program is not here: apt-get install slurmctld slurmd slurm-client"; exit 1; }
done
cd "$scratch" || exit 1
ok() { if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "cluster: not so: $*"; fi; }

port=$((20000 + $$ % 20000))
cat >slurm.conf <<END
ClusterName=one
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmUser=root
AuthType=auth/none
CredType=cred/none
CryptoType=crypto/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SlurmctldPort=$port
SlurmdPort=$((port + 1))
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool-%n
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/slurmd-%n.pid
SlurmctldLogFile=$scratch/slurmctld.log
SlurmdLogFile=$scratch/slurmd-%n.log
SlurmctldTimeout=5
SlurmdTimeout=5
InactiveLimit=0
KillWait=1
MinJobAge=300
ReturnToService=2
SlurmdParameters=config_overrides
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,batch_sched_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
END
for i in 1 2 3 4; do echo "NodeName=n$i NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=$((port + 1 + i)) CPUs=1"; done >>slurm.conf
echo 'PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP' >>slurm.conf
echo 'CgroupPlugin=cgroup/v1' >cgroup.conf
mkdir state
slurmctld -D >ctld.out 2>&1 &
daemons+=($!)
for i in 1 2 3 4; do
    mkdir "spool-n$i"
    slurmd -D -N n$i >"slurmd$i.out" 2>&1 &
    daemons+=($!)
done
for i in $(seq 50); do [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 4 ] && break; sleep 0.2; done
ok test "$(sinfo -h -t idle -o %D)" = 4

awk 'BEGIN { srand(2); print "score,label,g"; for (i = 0; i < 40000; i++) { p = rand(); printf "%.9g,%d,g%d\n", p, rand() < p / 3, i / 700 } }' >all.csv
"$LOSSCOPE" -b g -f json "$scratch/all.csv" >want

# a shard takes half a second here, so that a node can die in the middle of it
cat >slow <<END
#!/bin/sh
sleep 0.5
exec "$LOSSCOPE" "\$@"
END
chmod +x slow
LOSSCOPE=$scratch/slow "$slurm/submit.sh" -n 16 -t 16 shards -b g -- all.csv >submit.out 2>&1 &
submit=$!
sleep 1.5
kill -9 "${daemons[4]}" # a node
wait $submit || "$slurm/submit.sh" -n 16 shards -b g -- all.csv >submit.out 2>&1
"$LOSSCOPE" merge -f json shards/all.state >got
ok cmp want got
cat submit.out

# a shard that fails is named, and makes the whole fail; only it is read again
mkdir parts
for i in 1 2 3 4 5; do { echo score,label,g; awk -v i=$i 'NR > 1 && int((NR - 2) / 8000) == i - 1' all.csv; } >parts/$i.csv; done
cp parts/3.csv good
echo 0.5,maybe,g1 >>parts/3.csv
"$slurm/submit.sh" files -b g -- parts/*.csv >submit.out 2>&1
ok test $? != 0
ok grep -q 'not read: .*/parts/3.csv' submit.out
ok grep -q 'parts/3.csv:8002: column label' submit.out
cp good parts/3.csv
ok "$slurm/submit.sh" files -b g -- parts/*.csv >submit.out
ok grep -q '1 of 5 to read' submit.out
"$LOSSCOPE" -b g -o want.txt "$scratch"/parts/*.csv
ok cmp want.txt files/report.txt
echo "cluster: $passed passed, $failed failed"
[ "$failed" = 0 ]
