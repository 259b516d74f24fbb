# -log p_t is 0 where the others are masked, and log(1 + e^-1) = 0.3132616875182229: its half is the mean, however the rows are read
rows() { printf 'z_a,z_b,z_c,label%s\n10,-3.4028234663852886e38,-1e30,a%s\n1,2,-1e9,b%s\n' "$1" "$2" "$2"; }
ce() { losscope -f csv -l ce "$@" | awk -F, 'NR > 1 { print $7, $11, $12 }'; }
rows | ce
rows | sed 's/^10/"10"/' | ce
rows ,note ',"x"' | ce
rows | tr -d '\n' | sed 's/label/label\n/; s/a\(.\),/a\n\1,/' | ce
rows | sed 's/$/\r/' | ce
for i in $(seq 40); do [ "$i" = 1 ] && rows | head -n 1; rows | tail -n 2; done | ce
