#!/bin/sh
# compare_command.sh: the compare command against values of 40 digits (compare/expected.py), against the report, and against itself: orders, keys, threads, forms of input; prints "compare: N passed, N failed"
name=compare
. "$(dirname "$0")/begin.sh"
sample=$tests/../samples/caravan_models.csv

compare() { "$losscope" compare "$@"; }
# refused STATUS TEXT ARGUMENT...: ends with that status, says that text, writes nothing
refused() {
    status=$1 text=$2
    shift 2
    compare "$@" >out 2>err
    [ $? = "$status" ] && [ ! -s out ] && grep -qxF -- "losscope: $text" err || { cat err out; return 1; }
}
# same_bytes ARGUMENT...: compare ARGUMENT... prints what stands in `all`, but for the models' names
same_bytes() { compare -f csv "$@" | cut -d, -f3- | cmp - all; }

# each line of the expected values with those of the same names
expected() {
    awk -F, 'NR > 1 { line = $1; for (i = 2; i <= 8; i++) line = line " " ($i == "" ? "-" : $i); print line }' "$tests/compare/expected.csv" | sort -u |
        while read -r model loss gamma alpha easy weight cluster ci; do
            set -- -p a -p "$model" -l "$loss" -e "$easy" --ci="$ci" -f csv "$tests/compare/examples.csv"
            line=3
            [ "$loss" != trained ] || { shift 6; set -- -p a -p "$model" --trained ce,balanced-focal -l ce "$@"; line=5; }
            [ "$gamma" = - ] || set -- -g "$gamma" "$@"
            [ "$alpha" = - ] || set -- -a "$alpha" "$@"
            [ "$weight" = - ] || set -- -w "$weight" "$@"
            [ "$cluster" = - ] || set -- --cluster "$cluster" "$@"
            compare "$@" | awk -F, -v line=$line -v key="$model,$loss,${gamma#-},${alpha#-},$easy,${weight#-},${cluster#-},$ci" '
                NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i } NR == line { for (i = 1; i <= NF; i++) print key "," name[i] "," $i }'
        done >got
    awk -F, 'function near(a, b, scale) { d = a - b; if (d < 0) d = -d; return d <= 1e-13 * scale }
        { key = $1; for (i = 2; i <= 8; i++) key = key "," $i }
        NR == FNR { got[key, $9] = $10; next }
        FNR > 1 { scale = $12 < 0 ? -$12 : $12; if (-$11 > scale) scale = -$11; if ($11 > scale) scale = $11; n++
            if (!near(got[key, $9], $10, $10) || !near(got[key, "diff_" $9], $11, scale) || !near(got[key, "diff_" $9 "_low"], $12, scale) ||
                !near(got[key, "diff_" $9 "_high"], $13, scale)) { print; print got[key, $9], got[key, "diff_" $9], got[key, "diff_" $9 "_low"], got[key, "diff_" $9 "_high"]; bad = 1 } }
        END { exit bad || n != 34 }' got "$tests/compare/expected.csv"
}
check "values of 40 digits" expected

# Two files, as the reports of each know them.
awk -F, 'BEGIN { OFS = "," } NR == 1 { print "id,score,label"; next } { print "k" NR, $2, $1 }' "$sample" >one.csv
awk -F, 'BEGIN { OFS = "," } NR == 1 { print "id,score,label"; next } { print "k" NR, $3, $1 }' "$sample" >two.csv
settings="-l ce,focal,balanced-focal,focal-star -g 1,2 -e 0.5,0.9"
for file in one two; do "$losscope" $settings -f csv $file.csv >$file.report; done
compare $settings -f csv one.csv two.csv >both
check "the figures of both reports, and their differences" awk -F, '
    function near(a, b, scale) { d = a - b; if (d < 0) d = -d; return d <= 1e-12 * (scale < 0 ? -scale : scale) + 1e-300 }
    BEGIN { n = split("mean easy_share hard_share easy_neg hard_neg easy_pos hard_pos", figure, " ") }
    FNR == 1 { file++; for (i = 1; i <= NF; i++) at[$i] = i; next }
    { key = $at["loss"] " " $at["gamma"] " " $at["alpha"] " " $at["easy"] }
    file < 3 { for (i = 1; i <= n; i++) report[file, key, i] = $at[figure[i]]; next }
    { second = $1 == "two.csv"; rows++
      for (i = 1; i <= n; i++) {
          want = report[1 + second, key, i]; change = want - report[1, key, i]
          if (!((1, key, i) in report) || !near($at[figure[i]], want, want) || (second && !near($at["diff_" figure[i]], change, want + report[1, key, i]))) { print key, figure[i]; bad = 1 }
      } }
    END { exit bad || rows != 28 }' one.report two.report both

