head -5 inputs/numpy_y.txt | losscope inputs/pandas_index.csv --labels -
