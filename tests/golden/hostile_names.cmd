# escape codes in names of files, columns, classes and groups never reach a terminal, nor Markdown's own characters a table
mkdir hostile && cd hostile
esc=$(printf '\033') csi=$(printf '\302\233')
file="${esc}[31mred.csv"
printf 'score,"la\033]0;title\007bel","gr\2332Joup"\n.9,1,"a\033[2J|<b>"\n.2,0,"\302\2332J*x*"\n' >"$file"
losscope "$file" -p 1 -y 2 -b 3 -l ce
losscope "$file" -p 1 -y 2 -b 3 -l ce -f markdown
losscope --dry-run "$file" -p 1 -y 2 -b 3
printf 'p_a\033[1m,p_b,p_c,label\n.5,.3,.2,0\n.2,.5,.3,1\n' | losscope -p 1-3 -y 4 -l ce --by-class
losscope "$file" -p 1 -y 2 -w 3
losscope "$file" "$file" -p 1 -y 2 --by-file -l ce
for form in text markdown; do losscope rows "$file" -p 1 -y 2 --keep 2-3 --where-from -l ce -f $form; done
{ losscope rows "$file" -p 1 -y 2 --keep '*' --where-from; losscope "$file" -p 1 -y 2 -b 3; losscope --dry-run "$file" -p 1 -y 2 -b 3; losscope "$file" -y 2 -b 3 -p 7; } 2>&1 | grep -c "$esc\|$csi"
# the heading names the ends of many columns
awk 'BEGIN { for (i = 0; i < 1000; i++) printf "p_%d,", i; print "label"; for (i = 0; i < 1000; i++) printf ".001,"; print 3 }' | losscope -l ce | sed -n '1,2p'
