losscope compare -p ce -p focal samples/caravan_models.csv
losscope compare -p ce -p focal -p ce samples/caravan_models.csv -l balanced-focal,focal -e 0.5,0.9 --ci 0.99 -f md
losscope compare -p ce -p focal samples/caravan_models.csv -l ce -f json
losscope compare -p ce -p focal samples/caravan_models.csv -l balanced-ce --moved 2 --keep label
losscope compare -p ce -p focal samples/caravan_models.csv -l ce -e 0.5,0.9 --trained 'ce,balanced-focal(alpha=0.3)' -g 3
