# a label with a comma stands between quotes; a sign of a missing value counts in any case
p() { losscope "$@" -l ce -f csv | cut -d, -f7-8,12; }
printf 'p,class\n.9,"cat, big"\n.2,dog\n.8,"a ""b"", c"\n' >commas.csv
losscope commas.csv
losscope commas.csv --positive 'cat, big'
p commas.csv --positive '"cat, big"'
p commas.csv --positive '"cat, big","a ""b"", c"'
p commas.csv --positive dog --ignore '"cat, big"'
printf "p,class\n.9,'cat'\n.2,'dog'\n" >apostrophes.csv
losscope apostrophes.csv
p apostrophes.csv --quote "'" --positive cat
printf 'p_1,p_2,p_3,class\n.7,.2,.1,"cat, big"\n.2,.5,.3,dog\n' >classes.csv
p classes.csv --classes '"cat, big",dog,eel'
printf 'score,label\n.9,1\n.2,nan\n.3,NaN\n.4,0\n' >signs.csv
losscope signs.csv
p signs.csv --ignore nan
