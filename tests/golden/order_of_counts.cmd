# what is clamped, and which sums are bad, does not depend on the order of the rows: 1 clamped (the true class's), 2 bad, 1500 of 1502 read
rows() {
    awk 'BEGIN { for (i = 1; i <= 1502; i++)
        if (i == 1300) print "1.0000004,0,0,a"; else if (i == 1302) print "0,1.0000004,0,a"
        else if (i == 1100 || i == 1201) print "0.5,0.3,0.5,b"; else print "0.2,0.3,0.5,b" }'
}
for order in cat tac 'sort -t, -k2' 'sort -r'; do
    for quoted in '' 's/b$/"b"/'; do
        { echo p_a,p_b,p_c,label; rows | $order | sed "$quoted"; } | losscope -q -f json -l ce --bad-rows skip | grep -o '"examples": 1500, \|"bad": [0-9]*\|"clamped": [0-9]*\|"clipped": [0-9]*' | sort -u | tr '\n' ' '
        echo
    done
done
