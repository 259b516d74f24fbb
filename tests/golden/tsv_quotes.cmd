# CE is -ln p_t: (.105361 + 1.609438 + .223144 + .356675) / 4 = 0.573654; of the quoted table (.105361 + 1.609438) / 2 = 0.857399
bare() { printf 'text\tlabel\tscore\n"It was great\t1\t0.9\nplain one\t0\t0.8\nso they said"\t0\t0.2\nlast\t1\t0.7\n'; }
quoted() { printf '"label"\t"text"\t"score"\n"1"\t"a\tb"\t"0.9"\n0\t"say ""x"""\t"0.8"\n'; }
ce() { losscope -f csv -l ce "$@" | cut -d, -f7-8,12; }
bare | ce
bare | ce --quote none
bare | ce --quote '"'
bare | ce --bad-rows skip
quoted | ce
printf '"label\tscore\n1\t0.9\n' | ce
printf 'label\ttext\tscore\n1\t"a\nb"\t0.9\n' | ce
printf 'label\ttext\tscore\n1\t"a\nb"\t0.9\n' | ce --quote '"'
printf "label,text,score\n1,'a,\"b',0.9\n0,'it''s',0.8\n" | ce --quote "'"
losscope --quote ab
