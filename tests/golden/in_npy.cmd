losscope inputs/numpy_p.npy --labels inputs/numpy_y.npy -l ce -f csv | cut -d, -f2,7-9,11
