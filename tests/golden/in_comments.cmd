printf '%% a note\nscore,label\n.5,1\n%% another\n.25,0\n' | losscope --comment % -l ce -f csv | cut -d, -f2,7-9,11
