# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
from collections import Counter
names = "emma olivia ava isabella sophia charlotte mia amelia harper evelyn".split()
chars = sorted(set(''.join(names))); stoi = {s: i + 1 for i, s in enumerate(chars)}; stoi['.'] = 0
itos = {i: s for s, i in stoi.items()}
N = np.zeros((len(stoi), len(stoi)), dtype=np.int32)
for w in names:
    chs = ['.'] + list(w) + ['.']
    for a, b in zip(chs, chs[1:]): N[stoi[a], stoi[b]] += 1
P = (N + 1).astype(float); P /= P.sum(1, keepdims=True)
print(N.shape, N[0], ''.join(itos[i] for i in np.argsort(-N[0], kind='stable')[:4]))
ll = 0.0; n = 0
for w in names[:3]:
    for a, b in zip('.' + w, w + '.'): ll += np.log(P[stoi[a], stoi[b]]); n += 1
print(f'{ll=:.4f} {-ll/n:.4f}')
rng = np.random.default_rng(42)
for _ in range(3):
    out, ix = [], 0
    while True:
        ix = rng.choice(len(stoi), p=P[ix])
        if ix == 0: break
        out.append(itos[ix])
    print(''.join(out))
text = "to be or not to be that is the question"
tri = Counter(text[i:i + 3] for i in range(len(text) - 2)); print(tri.most_common(3))
xs, ys = [], []
for i in range(len(names[0]) - 2): xs.append([stoi[c] for c in names[0][i:i+2]]); ys.append(stoi[names[0][i+2]])
print(np.array(xs), np.array(ys))
import re
def tokenize(s): return [t.strip().lower() for t in re.split(r'(\W+)', s) if t.strip()]
print(tokenize("Bob dropped the apple. Where is the apple?"))
def pad_sequences(seqs, maxlen):
    out = np.zeros((len(seqs), maxlen), dtype='int32')
    for i, s in enumerate(seqs): out[i, -min(len(s), maxlen):] = s[-maxlen:]
    return out
print(pad_sequences([[1, 2], [3, 4, 5, 6, 7]], 4))
def vectorize_sequences(sequences, dimension=10):
    results = np.zeros((len(sequences), dimension))
    for i, sequence in enumerate(sequences):
        results[i, sequence] = 1.
    return results
print(vectorize_sequences([[0, 2, 2], [9, 1]]))
def to_one_hot(labels, dimension=4):
    results = np.zeros((len(labels), dimension))
    for i, label in enumerate(labels): results[i, label] = 1.
    return results
print(to_one_hot([3, 0]))
word_index = {'the': 1, 'cat': 2}; reverse = dict([(v, k) for (k, v) in word_index.items()])
print(' '.join([reverse.get(i - 3, '?') for i in [1, 4, 5]]))
