"""The curves of the paper's figure 4, at five γ: 200 points a side and γ, with pandas and NumPy."""
import sys

import numpy as np
import pandas as pd

frame = pd.read_csv(sys.argv[1])
score, label = frame["score"].to_numpy(), frame["label"].to_numpy()
pt = np.where(label == 1, score, 1 - score)
ce = -np.log(pt)
for y in (1, 0):
    for gamma in (0, 0.5, 1, 2, 5):
        loss = np.cumsum(np.sort(((1 - pt) ** gamma * ce)[label == y]))
        print(y, gamma, *(loss / loss[-1])[np.linspace(0, len(loss) - 1, 200).astype(int)])
