#!/bin/sh
# losses.sh: weighted sums of losses, losses of sets and losses over all the data, against published values and plain formulas; prints "losses: N passed, N failed"
name=losses
. "$(dirname "$0")/begin.sh"
sample=$tests/../samples/anchors.csv

# refused TEXT ARGUMENT...: ends with status 2, says that text, writes nothing
refused() {
    text=$1
    shift
    "$losscope" "$@" >out 2>err
    [ $? = 2 ] && [ ! -s out ] && grep -qF -- "$text" err || { cat err out; return 1; }
}
# values COLUMNS ARGUMENT...: these columns of the report, with commas
values() {
    columns=$1
    shift
    "$losscope" -q -f tsv "$@" | awk -F'\t' -v names="$columns" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(names, name, ","); next }
        { for (i = 1; i <= n; i++) printf "%s%s", $at[name[i]], i < n ? "," : "\n" }'
}
# near WITHIN FILE FILE: the same lines, but for numbers that are so near to each other
cat >near.awk <<'AWK'
BEGIN { FS = OFS = "," }
NR == FNR { want[FNR] = $0; n = FNR; next }
{ m = split(want[FNR], w, ","); bad = bad || m != NF
  for (i = 1; i <= NF; i++) if ($i != w[i]) { d = $i - w[i]; if (d < 0) d = -d; s = w[i] < 0 ? -w[i] : w[i] + 0
      if ($i !~ /^[-+.e0-9]+$/ || w[i] == "" || d > within * s) { print "line " FNR ": " $i ", not " w[i]; bad = 1 } } }
END { exit bad || FNR != n }
AWK
near() { awk -v within="$1" -f near.awk "$2" "$3"; }

# ---- losses of sets ----

# MONAI's tests, tests/test_dice_loss.py and tests/test_tversky_loss.py of https://github.com/Project-MONAI/MONAI, Copyright MONAI Consortium,
# Apache-2.0: logits and labels of one mask, and of two
printf 'logit,label\n1,1\n-1,0\n-1,1\n1,1\n' >monai1.csv
printf 'logit,label,mask\n1,1,a\n-1,1,a\n-1,1,a\n1,1,a\n1,1,b\n-1,0,b\n-1,1,b\n1,0,b\n' >monai2.csv
# published SPEC VALUE [ARGUMENT...]: to the digits that are printed there; the tests ask for no more than 1e-4
published() {
    spec=$1 want=$2
    [ $# -gt 2 ] && shift 2 || set -- monai1.csv
    values mean -l "$spec" "$@" | tail -n 1 >got
    awk -v want="$want" '{ d = $1 / want - 1; exit !(d < 1e-4 && d > -1e-4) }' got || { cat got; return 1; }
}
check "MONAI's DiceLoss" published 'dice(smooth=1e-6)' 0.307576
check "MONAI's TverskyLoss" published 'tversky(alpha=0.5,beta=0.5,smooth=1e-6)' 0.307576
check "MONAI's TverskyLoss, 0.3 and 0.7" published 'tversky(smooth=1e-6)' 0.3589
check "MONAI's TverskyLoss, 0.7 and 0.3" published 'tversky(alpha=0.7,beta=0.3,smooth=1e-6)' 0.247366
check "MONAI's DiceLoss, the mean over two masks: the total of a sum" published '1*dice(smooth=1e-4)' 0.416636 -b mask monai2.csv
check "MONAI's TverskyLoss, too" published '1*tversky(alpha=0.5,beta=0.5,smooth=1e-4)' 0.416657 -b mask monai2.csv

# ---- weighted sums ----

# Segment Anything: 20 focal (mean over the pixels of a mask) + 1 dice (of a mask), both means over the masks; \gamma = 2, \alpha = 0.25 and a smooth of 1 are
# the defaults of training/loss_fns.py of https://github.com/facebookresearch/sam2. Masks of unequal size, by plain formulas.
awk 'BEGIN { srand(11); print "p,label,mask"; split("40 7 300 1 90", size, " "); for (m = 1; m <= 5; m++) for (i = 0; i < size[m]; i++) {
    y = rand() < .3; printf "%.*f,%d,m%d\n", 2 + 7 * (rand() < .5), y ? .02 + .97 * sqrt(rand()) : .01 + .98 * rand() ^ 2, y, m } }' >masks.csv
