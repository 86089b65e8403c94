# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import csv, io, os
class Dataset:
    def __init__(self, n, seed=0):
        rng = np.random.RandomState(seed)
        self.X = rng.rand(n, 3).astype(np.float32); self.y = rng.randint(0, 3, n)
    def __len__(self): return len(self.X)
    def __getitem__(self, i): return self.X[i], self.y[i]
class DataLoader:
    def __init__(self, ds, batch_size=4, shuffle=False, drop_last=False, seed=0):
        self.ds, self.bs, self.shuffle, self.drop_last = ds, batch_size, shuffle, drop_last
        self.rng = np.random.default_rng(seed)
    def __len__(self):
        n = len(self.ds)
        return n // self.bs if self.drop_last else -(-n // self.bs)
    def __iter__(self):
        idx = np.arange(len(self.ds))
        if self.shuffle: self.rng.shuffle(idx)
        for s in range(0, len(idx), self.bs):
            chunk = idx[s:s + self.bs]
            if self.drop_last and len(chunk) < self.bs: return
            xs, ys = zip(*(self.ds[i] for i in chunk))
            yield np.stack(xs), np.array(ys)
ds = Dataset(10)
for kw in ({}, {'shuffle': True}, {'drop_last': True, 'batch_size': 3}):
    dl = DataLoader(ds, **kw)
    print(len(dl), [(x.shape, x.dtype.name, y.tolist()) for x, y in dl])
def batches(seq, n):
    batch = []
    for item in seq:
        batch.append(item)
        if len(batch) == n:
            yield batch; batch = []
    if batch: yield batch
print(list(batches(range(7), 3)))
with open('tmp_data.csv', 'w', newline='') as f:
    w = csv.writer(f); w.writerow(['sepal', 'petal', 'label'])
    for i in range(4): w.writerow([5 + i / 10, 1.5 * i, 'abc'[i % 3]])
with open('tmp_data.csv') as f:
    header, *rows = list(csv.reader(f))
print(header, rows[1])
with open('tmp_data.csv') as f:
    for row in csv.DictReader(f): print(row['label'], float(row['sepal']) + float(row['petal']))
data = np.genfromtxt('tmp_data.csv', delimiter=',', skip_header=1, usecols=(0, 1)); print(data)
print(np.loadtxt('tmp_data.csv', delimiter=',', skiprows=1, usecols=0))
def read_lines(path):
    with open(path) as f:
        next(f)
        for line in f:
            line = line.strip()
            if line: yield line.split(',')
print(max(read_lines('tmp_data.csv'), key=lambda r: float(r[1])))
os.remove('tmp_data.csv'); print(os.path.exists('tmp_data.csv'))
