losscope inputs/numpy_p_big_endian.npy --labels inputs/numpy_y_bool.npy -l ce -f csv | cut -d, -f2,7-9,11
