printf 'p_x,p_y,p_z,label\n.7,.2,.1,x\n.1,.8,.1,y\n.3,.3,.4,x\n' >k.csv
printf 'p_x,p_y,p_z,label\n.6,.2,.2,x\n.1,.7,.2,y\n.4,.3,.3,x\n' >l.csv
losscope compare k.csv l.csv
losscope compare --task sigmoid k.csv l.csv -l focal
