# thresholds and p_t below the normal doubles: 2e-310 and 3e-310 lie on both sides of 2.5e-310
printf 'p,label\n2e-310,1\n3e-310,1\n1e-300,1\n.5,1\n' | losscope -p p --clip 0 -l ce -e 1e-310,2.5e-310,1e-305 -f csv 2>/dev/null | cut -d, -f6,11,14,15
losscope report --state far.state --clip 0 -p p -e 2.5e-310 -l ce -q - <<E >/dev/null
p,label
2e-310,1
3e-310,1
.5,0
E
losscope merge far.state -q -e 2.5e-310 -l ce -f csv | cut -d, -f6,11,14,15
