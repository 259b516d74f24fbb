# CE and FL at five γ by side and by p_t ≥ ½
BEGIN { FS = ","; split("0 0.5 1 2 5", gamma, " ") }
NR > 1 {
    pt = $2 == 1 ? $1 : 1 - $1
    easy = pt >= 0.5
    ce = -log(pt)
    count[$2, easy]++
    for (g = 1; g <= 5; g++) sum[$2, easy, g] += (1 - pt) ^ gamma[g] * ce
}
END { for (k in count) { split(k, at, SUBSEP); printf "%d %d %d", at[1], at[2], count[k]; for (g = 1; g <= 5; g++) printf " %.17g", sum[at[1], at[2], g]; print "" } }
