# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np

def euclidean(a, b):
    return np.sqrt(np.sum((a - b) ** 2))

def kmeans(X, k, max_iters=100, seed=42):
    np.random.seed(seed)
    idx = np.random.choice(len(X), k, replace=False)
    centroids = X[idx, :]
    P = np.argmin(np.linalg.norm(X[:, None] - centroids[None, :], axis=2), axis=1)
    for it in range(max_iters):
        centroids = np.vstack([X[P == i, :].mean(axis=0) for i in range(k)])
        tmp = np.argmin(np.linalg.norm(X[:, np.newaxis] - centroids, axis=-1), axis=1)
        if np.array_equal(P, tmp):
            break
        P = tmp
    return P, centroids, it

np.random.seed(0)
data = np.concatenate([np.random.randn(15, 2) + c for c in [[0, 0], [5, 5], [0, 5]]])
labels, cents, it = kmeans(data, 3)
print("iterations:", it)
print("labels:", labels)
print("centroids:\n", cents.round(3))
sizes = np.bincount(labels)
for i, s in enumerate(sizes):
    print(f"cluster {i}: {s} points, mean dist {np.mean([euclidean(p, cents[i]) for p in data[labels == i]]):.4f}")
inertia = sum(np.sum((data[labels == j] - cents[j]) ** 2) for j in range(3))
print("inertia", inertia)