cut -d, -f3- both >all
for threads in 1 2 8; do check "the same bytes from $threads threads" same_bytes $settings -j $threads one.csv two.csv; done
check "columns of one file" same_bytes $settings -p ce -p focal "$sample"
gzip -c two.csv >two.csv.gz
check "gzip beside plain" same_bytes $settings one.csv two.csv.gz
check "standard input" sh -c "'$losscope' compare -f csv $settings one.csv - <two.csv | cut -d, -f3- | cmp - all"
awk -F, 'BEGIN { OFS = "," } NR == 1 { print "\"label\"", "score" ; next } { print "\"" $3 "\"", $2 "\n" }' two.csv >quoted.csv
check "quotes and blank lines" same_bytes $settings one.csv quoted.csv
check "logits beside probabilities" sh -c "awk -F, 'BEGIN { OFS = \",\" } NR == 1 { print \"logit,label\"; next } { printf \"%.17g,%s\\n\", log(\$2 / (1 - \$2)), \$3 }' two.csv >logits.csv
    '$losscope' compare -f csv -l focal one.csv logits.csv | tail -n 1 | cut -d, -f13,14 >got && '$losscope' compare -f csv -l focal one.csv two.csv | tail -n 1 | cut -d, -f13,14 | paste -d, got - |
    awk -F, '{ d = \$1 / \$3 - 1; e = \$2 / \$4 - 1; exit !(d < 1e-9 && d > -1e-9 && e < 1e-9 && e > -1e-9) }'"
(head -n 1 two.csv && tail -n +2 two.csv | sort -t, -k2) >shuffled.csv
(head -n 1 one.csv && tail -n +2 one.csv | sort -t, -k2r) >reversed.csv
check "by a key, in any order" same_bytes $settings --key id one.csv shuffled.csv
for threads in 1 3; do check "by a key, both in any order, $threads threads" same_bytes $settings --key id -j $threads reversed.csv shuffled.csv; done
cut -d, -f1,2 two.csv >scores.csv
cut -d, -f1,3 one.csv >labels.csv
check "labels from one file for all" same_bytes $settings --key id -p score --labels labels.csv -y label one.csv scores.csv
# More rows than fit the batches that are held: every hundredth has another loss.
awk 'BEGIN { print "score,label"; for (i = 0; i < 300000; i++) printf "0.%06d,%d\n", 100000 + i % 700000, i % 3 == 0 }' >long.csv
awk -F, 'BEGIN { OFS = "," } NR > 1 && NR % 100 == 0 { $1 = "0.5" } { print }' long.csv >other.csv
gzip -c other.csv >other.csv.gz
compare -f csv -l ce,focal long.csv other.csv | cut -d, -f3- >all
check "many batches, read side by side" same_bytes -l ce,focal -j 5 long.csv other.csv.gz
check "their difference" sh -c "paste -d, long.csv other.csv | awk -F, 'NR > 1 { n++; d += log(\$2 == 1 ? \$1 : 1 - \$1) - log(\$2 == 1 ? \$3 : 1 - \$3) } END { printf \"%.17g\\n\", d / n }' >want
    cut -d, -f12 all | sed -n 3p | paste - want | awk '{ d = \$1 / \$2 - 1; exit !(d < 1e-9 && d > -1e-9) }'"

compare $settings -f csv one.csv one.csv >same
check "a model and itself: no difference at all" awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
    { for (i = 1; i <= NF; i++) if (name[i] ~ /^diff_/ && $i != (NR % 2 ? "0" : "")) exit bad = 1; if (NR % 2 && $NF != "no difference proven at 95 %") exit bad = 1 }
    END { exit bad || NR != 29 }' same
# Nearly the same: the interval is that of the difference, not of what is left of two large sums.
awk -F, 'BEGIN { OFS = "," } NR > 1 { $2 = sprintf("%.17g", $2 * (1 + 1e-9 * (NR % 7 - 3))) } { print }' one.csv >near.csv
check "models that are nearly the same" sh -c "'$losscope' compare -l ce -f csv one.csv near.csv | tail -n 1 | cut -d, -f14-16 >got
    paste -d, one.csv near.csv | awk -F, 'NR > 1 { n++; p = \$3 == 1 ? \$2 : 1 - \$2; d = (\$3 == 1 ? -1 : 1) * (\$5 - \$2) / p; d = log(1 - d) ; s += -d; q += d * d } END { m = s / n; print m, sqrt((q / n - m * m) / (n - 1)) }' >want
    tr ',' ' ' <got | paste -d' ' - want | awk '{ half = (\$3 - \$2) / 2; r = half / 1.9605 / \$5 - 1; exit !(r < 1e-2 && r > -1e-2) }'"
