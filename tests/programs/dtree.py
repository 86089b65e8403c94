# SPDX-License-Identifier: GPL-3.0-or-later
from collections import Counter
import numpy as np
def entropy(y):
    ps = np.bincount(y) / len(y)
    return -np.sum([p * np.log2(p) for p in ps if p > 0])
class Node:
    def __init__(self, feature=None, threshold=None, left=None, right=None, *, value=None):
        self.feature, self.threshold = feature, threshold
        self.left, self.right, self.value = left, right, value
    def is_leaf_node(self): return self.value is not None
class DecisionTree:
    def __init__(self, min_samples_split=2, max_depth=100):
        self.min_samples_split, self.max_depth, self.root = min_samples_split, max_depth, None
    def fit(self, X, y): self.root = self._grow(X, y)
    def predict(self, X): return np.array([self._traverse(x, self.root) for x in X])
    def _grow(self, X, y, depth=0):
        n_samples, n_feats = X.shape
        n_labels = len(np.unique(y))
        if depth >= self.max_depth or n_labels == 1 or n_samples < self.min_samples_split:
            return Node(value=Counter(y).most_common(1)[0][0])
        best = (-1, None, None)
        for f in range(n_feats):
            for t in np.unique(X[:, f]):
                g = self._gain(y, X[:, f], t)
                if g > best[0] + 1e-12: best = (g, f, t)
        _, f, t = best
        l, r = np.argwhere(X[:, f] <= t).flatten(), np.argwhere(X[:, f] > t).flatten()
        return Node(f, t, self._grow(X[l, :], y[l], depth + 1), self._grow(X[r, :], y[r], depth + 1))
    def _gain(self, y, col, t):
        l, r = y[col <= t], y[col > t]
        if len(l) == 0 or len(r) == 0: return 0
        n = len(y)
        return entropy(y) - (len(l) / n * entropy(l) + len(r) / n * entropy(r))
    def _traverse(self, x, node):
        if node.is_leaf_node(): return node.value
        return self._traverse(x, node.left if x[node.feature] <= node.threshold else node.right)
    def show(self, node=None, indent=''):
        node = node or self.root
        if node.is_leaf_node(): print(indent + f'-> {node.value}'); return
        print(f'{indent}x[{node.feature}] <= {node.threshold:.2f}?')
        self.show(node.left, indent + '  '); self.show(node.right, indent + '  ')
rng = np.random.default_rng(7)
X = rng.integers(0, 20, size=(40, 2)) / 2
y = ((X[:, 0] > 5) ^ (X[:, 1] > 4)).astype(int)
t = DecisionTree(max_depth=4); t.fit(X, y); t.show()
print('acc', np.mean(t.predict(X) == y), entropy(np.array([0, 0, 1, 1])))
