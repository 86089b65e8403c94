# SPDX-License-Identifier: GPL-3.0-or-later
import string
import numpy as np
samples = ['The cat sat on the mat.', 'The dog ate my homework.']
token_index = {}
for sample in samples:
    for word in sample.split():
        if word not in token_index:
            token_index[word] = len(token_index) + 1
max_length = 10
results = np.zeros(shape=(len(samples), max_length, max(token_index.values()) + 1))
for i, sample in enumerate(samples):
    for j, word in list(enumerate(sample.split()))[:max_length]:
        index = token_index.get(word)
        results[i, j, index] = 1.
print(token_index)
print(results.shape, results.sum(), results[0].argmax(axis=1))
characters = string.printable
token_index = dict(zip(range(1, len(characters) + 1), characters))
print(len(token_index), repr(token_index[1]), repr(token_index[100]))
text = """It was the best of times, it was the worst of times,
it was the age of wisdom, it was the age of foolishness"""
words = text.lower().translate(str.maketrans('', '', string.punctuation)).split()
vocab = sorted(set(words))
w2i = {w: i for i, w in enumerate(vocab)}
i2w = {i: w for w, i in w2i.items()}
print(vocab)
print([w2i[w] for w in words])
counts = {}
for w in words:
    counts[w] = counts.get(w, 0) + 1
for w, c in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:5]:
    print(f"{w:<12}{c:>3}")
bow = np.zeros(len(vocab), dtype=int)
for w in words: bow[w2i[w]] += 1
print(bow, i2w[int(bow.argmax())])
onehot = np.eye(len(vocab))[[w2i[w] for w in words[:3]]]
print(onehot.astype(int))
bigrams = list(zip(words, words[1:]))
from collections import Counter, defaultdict
print(Counter(bigrams).most_common(3))
follow = defaultdict(list)
for a, b in bigrams: follow[a].append(b)
print(dict(sorted(follow.items())[:3]))
docs = [s.lower().split() for s in text.split(',')]
tf = [Counter(d) for d in docs]
df = Counter(w for d in docs for w in set(d))
import math
idf = {w: math.log(len(docs) / c) for w, c in df.items()}
for t in tf:
    top = max(t, key=lambda w: (t[w] * idf[w], w))
    print(top, round(t[top] * idf[top], 4))
