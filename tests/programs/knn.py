# SPDX-License-Identifier: GPL-3.0-or-later
from collections import Counter
import numpy as np

class KNN:
    def __init__(self, k=3):
        self.k = k
    def fit(self, X, y):
        self.X_train = X
        self.y_train = y
    def predict(self, X):
        predictions = [self._predict(x) for x in X]
        return np.array(predictions)
    def _predict(self, x):
        distances = [np.sqrt(np.sum((x - x_train) ** 2)) for x_train in self.X_train]
        k_idx = np.argsort(distances)[: self.k]
        k_neighbor_labels = [self.y_train[i] for i in k_idx]
        most_common = Counter(k_neighbor_labels).most_common(1)
        return most_common[0][0]

def classify0(inX, dataSet, labels, k):
    dataSetSize = dataSet.shape[0]
    diffMat = np.tile(inX, (dataSetSize, 1)) - dataSet
    sqDistances = (diffMat ** 2).sum(axis=1)
    distances = sqDistances ** 0.5
    sortedDistIndicies = distances.argsort()
    classCount = {}
    for i in range(k):
        voteIlabel = labels[sortedDistIndicies[i]]
        classCount[voteIlabel] = classCount.get(voteIlabel, 0) + 1
    sortedClassCount = sorted(classCount.items(), key=lambda item: item[1], reverse=True)
    return sortedClassCount[0][0]

group = np.array([[1.0, 1.1], [1.0, 1.0], [0, 0], [0, 0.1]])
labels = ['A', 'A', 'B', 'B']
print(classify0([0, 0], group, labels, 3), classify0([1, 1.2], group, labels, 3))
rng = np.random.default_rng(3)
X = rng.normal(size=(30, 2)); y = (X[:, 0] + X[:, 1] > 0).astype(int)
clf = KNN(k=5); clf.fit(X, y)
Xt = rng.normal(size=(10, 2)); yt = (Xt.sum(axis=1) > 0).astype(int)
p = clf.predict(Xt)
print(p, yt, np.sum(p == yt) / len(yt))
conf = np.zeros((2, 2), dtype=int)
for a, b in zip(yt, p):
    conf[a, b] += 1
print(conf)
