losscope -z '*' inputs/sklearn_logits.npy --labels inputs/sklearn_labels.npy -l ce -f csv | cut -d, -f2,7-9,11
