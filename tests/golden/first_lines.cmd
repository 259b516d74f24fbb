# a first line that is no header: what it is, and the option that helps, which then does
p() { losscope "$@" -l ce -f csv | cut -d, -f7-8,12; }
printf 'Results, run 3\nscore,label\n.9,1\n.2,0\n' >title.csv
printf 'model: x\ndate: 2024-01-02\nid,score,label\n7,.9,1\n8,.2,0\n' >titles.csv
printf 'Results of model x\n.9,1\n.2,0\n' >title_no_header.csv
printf "'score','label'\n'.9','1'\n'.2','0'\n" >apostrophes.csv
losscope title.csv
p title.csv --skip 1
losscope titles.csv
p titles.csv --skip 2
losscope title_no_header.csv
p title_no_header.csv --skip 1
losscope apostrophes.csv
p apostrophes.csv --quote "'"
printf 'a,b\n.9,1\n' >names.csv
losscope names.csv
