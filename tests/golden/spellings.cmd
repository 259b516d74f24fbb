# what people type is taken where it is harmless, else the right spelling is told
printf 'score,label\n.9,1\n.2,0\n.7,0\n.7,1\n' >spelled.csv
for format in $(losscope -f '?' 2>&1 | sed 's/.*takes //; s/, not.*//; s/,//g; s/ or / /'); do
    losscope spelled.csv -l ce -f "$format" >by_value; losscope spelled.csv -l ce "--$format" >by_name
    sed 's/-f [a-z]*\|--[a-z]*//g' by_value >a; sed 's/-f [a-z]*\|--[a-z]*//g' by_name >b; cmp a b && echo "--$format"
done
losscope spelled.csv -l ce -f md | sed -n 4p
for ending in csv tsv json jsonl md html txt CSV unknown; do losscope spelled.csv -l ce -o "x.$ending" && printf '%s: ' "$ending" && head -c 14 "x.$ending" | head -n 1 && echo; done
losscope plot share spelled.csv --data -o x.jsonl -g 0,2 && head -c 10 x.jsonl && echo
losscope losses -o x.md && head -n 1 x.md
losscope spelled.csv -l all -f csv | cut -d, -f2 | tr -d '"' | sed 's/(.*//' | sort -u >a; losscope losses -f csv | cut -d, -f1 | sed 's/^name$/loss/' | sort >b; cmp a b && echo all
losscope spelled.csv -l fl
losscope spelled.csv -l balanced_focal
losscope spelled.csv -g 0..5
losscope spelled.csv -g 0:5
losscope spelled.csv --label y.npy
losscope spelled.csv --jsn
losscope spelled.csv --wieght 3
losscope spelled.csv -l ce -g 2
losscope spelled.csv -l ce -a 0.3
losscope spelled.csv --beta 1
losscope spelled.csv -l ce -g 0 -f csv | cut -d, -f 2,3
losscope help fig4 | head -n 3
losscope help fig44
losscope spelled.csv -o x.png; losscope losses -o dir.x/y.pdf; losscope spelled.csv -l ce -o x.log && head -c 11 x.log && echo; ls x.png