cat >sam.awk <<'AWK'
function row(g, focal, dice) { whole = focal + dice; printf "%s,%s,%.15g,\n%s,%s,%.15g,%.15g\n%s,%s,%.15g,%.15g\n", g, sum, whole, g, "20*focal(gamma=2,alpha=0.25)", focal, focal / whole, g, "1*dice", dice, dice / whole }
BEGIN { FS = ","; sum = "20*focal(gamma=2,alpha=0.25)+1*dice" }
NR > 1 { p = $1; y = $2; pt = y ? p : 1 - p; n[$3]++; fl[$3] -= (y ? .25 : .75) * (1 - pt) ^ 2 * log(pt); both[$3] += p * y; all[$3] += p + y; if (!($3 in seen)) { seen[$3]; order[++masks] = $3 } }
END { for (i = 1; i <= masks; i++) { g = order[i]; f = 20 * fl[g] / n[g]; d = 1 - (2 * both[g] + 1) / (all[g] + 1); fs += f; ds += d; sub(/2,a/, "2,a", sum); row(g, f, d) } row("TOTAL", fs / masks, ds / masks) }
AWK
sed -n '1,$p' masks.csv | awk -f sam.awk | sed 's/gamma=2,alpha/gamma=2;alpha/g' >want
values group,loss,mean,share_of_sum -b mask -l '20*focal(gamma=2,alpha=0.25)+1*dice' masks.csv | sed 's/gamma=2,alpha/gamma=2;alpha/g' >got
check "Segment Anything's 20:1" near 1e-13 want got
check "the same from a state" sh -c "'$losscope' -q --state-only masks.state -b mask masks.csv && '$losscope' -f csv -l '20*focal(gamma=2,alpha=0.25)+1*dice' masks.state >state && '$losscope' -f csv -b mask -l '20*focal(gamma=2,alpha=0.25)+1*dice' masks.csv | cmp - state"
{ head -n 1 masks.csv; tail -n +2 masks.csv | sort; } >sorted.csv
check "in any order of the rows, the same bytes" sh -c "'$losscope' -f csv -b mask -l '20*focal(gamma=2,alpha=0.25)+1*dice' masks.csv | grep TOTAL >one; '$losscope' -f csv -b mask -l '20*focal(gamma=2,alpha=0.25)+1*dice' sorted.csv | grep TOTAL | cmp - one"
check "assertions on sums and their parts" sh -c "'$losscope' -q -o /dev/null -f csv -l '0.5*focal(gamma=1.5)+2.5*ce' --assert '0.5*focal(gamma=1.5)+2.5*ce.mean > 2.5*ce.mean' --assert '0.5*focal(gamma=1.5)[easy=0.5].share_of_sum < 0.5' --assert '2.5*ce.mean > 0.1' masks.csv && ! '$losscope' -q -o /dev/null -f csv -l '0.5*focal+2.5*ce' -g 2 --assert '2.5*ce.share_of_sum < 0.5' masks.csv"
check "the masks with the largest loss" sh -c "'$losscope' -q -f tsv -b mask -l '20*focal+1*dice' -g 2 masks.csv | awk -F'\t' '\$2 ~ /[+]/ && \$1 != \"TOTAL\" { print \$12, \$1 }' | sort -gr | head -n 2 >want; '$losscope' -q -f tsv -b mask --top-groups 2 -l '20*focal+1*dice' -g 2 masks.csv | awk -F'\t' '\$2 ~ /[+]/ && \$1 != \"TOTAL\" { print \$12, \$1 }' | cmp - want"
check "without groups, one set" sh -c "values() { '$losscope' -q -f tsv -l \"\$1\" masks.csv | cut -f12; }; values dice | tail -n 1 >want; values '1*dice' | tail -n 1 | cmp - want"

