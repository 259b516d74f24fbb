losscope inputs/numpy_p.npy
