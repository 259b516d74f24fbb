# an option that nothing would take is refused by its name, in every command
printf 'p,y\n.9,1\n.2,0\n' >d.csv
for command in report rows html; do
    losscope $command -l ce -g 2 d.csv 2>&1
    losscope $command -l ce,focal -a 0.3 d.csv 2>&1
    losscope $command -l focal --beta 1 d.csv 2>&1
done
# what says how a text is to be read, where there is none
array() { printf "\\223NUMPY\\1\\0\\166\\0%-117s\\n\\0\\0$1?" "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }"; }
array '\0' >a.npy     # 0.5
array '\200' >one.npy # 1
printf '1\n' >y.txt
for option in '-d ;' '--comment %' '--quote none' '--skip 1' '--decimal ,' --header --no-header; do
    losscope a.npy --labels one.npy $option 2>&1
    losscope a.npy a.npy --labels one.npy $option 2>&1
done
losscope a.npy --labels y.txt --no-header -l ce -f csv -q | cut -d, -f7,13 # labels are a text: -log 0.5