# Losses of single examples: sums add, column by column
values loss,gamma,alpha,sum,easy_neg,hard_neg,easy_pos,hard_pos,grad_sum --ignore=-1 -l ce,focal,balanced-ce -g 0.5,2 -a 0.3,0.25 "$sample" | awk -F, -v OFS=, '
    function loss(k, c) { for (i = 4; i <= 9; i++) total[i] += c * (i > 4 && i < 9 ? value[k, i] * value[k, 4] : value[k, i]) }
    { for (i = 4; i <= 9; i++) value[$1 $2 $3, i] = $i }
    END { for (g = 1; g <= 2; g++) for (a = 1; a <= 2; a++) { gamma = g == 1 ? "0.5" : 2; alpha = a == 1 ? "0.3" : "0.25"; split("", total); loss("focal" gamma, 20); loss("balanced-ce" alpha, 0.5); loss("ce", 0.25)
        printf "20*focal+0.5*balanced-ce+0.25*ce,%s,%s,%.15g", gamma, alpha, total[4]; for (i = 5; i < 9; i++) printf ",%.15g", total[i] / total[4]; printf ",%.15g\n", total[9] } }' >want
values loss,gamma,alpha,sum,easy_neg,hard_neg,easy_pos,hard_pos,grad_sum,part_of --ignore=-1 -l '20*focal + 0.25*(2*balanced-ce+ce)' -g 0.5,2 -a 0.3,0.25 "$sample" | sed -n 's/,$//p' >got
check "sums of pointwise losses" near 1e-12 want got
values gamma,loss,share_of_sum --ignore=-1 -l '20*focal+balanced-ce' "$sample" >shares
check "their shares of the sum add to 1" awk -F, '$3 { s[int((NR - 1) / 3)] += $3; n++ } END { for (k in s) if (s[k] < 1 - 1e-14 || s[k] > 1 + 1e-14) exit 1; exit n != 10 }' shares
"$losscope" rows -q --ignore=-1 -f csv -l 'focal(gamma=2,alpha=0.25)+0.5*ce,balanced-focal,ce' "$sample" >rows.csv
check "rows: the sum of the columns" awk -F, 'NR == 1 { if ($4 != "balanced_focal_g2_a0.25_plus_ce_x0.5") exit bad = 1; next }
    { for (k = 4; k < 6; k++) { want = $(k + 2) + 0.5 * $(k + 4); d = $k - want; if (d > 1e-14 * want || d < -1e-14 * want) { print; exit bad = 1 } } n++ } END { exit bad || n < 40000 }' rows.csv
# the hardest 20 % by sorting the rows
sort -t, -k4,4gr rows.csv | awk -F, '$4 + 0 == $4 { v[++n] = $4; all += $4 } END { m = int(n / 5); for (i = 1; i <= m; i++) s += v[i]; s += (n / 5 - m) * v[m + 1]; print s / all }' >want
values top20 --ignore=-1 -l 'focal(gamma=2,alpha=0.25)+0.5*ce' "$sample" | head -n 1 >got
check "concentration of a sum" near 1e-4 want got

# ---- losses over all the data, against sorting ----

# ohem.awk: "mask,kept,sum,mean,easy_neg,hard_neg,easy_pos,hard_pos,per_positive" of the N hardest of each mask (0: all), or of R negatives for each
# positive (0: as many as there are), and of all masks together; input "mask,label,p_t,weight" by rising p_t, positives first
cat >ohem.awk <<'AWK'
BEGIN { FS = "," }
NR == FNR { n[$1, $2]++; if (!($1 in seen)) { seen[$1]; order[++masks] = $1 } next }
{ g = $1; y = $2
  if (R) { room = n[g, 1]; if (N && N / (1 + R) < room) room = int(N / (1 + R)); limit = y ? room : int(R * room) } else limit = N
  if (R ? ++got[g, y] > limit : ++got[g] > limit) next
  ce = -log($3); k = ($3 >= .5) y
  for (i = 0; i < 1 + (g != "TOTAL"); i++) { h = i ? "TOTAL" : g; kept[h]++; sum[h] += ce; part[h, k] += ce } }
