"""What one writes to see where the loss is: CE and FL at five γ by side and by p_t >= 1/2, with pandas and NumPy; .npy by NumPy alone.
With "torch" as second argument by PyTorch, its focal loss that of torchvision, which wants logits."""
import sys

import numpy as np

path, by_torch = sys.argv[1], sys.argv[2:] == ["torch"]
if path.endswith(".npy"):
    table = np.load(path)
    score, label = table[:, 0], table[:, 1]
else:
    import pandas as pd

    frame = pd.read_csv(path)
    score, label = frame["score"].to_numpy(np.float64), frame["label"].to_numpy()
if by_torch:
    import torch
    from torchvision.ops import sigmoid_focal_loss

    label = torch.from_numpy(label.astype(np.float64))
    logit = torch.logit(torch.from_numpy(score))
    pt = torch.sigmoid(torch.where(label == 1, logit, -logit))
else:
    pt = np.where(label == 1, score, 1 - score)
    ce = -np.log(pt)
for gamma in (0, 0.5, 1, 2, 5):
    loss = sigmoid_focal_loss(logit, label, alpha=-1, gamma=gamma, reduction="none") if by_torch else (1 - pt) ** gamma * ce
    for y in (0, 1):
        for easy in (False, True):
            rows = (label == y) & ((pt >= 0.5) == easy)
            print(gamma, y, int(easy), int(rows.sum()), float(loss[rows].sum()))
