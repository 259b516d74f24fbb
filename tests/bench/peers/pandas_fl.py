"""CE and FL at five γ by side and by p_t >= 1/2, with pandas and NumPy; with "torch" as second argument, by PyTorch on what pandas read; .npy by NumPy alone."""
import sys

import numpy as np

path = sys.argv[1]
if path.endswith(".npy"):
    score, label = np.load(path).T
else:
    import pandas as pd

    frame = pd.read_csv(path)
    score, label = frame["score"].to_numpy(), frame["label"].to_numpy()
pt = np.where(label == 1, score, 1 - score)
easy = pt >= 0.5
if sys.argv[2:] == ["torch"]:
    import torch

    pt = torch.from_numpy(pt)
    losses = [((1 - pt) ** g * -torch.log(pt)).numpy() for g in (0, 0.5, 1, 2, 5)]
else:
    losses = [(1 - pt) ** g * -np.log(pt) for g in (0, 0.5, 1, 2, 5)]
for y in (0, 1):
    for e in (False, True):
        rows = (label == y) & (easy == e)
        print(y, int(e), rows.sum(), *(loss[rows].sum() for loss in losses))
