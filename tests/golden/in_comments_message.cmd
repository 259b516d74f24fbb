printf 'score,label\n.5,1\n# another\n.25,0\n' | losscope
printf '# model: resnet\n# date: today\nscore,label\n.9,1\n' >c.csv
losscope c.csv
losscope -l ce -f csv --comment '#' c.csv | cut -d, -f7-9,11