# Clusters: of one row each they change nothing; in any order, by a key, from any threads the same bytes.
awk -F, 'BEGIN { OFS = "," } { print $0, NR == 1 ? "page" : "p" int(NR ^ 1.7 / 900) }' one.csv >pages.csv
compare -f csv $settings --cluster id one.csv two.csv | cut -d, -f1-11,13- >got
compare -f csv $settings one.csv two.csv | cut -d, -f1-11,13- >want
check "clusters of one row" awk -F, 'NR == FNR { for (i = 1; i <= NF; i++) got[FNR, i] = $i; next }
    { for (i = 1; i <= NF; i++) if ($i != got[FNR, i]) { d = $i - got[FNR, i]; if (d < 0) d = -d; if (!(d < 1e-12)) exit bad = 1 } } END { exit bad || FNR != 29 }' got want
compare -f csv $settings --cluster page pages.csv two.csv | cut -d, -f3- >all
check "clusters: their number" sh -c "[ \$(tail -n +2 pages.csv | cut -d, -f4 | sort -u | wc -l) = \$(tail -n 1 all | cut -d, -f10) ]"
for threads in 1 2 8; do check "clusters, the same bytes from $threads threads" same_bytes $settings --cluster page -j $threads pages.csv two.csv; done
(head -n 1 pages.csv && tail -n +2 pages.csv | sort -t, -k2) >shuffled_pages.csv
check "clusters, by a key, both in any order" same_bytes $settings --cluster page --key id shuffled_pages.csv shuffled.csv
# no_interval FILE: of two clusters, a difference without an interval
no_interval() { compare -f csv -l ce -w w --cluster c -p p -p q "$1" | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } END { exit !($at["clusters"] == 2 && $at["diff_mean"] != "" && $at["diff_mean_low"] == "") }'; }
printf 'p,q,label,w,c\n.5,.6,1,1e19,x\n.5,.7,1,1,y\n' >huge.csv
check "clusters of a weight beyond what is kept" no_interval huge.csv
printf 'p,q,label,w,c\n.5,.6,1,1e-30,x\n.5,.7,1,1e-30,y\n' >tiny.csv
check "clusters of a loss below what is kept" no_interval tiny.csv
compare -q -l ce -p ce -p focal -p ce "$sample" >text
check "the best of three is marked" sh -c "[ \$(grep -c 'best$' text) = 3 ]"
check "words" grep -qx 'ce: the mean of B is higher by 0.116 ± 0.012 (56 %).' text

# The rows that moved most, of those that the rows command gives for each file.
for file in one two; do "$losscope" rows -f csv --keep id -l focal $file.csv >$file.rows; done
paste -d, one.rows two.rows | awk -F, 'NR > 1 { d = $11 - $5; printf "%s,two.csv,%s,%s,%s,%s,%s,%s,%s,%.17g\n", $1, d < 0 ? "better" : "worse", $2, $3, $4, $10, $5, $11, d }' >moves
{ grep ,better, moves | sort -t, -k10,10g -k4,4n | head -n 20; grep ,worse, moves | sort -t, -k10,10gr -k4,4n | head -n 20; } | cut -d, -f1-9 >want
moved() { compare -f csv -l focal --moved 20 --keep id "$@" | tail -n +2 | cut -d, -f1-9 | cmp - want; }
check "the rows that moved most" moved one.csv two.csv
for threads in 1 7; do check "the same from $threads threads" moved -j $threads one.csv two.csv; done
sed 's/two.csv/shuffled.csv/' want >want.key
check "the same by a key" sh -c "'$losscope' compare -f csv -l focal --moved 20 --keep id --key id one.csv shuffled.csv | tail -n +2 | cut -d, -f1-9 | cmp - want.key"
check "their columns" sh -c "'$losscope' compare -f csv --moved 1 --keep id,label one.csv two.csv | head -n 1 | grep -qx 'id,label,model,change,row,losscope_label,baseline_p_t,p_t,baseline_loss,loss,diff_loss'"
check "no row moved" sh -c "[ \"\$('$losscope' compare -f json --moved 5 one.csv one.csv | tr -d '\\n')\" = '[]' ]"

