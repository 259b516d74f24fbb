losscope -z 1 inputs/numpy_x_half.npy --labels inputs/numpy_y_float.npy -l ce -f csv | cut -d, -f2,7-9,11