function row(g, positives) { printf "%s,%d,", g, kept[g]; if (!kept[g]) { printf "0,,,,,,%s\n", positives ? 0 : ""; return }
  printf "%.15g,%.15g,%.15g,%.15g,%.15g,%.15g,", sum[g], sum[g] / kept[g], part[g, "10"] / sum[g], part[g, "00"] / sum[g], part[g, "11"] / sum[g], part[g, "01"] / sum[g]
  if (positives) printf "%.15g", sum[g] / positives; print "" }
END { for (i = 1; i <= masks; i++) { row(order[i], n[order[i], 1]); all += n[order[i], 1] } row("TOTAL", all) }
AWK
awk -F, 'NR > 1 { printf "%s,%d,%.17g\n", $3, $2, $2 ? $1 : 1 - $1 }' masks.csv >examples
sort -s -t, -k3,3g -k2,2r examples >hardest
columns=group,kept,sum,mean,easy_neg,hard_neg,easy_pos,hard_pos,per_positive
# ohem SPEC N R: of each mask, and of them all
ohem() { awk -v N="$2" -v R="$3" -f ohem.awk examples hardest >want; values $columns -b mask -l "$1" masks.csv >got; near 1e-11 want got; }
check "ohem(keep=10)" ohem 'ohem(keep=10)' 10 0
check "ohem(keep=1)" ohem 'ohem(keep=1)' 1 0
check "ohem(keep=100), more than a mask has" ohem 'ohem(keep=100)' 100 0
check "ohem(ratio=3), a mask without positives among them" ohem 'ohem(ratio=3)' 0 3
check "ohem(ratio=0.5)" ohem 'ohem(ratio=0.5)' 0 0.5
check "ohem(keep=16,ratio=3)" ohem 'ohem(keep=16,ratio=3)' 16 3
sed 's/^[^,]*/TOTAL/' examples >one
sed 's/^[^,]*/TOTAL/' hardest >hardest_one
# without groups the examples of all masks compete
whole() { awk -v N="$2" -v R="$3" -f ohem.awk one hardest_one | tail -n 1 | sed 's/TOTAL//' >want; values $columns -l "$1" masks.csv >got; near 1e-9 want got; }
check "ohem(keep=50) of all" whole 'ohem(keep=50)' 50 0
check "ohem(ratio=2) of all" whole 'ohem(ratio=2)' 0 2
check "ohem: all there are" sh -c "'$losscope' -q -f tsv -l 'ohem(keep=1000000)' masks.csv | cut -f11-37 >want; '$losscope' -q -f tsv -l ce masks.csv | cut -f11-37 | cmp - want"
awk -F, 'NR == 11 { printf "%.15g\n", -log($3) }' hardest_one >want
values least_kept -l 'ohem(keep=11)' masks.csv >got
check "the smallest loss that is kept" near 1e-9 want got
# 40,767 anchors in few bins: within the bound that JSON gives, and its own least
"$losscope" rows -q --ignore=-1 --keep label -f csv -l ce "$sample" >ce.csv
awk -F, 'NR > 1 { printf "TOTAL,%d,%.17g\n", $3, $4 }' ce.csv | sort -s -t, -k3,3g -k2,2r >anchors_hardest
for spec in keep=128:128:0 ratio=3:0:3 keep=20000:20000:0; do
    arguments=$(echo "${spec#*:}" | tr : ' ') spec=${spec%%:*}
    check "anchors: ohem($spec) is within its bound" sh -c "set -- $arguments; awk -v N=\$1 -v R=\$2 -f ohem.awk anchors_hardest anchors_hardest | tail -n 1 >want; '$losscope' -q --ignore=-1 -f json -l 'ohem($spec)' '$sample' >got
        awk -F'[,:} ]+' -v want=\$(cut -d, -f3 want) '/\"sum\"/ { for (i = 1; i < NF; i++) if (\$i == \"\\\"sum\\\"\") sum = \$(i + 1) } /curve_bound/ { bound = \$(NF) } END { d = sum / want - 1; if (d < 0) d = -d; print sum, want, bound; exit !(bound < 0.01 && d <= bound + 1e-12) }' got"