printf 'id,score,label\na,.9,1\nb,.2,0\nc,.4,1\n' >a.csv
sed 's/^c.*/c,.5,0/' a.csv >other.csv
order="the same examples in the same order are needed, or --key COL"
check "another label" refused 1 "other.csv:4: negative, where a.csv:4 has positive: $order" a.csv other.csv
check "another label of a key" refused 1 "other.csv:4: negative, where a.csv:4 has positive: rows of a key need the same label and weight" --key id a.csv other.csv
sed 's/^c.*/c,.5,-1/' a.csv >ignored.csv
check "an ignored row" refused 1 "ignored.csv:4: ignored, where a.csv:4 has positive: $order" --ignore=-1 a.csv ignored.csv
head -n 3 a.csv >short.csv
check "fewer rows" refused 1 "short.csv has 2 rows, a.csv 3: $order" a.csv short.csv
check "more rows" refused 1 "a.csv has 3 rows, short.csv 2: $order" short.csv a.csv
check "a key that is missing" refused 1 "a.csv:4: key 'c' is not in short.csv" --key id a.csv short.csv
check "a key too many" refused 1 "a.csv:4: key 'c' is not in short.csv" --key id short.csv a.csv
sed 's/^c/b/' a.csv >twice.csv
check "a key twice in the second" refused 1 "twice.csv:4: key 'b' is that of line 3, too" --key id a.csv twice.csv
check "a key twice in the first" refused 1 "twice.csv:4: key 'b' is that of line 3, too" --key id twice.csv short.csv
sed 's/$/,1/; 1s/1$/w/' a.csv >weighted.csv
sed '3s/1$/2/' weighted.csv >heavier.csv
check "another weight" refused 1 "heavier.csv:3: weight 2, where weighted.csv:3 has 1: $order" -w w weighted.csv heavier.csv
printf 'p_x,p_y,p_z,label\n.7,.2,.1,x\n.1,.8,.1,y\n' >k.csv
sed '3s/y$/z/' k.csv >l.csv
check "another class" refused 1 "l.csv:3: class 'z', where k.csv:3 has class 'y': $order" k.csv l.csv
check "another task" refused 1 "k.csv is softmax, a.csv binary: --task settles what the scores are" a.csv k.csv
sed 1s/p_z/p_w/ k.csv | sed 's/z$/w/' >m.csv
check "other classes" refused 1 "m.csv: class 3 is 'w', in k.csv it is 'z': --classes names those of all files" k.csv m.csv
check "a file that is not there" refused 1 "cannot open none.csv: No such file or directory" a.csv none.csv
sed 's/^b,[^,]*/b,x/' a.csv >bad.csv
check "a bad row" refused 1 "bad.csv:3: column score: 'x' is not a number; --bad-rows skip leaves such rows out" a.csv bad.csv
check "one model" refused 2 "compare needs two files, or one and a --prob (or --logit) for each model in it" a.csv
check "trained by too few losses" refused 2 "--trained takes a loss for each model: 1 for 2" --trained ce a.csv a.csv
check "trained, and rows" refused 2 "--trained: --moved has lines of rows, by the first loss" --trained ce,ce --moved 1 a.csv a.csv
check "intervals of rows" refused 2 "--cluster: --moved has lines of rows, without intervals" --moved 1 --cluster id a.csv a.csv
check "columns to keep without rows" refused 2 "--keep: only --moved N has lines of rows" --keep id a.csv a.csv
check "a threshold of rows" refused 2 "--easy: --moved has lines of rows, without thresholds" --moved 1 -e 0.9 a.csv a.csv
check "groups" refused 2 "--by: compare has no results of groups" -b id a.csv a.csv
check "an output that is an input" refused 2 "a.csv is one of the files to be read: write to another" a.csv other.csv -o a.csv
check "a row that is bad in one file is said" sh -c "'$losscope' compare --bad-rows skip -f csv a.csv bad.csv 2>&1 >/dev/null | tr '\n' ' ' | grep -qx 'losscope: bad.csv: 1 bad row was left out losscope: 1 row is not in all files, and left out of all '"
check "a row that is bad in one file is left out" sh -c "'$losscope' compare -q --bad-rows skip a.csv bad.csv | grep -qx '2 examples: 2 positive (100 %), 0 negative; 1 row is not in all files'"

finish
