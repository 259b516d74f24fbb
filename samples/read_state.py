#!/usr/bin/env python3
"""read_state.py FILE: what a state of losscope holds, read by losscope-state(5) alone: counts, and the rows and CE of each part."""
import json, math, struct, sys

TABLE = []
for i in range(256):
    for _ in range(8): i = i >> 1 ^ (0x82F63B78 if i & 1 else 0)
    TABLE.append(i)

def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data: crc = crc >> 8 ^ TABLE[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFF

class Bytes:
    def __init__(self, data): self.data, self.at = data, 0
    def take(self, n): self.at += n; return self.data[self.at - n:self.at]
    def integer(self, n): return int.from_bytes(self.take(n), "little", signed=True)
    def double(self): return struct.unpack("<d", self.take(8))[0]
    def text(self): return self.take(self.varint()).decode(errors="replace")
    def list(self, read): return [read() for _ in range(self.varint())]
    def varint(self):
        x = shift = 0
        while True:
            byte = self.take(1)[0]
            x, shift = x | (byte & 127) << shift, shift + 7
            if byte < 128: return x
    def zigzag(self): x = self.varint(); return x >> 1 ^ -(x & 1)
    def counts(self): return dict(zip("rows rows_used examples positives negatives ignored bad blank clamped clipped zero_weight".split(),
                                      [self.varint() for _ in range(11)]))

data = open(sys.argv[1], "rb").read()
magic, version, head_crc, head_size, body_size, own_crc = struct.unpack("<8sIIQQI", data[:36])
assert magic == b"\x89LST\r\n\x1a\n" and version == 4 and own_crc == crc32c(data[:32])
h, b = Bytes(data[36:36 + head_size]), Bytes(data[36 + head_size:36 + head_size + body_size])
end = 36 + head_size + body_size
assert head_crc == crc32c(h.data) and struct.unpack("<I", data[end:end + 4])[0] == crc32c(data[:end])

program, flags = h.text(), h.varint()
head = {k: h.text() for k in ("task format delimiter score label weight by " + "cluster " * (flags >> 9 & 1) + "options").split()}
head.update(clip=h.double(), classes=h.list(h.text), background=h.zigzag(), scores=h.varint(), positive=h.text(), notes=h.list(h.text), counts=h.counts(), cuts=h.list(h.double), easy=h.list(h.double))
head["shards"] = h.list(lambda: (h.list(lambda: (h.text(), h.take(8).hex())), h.varint(), h.varint(), h.varint(), h.take(8).hex()))
head["groups"] = h.list(lambda: (h.text(), *([h.text()] if flags & 512 else []), h.varint(), h.varint(), h.counts()))
weighted, rows, ce, part = flags & 16, {}, {}, -1
bits = lambda x: struct.unpack("<Q", struct.pack("<d", x))[0]
double = lambda x: struct.unpack("<d", struct.pack("<Q", x))[0]
cuts = [bits(c) for c in head["cuts"]]

def add(count, weight, hard, size):
    loss = (-math.log(size) if size < 1 else size) if hard else 0 if size >= 1 else -math.log1p(-size)  # CE
    rows[part] = rows.get(part, 0) + count
    ce[part] = ce.get(part, 0) + weight * loss

for _ in range(b.varint()):
    part, cells, place, seen, bin = part + 1 + b.varint(), b.varint(), 0, set(), 0
    for _ in range(cells):
        place += b.zigzag()
        level, count = b.varint() - 128 if weighted else 0, b.varint()
        seen.add((place, level))
        if place == 2**20 - 1: rows[part] = rows.get(part, 0) + count; continue  # examples of weight 0
        if place >= 917504 and not weighted: continue  # predictions
        if weighted:
            sums = [b.integer(n) * 2.0 ** (16 * level - 52) for n in b.take(1) for _ in range(9)]
            squares = [b.integer(n) for n in b.take(1) for _ in range(9)]
            k = b.take(1)[0]
            slices = int.from_bytes(b.take(2 * k), "little")
            assert abs(sum(slices >> k * i & 2**k - 1 for i in range(16)) * 2.0 ** (16 * level - 16) / sums[0] - 1) < 1e-4
        else:
            sums = [count] + [b.integer(n) * 2.0 ** -44 for n in b.take(1) for _ in range(7)] + [b.varint() * 2.0 ** -16]
            k = b.take(1)[0]
            slices = int.from_bytes(b.take(4 * k), "little")
            assert sum(slices >> k * i & 2**k - 1 for i in range(32)) == count
        if place >= 917504: continue
        of = place if place < 2**19 else cuts[place - 2**19] >> 45
        low, high = (double((of % 2**18 + i) << 45) for i in (0, 1))
        add(count, sums[0], of >= 2**18, low + (high - low) * (1 + sums[1] / sums[0]) / 2)  # CE of the mean |s| is that of the rows to 1e-5
    for _ in range(b.varint()):
        bin += b.zigzag()
        for _ in range(b.varint()):
            six = int.from_bytes(b.take(6), "little")
            s, copies, weight = bin << 45 | six % 2**45, (six >> 45) + 1, b.double() if weighted else 1
            place = max([bin] + [2**19 + i for i, c in enumerate(cuts) if c >> 45 == bin and c % 2**63 < s % 2**63])
            level = (math.frexp(weight)[1] - 1) // 16 if weighted else 0
            if (place, level) not in seen: add(copies, copies * weight, s >> 63, double(s % 2**63))
print(json.dumps({**head, "rows": rows, "ce": {k: round(v, 3) for k, v in ce.items()}}, indent=1))
