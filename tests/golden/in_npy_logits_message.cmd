losscope inputs/numpy_x_half.npy --labels inputs/numpy_y.npy
