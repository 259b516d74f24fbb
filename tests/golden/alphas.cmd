# α by numbers of examples, by equal loss, by class
losscope -l balanced-focal -g 2 -a inverse,effective:0.999,balance,0.3 -f csv samples/caravan.csv --positive insurance | cut -d, -f2-4,7-12
printf 'p_cat,p_dog,p_owl,label\n0.7,0.2,0.1,cat\n0.2,0.5,0.3,dog\n0.1,0.3,0.6,cat\n0.3,0.3,0.4,owl\n' >animals.csv
losscope -l balanced-ce -a inverse -f csv animals.csv | cut -d, -f2-4,7,11
losscope -l balanced-ce -a effective:0.9 -f csv animals.csv | cut -d, -f2-4,7,11
losscope -l balanced-ce -a cat=2,owl=0.5 -f tsv animals.csv | cut -f2-4,7,11
losscope -l balanced-ce -a balance --background owl -f csv animals.csv | cut -d, -f2-4,7-12
losscope -l balanced-ce -a cat=2 --task sigmoid -f csv animals.csv | cut -d, -f2-4,7-11
losscope -l balanced-ce -a ape=2 animals.csv
losscope -l balanced-ce -a balance animals.csv
rm animals.csv
