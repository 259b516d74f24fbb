# three rows as understood, the first labels, and the command that says the same
printf ',0,1,2,label,sample_weight,site\n0,.7,.2,.1,0,1,a b\n1,.5,.3,.2,1,2,c\n2,.5,.3,.2,1,2,c\n3,.1,.1,.8,2,1,a b\n' >"my file.csv"
losscope --dry-run "my file.csv" -b site
sh -c "$(losscope --dry-run "my file.csv" -b site | sed -n 's/^same as *//p') -q -l ce -f csv" | cut -d, -f1,7,10,12
losscope "my file.csv" -b site -q -l ce -f csv | cut -d, -f1,7,10,12
printf '.7;.3;0\n.2;.8;1\n' | losscope --dry-run -p 1-2 -y 3
printf 'score,label\n.7,ok\n.2,\033[2Jbad\n' | losscope --dry-run --positive ok
losscope --dry-run -f json "my file.csv" | sed -n '/command/p'
