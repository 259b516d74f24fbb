#!/bin/sh
# losses.sh: weighted sums of losses and losses of sets, against published values and plain formulas; prints "losses: N passed, N failed"
tests=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
losscope=$(cd "$tests" && readlink -f "${LOSSCOPE:-../losscope}")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C COLUMNS=80
sample=$tests/../samples/anchors.csv

# check WHAT COMMAND...: the command succeeds
check() {
    what=$1
    shift
    if "$@" >said 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "losses: $what"
        head -n 5 said
    fi
}
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
check "refused: a figure of a sum" sh -c "'$losscope' plot fig4 -l 'focal+ce' masks.csv 2>&1 | grep -q 'figures draw losses, not sums of them'"
check "refused: α from the data" refused "--alpha inverse: in a sum of losses α is a number" -l '2*balanced-ce+ce' -a inverse masks.csv
echo "losses: $passed passed, $failed failed"
[ "$failed" = 0 ]
