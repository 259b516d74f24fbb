# a command, an ending, a delimiter that are but nearly right
printf 'score,label\n.9,1\n.2,0\n' >x.csv
losscope plott fig1
losscope x.cvs -l ce
losscope plot fig1 -o x.jpg
losscope x.csv -d ';'
losscope x.csv -a 2
losscope merge x.csv
