head -c 200 inputs/numpy_p.npy | losscope --labels inputs/numpy_y.npy
