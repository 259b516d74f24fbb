# what is notable of the scores is said on standard error and in JSON, and not with -q; what is usual is not
say() { cat >noted.csv; losscope noted.csv -l ce "$@" 2>&1 >/dev/null | sed 's/losscope: //' >said; losscope noted.csv -q -l ce -f json "$@" 2>silence | sed -n 's/.*"notes": \[\(.*\)\],$/\1/p' >json; cat silence
    sed 's/^/"/; s/$/"/' said | paste -sd, | sed 's/","/", "/g' | cmp - json; sed 's/^/- /' said; [ -s said ] || echo "- nothing"; }
printf 'score,label\n.9,0\n.8,0\n.2,1\n.3,1\n' | say
printf 'score,label\n.9,1\n.8,1\n.2,0\n.3,0\n' | say
printf 'logit,label\n.9,1\n.8,1\n.2,0\n0,0\n1,1\n' | say
printf 'logit,label\n.9,1\n.8,1\n.2,0\n0,0\n1.1,1\n' | say
printf 'logit,label\n.9,1\n.8,1\n.2,0\n-.1,0\n' | say
printf 'score,label\n.9,1\n.8,1\n.5,0\n.7,1\n' | say
printf 'score,label\n.9,1\n.8,1\n.4,0\n.7,1\n' | say
printf 'score,label\n.9,1\n.8,1\n.5,1\n.7,1\n' | say
printf 'score,label\n0,0\n1,1\n1,1\n0,1\n' | say
printf 'score,label\n0,0\n1,1\n1,1\n0,1\n' | say --clip 0
printf 'score,label\n0,0\n1,1\n.9999999,1\n0,1\n' | say
printf 'score,label\n.3,0\n.3,1\n.3,1\n' | say
printf 'score,label\n.3,0\n.30001,1\n.3,1\n' | say
printf 'logit,label\n-2,0\n-2,1\n-2,1\n' | say
losscope html noted.csv | grep -o 'Note:.*'
