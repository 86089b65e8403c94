# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np, math
from collections import defaultdict
class GaussianNB:
    def fit(self, X, y):
        self.classes = np.unique(y)
        self.mean = np.array([X[y == c].mean(axis=0) for c in self.classes])
        self.var = np.array([X[y == c].var(axis=0) for c in self.classes])
        self.prior = np.array([np.mean(y == c) for c in self.classes])
        return self
    def log_prob(self, X):
        out = []
        for m, v, p in zip(self.mean, self.var, self.prior):
            ll = -0.5 * np.sum(np.log(2 * np.pi * v)) - 0.5 * np.sum((X - m) ** 2 / v, axis=1)
            out.append(ll + np.log(p))
        return np.stack(out, axis=1)
    def predict(self, X): return self.classes[np.argmax(self.log_prob(X), axis=1)]
np.random.seed(2)
X = np.r_[np.random.randn(30, 2) + 1, np.random.randn(20, 2) * 0.5 - 1]
y = np.array([0] * 30 + [1] * 20)
m = GaussianNB().fit(X, y)
print(m.mean.round(4), m.prior, (m.predict(X) == y).mean())
print(np.round(m.log_prob(X[:3]), 3))
spam = ["win money now", "free money", "win a prize now"]
ham = ["meeting at noon", "lunch now", "project meeting notes"]
def train(docs):
    counts = defaultdict(int)
    for d in docs:
        for w in d.split(): counts[w] += 1
    return counts
s, h = train(spam), train(ham)
vocab = set(s) | set(h)
def score(text, counts, n_docs, total):
    lp = math.log(n_docs / total)
    N = sum(counts.values())
    for w in text.split():
        if w in vocab:
            lp += math.log((counts[w] + 1) / (N + len(vocab)))
    return lp
for t in ["free prize", "meeting now", "money meeting"]:
    a, b = score(t, s, 3, 6), score(t, h, 3, 6)
    print(f"{t!r:18} spam={a:.4f} ham={b:.4f} ->", "spam" if a > b else "ham")
