"""The curves of the paper's figure 4: 200 points a side and γ, with pandas and NumPy."""
import sys

import numpy as np
import pandas as pd

frame = pd.read_csv(sys.argv[1])
for y in (0, 1):
    score = frame["score"].to_numpy()[frame["label"].to_numpy() == y]
    pt = score if y else 1 - score
    for gamma in (0, 0.5, 1, 2):
        loss = np.cumsum(np.sort((1 - pt) ** gamma * -np.log(pt)))
        print(y, gamma, *(loss / loss[-1])[np.linspace(0, len(loss) - 1, 200).astype(int)])