done
{ head -n 1 masks.csv; tail -n +2 masks.csv | sort; } >sorted.csv
check "ohem: in any order of the rows, the same bytes" sh -c "'$losscope' -f csv -b mask -l 'ohem(ratio=3),ohem(keep=10)' masks.csv | sort >one.csv; '$losscope' -f csv -b mask -l 'ohem(ratio=3),ohem(keep=10)' sorted.csv | sort | cmp - one.csv"
# weights are numbers of examples: the same rows, given once with their weights and as often as they weigh
awk -F, 'BEGIN { srand(4); print "p,label,mask,w" } NR > 1 { printf "%.17g,%d,%s,%d\n", $1 / (1 + rand()), $2, $3, 1 + int(3 * rand()) }' masks.csv >weighted.csv
awk -F, 'NR == 1 { print "p,label,mask"; next } { for (i = 0; i < $4; i++) print $1 "," $2 "," $3 }' weighted.csv >repeated.csv
for spec in 'ohem(keep=21)' 'ohem(ratio=3)'; do
    values group,weight,sum,mean,easy_neg,grad_sum -b mask -l "$spec" repeated.csv >want
    values group,weight,sum,mean,easy_neg,grad_sum -b mask -l "$spec" -w w weighted.csv >got
    check "$spec with weights" near 1e-11 want got
done

# GHM-C by its formula: n / (M n_b), bins by g = |p - y|
cat >ghm.awk <<'AWK'
BEGIN { FS = "," }
NR > 1 { y = $2; g = y ? 1 - $1 : +$1; pt = y ? +$1 : 1 - $1; for (b = 0; b + 1 < M && g >= (b + 1) / M;) b++
    count[b]++; n++; ce[n] = -log(pt); bin[n] = b; key[n] = (pt >= .5) y; mask[n] = $3; norm[n] = g; size[$3]++; if (!($3 in seen)) { seen[$3]; order[++masks] = $3 } }
function row(g, m) { printf "%s,%.15g,%.15g,%.15g,%.15g,%.15g,%.15g,%.15g\n", g, sum[g], sum[g] / m, part[g, "10"] / sum[g], part[g, "00"] / sum[g], part[g, "11"] / sum[g], part[g, "01"] / sum[g], grad[g] }
END { for (k = 1; k <= n; k++) { w = n / M / count[bin[k]]; for (i = 0; i < 2; i++) { h = i ? "TOTAL" : mask[k]; sum[h] += w * ce[k]; part[h, key[k]] += w * ce[k]; grad[h] += w * norm[k] } }
    for (i = 1; i <= masks; i++) row(order[i], size[order[i]]); row("TOTAL", n) }
AWK
for bins in 1 2 7 10 30; do
    awk -v M=$bins -f ghm.awk masks.csv >want
    values group,sum,mean,easy_neg,hard_neg,easy_pos,hard_pos,grad_sum -b mask -l "ghm-c(bins=$bins)" masks.csv >got
    check "ghm-c(bins=$bins)" near 1e-11 want got
