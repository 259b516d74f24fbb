# what an array's header promises is checked against the file before there is memory for it
array() { header="{'descr': '<f8', 'fortran_order': $2, 'shape': $1, }"; printf '\223NUMPY\1\0\166\0%-117s\n' "$header"; shift 2; printf "$@"; }
small() { (case $(readlink -f "$(command -v losscope)") in *-asan*|*-tsan*) ;; *) ulimit -v 400000 ;; esac; timeout 20 losscope "$@" -q); }
printf '1\n' >y
for shape in '(1, 20000000)' '(1, 4294967295)' '(99999999999,)' '(3, 4)' '(9223372036854775807, 9)' '(1, 4294967296)'; do
    for order in False True; do
        array "$shape" $order 12345678 >a.npy
        small a.npy --labels y
        small --labels y <a.npy
        small y --labels a.npy -p 1
    done
done
rm y a.npy
