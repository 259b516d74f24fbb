#!/usr/bin/python3
"""Writes these files with the programs themselves: pandas, NumPy, scikit-learn (Debian's python3-pandas, python3-sklearn)."""
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

r = np.random.default_rng(7)
n = 24
y = (np.arange(n) % 6 == 0).astype(np.int64)
x = np.where(y, 1.0, -2.0) + r.normal(size=n)
p = 1 / (1 + np.exp(-x))
frame = pd.DataFrame({"score": p, "label": y})
frame.to_csv("pandas_index.csv")
frame.assign(label=y.astype(bool)).to_csv("pandas_bool.csv", index=False)
frame.assign(label=y.astype(float)).to_csv("pandas_float.csv", index=False)
frame.to_csv("pandas_semicolon_comma.csv", index=False, sep=";", decimal=",")
frame.to_csv("pandas_tab.tsv", index=False, sep="\t")
frame.to_csv("pandas_gz.csv.gz", index=False)
frame.assign(label=np.where(y, 1, -1)).to_csv("pandas_plus_minus.csv", index=False)
frame.assign(label=frame.label.where(frame.index != 5)).to_csv("pandas_missing.csv", index=False)
frame.to_csv("pandas_bom_crlf.csv", index=False, encoding="utf-8-sig", lineterminator="\r\n")
frame.to_csv("pandas_utf16.csv", index=False, encoding="utf-16")
frame.assign(name=["a\nb, \"c\"" if i % 5 == 0 else f"i{i}" for i in range(n)])[["name", "score", "label"]].to_csv("pandas_quoted.csv", index=False)
np.savetxt("numpy_savetxt.txt", np.column_stack([p, y]))
np.savetxt("numpy_savetxt_header.csv", np.column_stack([p, y]), delimiter=",", header="score,label")
np.save("numpy_p.npy", p)
np.save("numpy_p_big_endian.npy", p.astype(">f8"))
np.save("numpy_x_half.npy", x.astype(np.float16))
np.save("numpy_y.npy", y)
np.save("numpy_y_bool.npy", y.astype(bool))
np.save("numpy_y_float.npy", y.astype(np.float32))
np.savetxt("numpy_y.txt", y, fmt="%d")

classes = np.array(["cat", "dog", "eel"])
k = np.arange(n) % 3
features = np.column_stack([x, k + r.normal(size=n)])
model = LogisticRegression().fit(features, k)
proba = model.predict_proba(features)
np.save("sklearn_proba.npy", proba)
np.save("sklearn_proba_fortran.npy", np.asfortranarray(proba))
np.save("sklearn_labels.npy", k)
np.save("sklearn_logits.npy", model.decision_function(features))
table = pd.DataFrame(proba, columns=[f"p_{c}" for c in classes])
table.assign(label=classes[k]).to_csv("sklearn_names.csv", index=False)
table.assign(label=k).to_csv("sklearn_numbers.csv", index=False)
pd.DataFrame(proba).assign(label=k).to_csv("pandas_numbered_columns.csv", index=False)

# gzip with every field that a header may have (RFC 1952, 2.3), in two members
import struct
import zlib


def member(data, extra):
    head = b"\x1f\x8b\x08\x1f" + bytes(5) + b"\xff" + struct.pack("<H", len(extra)) + extra + b"a name.csv\0a comment\0"
    head += struct.pack("<H", zlib.crc32(head) & 0xFFFF)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return head + deflate.compress(data) + deflate.flush() + struct.pack("<II", zlib.crc32(data), len(data))


data = open("pandas_float.csv", "rb").read()
half = data.index(b"\n", len(data) // 2) + 1
with open("gzip_fields.csv.gz", "wb") as file:
    file.write(member(data[:half], b"AB\x04\x00\x00\x01\x02\x03") + member(data[half:], b""))
