cat inputs/sklearn_proba_fortran.npy | losscope --labels inputs/sklearn_labels.npy -l ce -f csv | cut -d, -f2,7-9,11
