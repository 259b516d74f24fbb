losscope --dry-run -f json inputs/sklearn_proba.npy --labels inputs/sklearn_labels.npy