done
check "ghm-c by classes and of all: the same weights" sh -c "printf 'p_a,p_b,y_a,y_b\n.9,.2,1,0\n.4,.65,1,1\n.3,.7,0,1\n.15,.5,0,0\n' >multi.csv; '$losscope' -q -f tsv --by-class -l 'ghm-c(bins=4)' --task multilabel -p p_a,p_b -y y_a,y_b multi.csv | awk -F'\t' 'NR > 1 { sum[\$40] += \$11 } END { d = sum[\"class\"] / sum[\"total\"] - 1; exit !(d < 1e-14 && d > -1e-14 && sum[\"total\"] > 0) }'"
check "ghm-c from a state" sh -c "'$losscope' -q -f csv -b mask -l 'ghm-c,ghm-c(bins=30),ohem(ratio=3)' masks.csv >want; '$losscope' -f csv -l 'ghm-c,ghm-c(bins=30),ohem(ratio=3)' masks.state | cmp - want"

# ---- what is refused ----

refuse() { check "refused: $1" refused "$2" -l "$1" -g 2 masks.csv; }
refuse '20*fokal+dice' "did you mean focal?"
refuse '20focal' "behind a coefficient stands *, as in 20*focal, at character 3: 20 ^ focal"
refuse 'focal*20' "a coefficient stands in front, as in 20*focal, at character 6: focal ^ *20"
refuse 'focal+' "here a loss is missing, at character 7: focal+ ^ "
refuse '2**ce' "here a loss is missing, at character 3: 2* ^ *ce"
refuse '2*(focal+ce' "here a parenthesis does not close, at character 3: 2* ^ (focal+ce"
refuse '2*(focal,ce)' "here a parenthesis does not close, at character 9: 2*(focal ^ ,ce)"
refuse '2*focal ce' "between losses stands +, at character 9: 2*focal  ^ ce"
refuse '0*focal+ce' "a coefficient is a number above 0, at character 1:  ^ 0*focal+ce"
refuse '-1*focal+ce' "a coefficient is a number above 0"
refuse '1e999*focal+ce' "a coefficient is a number above 0"
refuse 'ce+focal(beta=2)' "focal has no parameter 'beta': it has gamma, alpha"
refuse 'ce+focal(gamma=-1)' "focal needs a gamma of at least 0, not -1"
refuse 'ce+ce+ce+ce+ce+ce+ce+ce+focal' "a sum has at most 8 losses"
refuse "$(printf '(%.0s' $(seq 30))focal" "too deep"
check "refused: rows of a sum with the loss of a set" sh -c "'$losscope' rows -l '20*focal+dice' masks.csv 2>&1 | grep -q 'focal+dice is the loss of a set of examples, not of a row'"
check "refused: a figure of a sum" sh -c "'$losscope' plot fig4 -l 'focal+ce' masks.csv 2>&1 | grep -q 'figures draw losses of examples by themselves, and no sums'"
refuse 'ohem' "ohem needs keep or ratio, as in ohem(keep=3)"
refuse 'ohem(keep=2.5)' "ohem needs a whole keep, not 2.5"
refuse 'ohem(keep=0)' "ohem needs a keep of at least 1, not 0"
refuse 'ghm-c(bins=0)' "ghm-c needs a bins of at least 1, not 0"
refuse '2*ohem(keep=5)' "this loss stands alone, not in a sum, at character 3: 2* ^ ohem(keep=5)"
check "refused: rows of what depends on all the data" sh -c "'$losscope' rows -l 'ghm-c' masks.csv 2>&1 | grep -q 'ghm-c(bins=10) depends on all the data'"
check "refused: figures of it" sh -c "'$losscope' plot fig1 -l 'ohem(keep=5)' 2>&1 | grep -q 'figures draw losses of examples by themselves'"
check "refused: a ratio without sides" sh -c "printf 'p_a,p_b,p_c,label\n.7,.2,.1,a\n.1,.8,.1,b\n' | '$losscope' -l 'ohem(ratio=3)' 2>&1 | grep -q 'ohem(ratio=3) needs positives and negatives: see --background'"
check "refused: α from the data" refused "--alpha inverse: in a sum of losses α is a number" -l '2*balanced-ce+ce' -a inverse masks.csv
finish
