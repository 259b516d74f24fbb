# FL* at x_t = 800 and -800 by hand: log(1 + exp(-8)) / 0.01 = 0.03354062..., and 800 more
printf 'logit,label\n800,1\n-800,1\n800,0\n-800,0\n' | losscope -l focal-star -g 0.01 -f csv | cut -d, -f2-14
printf 'a,b,c,label\n800,0,1,0\n0,0,800,0\n' | losscope -z a,b,c -l focal-star -g 0.01 -f csv | cut -d, -f2-14
printf 'p,label\n1e-310,0\n1e-310,1\n' | losscope --clip 0 -p p -l focal-star -g 0.01 -f csv | cut -d, -f2-14
