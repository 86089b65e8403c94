# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
np.set_printoptions(precision=4, suppress=True)
rng = np.random.RandomState(1)
X = np.dot(rng.rand(2, 2), rng.randn(2, 50)).T
mean = X.mean(axis=0)
Xc = X - mean
cov = np.cov(Xc, rowvar=False)
print(cov)
vals, vecs = np.linalg.eigh(cov)
order = np.argsort(vals)[::-1]
vals, vecs = vals[order], vecs[:, order]
print("explained variance", vals, vals / vals.sum())
U, S, Vt = np.linalg.svd(Xc, full_matrices=False)
print(S**2 / (len(X) - 1))
print(np.allclose(np.abs(Vt), np.abs(vecs.T)))
Z = Xc @ Vt.T[:, :1]
Xr = Z @ Vt[:1] + mean
print(Z.shape, Xr.shape, np.abs(X - Xr).max() < 1.0, np.mean((X - Xr)**2))
print(np.corrcoef(X.T))
