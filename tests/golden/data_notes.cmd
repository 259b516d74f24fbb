# labels that options name and no row has, a column that weighs as it was found, labels without a 0
say() { losscope -l ce -f csv "$@" 2>&1 >/dev/null; }
printf 'age,weight,label,prob\n61,81.5,1,0.8\n45,55,0,0.3\n70,92,0,0.1\n' >weight.csv
say weight.csv
losscope weight.csv -w '' -l ce -f csv | cut -d, -f7,12 # without weights: 0.228393
printf 'label,logit\n1,0.9\n0,0.2\n1,0.8\n' | say
printf '.7,.2,.1,1\n.2,.5,.3,2\n.1,.3,.6,3\n' | say -p 1-3 -y 4 --ignore=3
printf 'score,label\n0.9,insured\n0.2,not\n0.6,insured\n' >text.csv
say text.csv --positive insurances
say text.csv --positive insured,paid
say text.csv --positive insured --ignore unknown
printf 'insured\nnot\ninsured\n' >y.txt
cut -d, -f1 text.csv >p.csv
say p.csv --labels y.txt --positive insurances
say p.csv --labels y.txt --positive insured
printf 'score,label\n0.9,1\n0.2,0\n0.6,1\n' | say --positive 2 --ignore=-1
printf 'score,label\n0.9,1\n0.2,0\n0.6,1\n' | say --positive 1 --negative 0 # a sound one: nothing
losscope weight.csv -l ce -f json -q | sed -n '/"notes"/p'
printf '0,1\n0.9,1\n0.2,0\n0.6,1\n' | say
printf '0,1\n0.9,1\n0.2,0\n0.6,1\n' | say --header
