# forced, it says at the end what it came to; -q and no terminal: nothing
losscope --progress -l ce -f csv samples/caravan.csv --positive insurance 2>&1 >/dev/null | sed 's/rows, .* rows a second/rows, N rows a second/'
losscope -l ce -f csv samples/caravan.csv --positive insurance 2>&1 >/dev/null
losscope -q -l ce -f csv samples/caravan.csv --positive insurance 2>&1 >/dev/null
