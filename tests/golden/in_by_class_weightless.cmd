printf 'p_a,p_b,p_c,label,g,w\n.7,.2,.1,a,x,0\n.6,.3,.1,b,x,2\n.2,.2,.6,c,y,0\n.1,.2,.7,c,y,1\n' |
    losscope -w w -b g --by-class -l ce -f csv | cut -d, -f1,7-10,39
