# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
P = np.array([[0.9, 0.075, 0.025], [0.15, 0.8, 0.05], [0.25, 0.25, 0.5]])
states = ['bull', 'bear', 'stagnant']
assert np.allclose(P.sum(axis=1), 1)
pi = np.array([1, 0, 0])
for n in range(50): pi = pi @ P
print(pi)
w, v = np.linalg.eig(P.T)
k = np.argmin(np.abs(w - 1))
s = np.real(v[:, k]); s = s / s.sum()
print(s, np.allclose(s, pi, atol=1e-4))
print(np.linalg.matrix_power(P, 20).round(4))
rng = np.random.default_rng(1)
st, path = 0, []
for _ in range(15):
    st = rng.choice(3, p=P[st]); path.append(states[st])
print(path)
for i, a in enumerate(states):
    print(a, {b: float(p) for b, p in zip(states, P[i])})
counts = np.zeros((3, 3))
seq = [0, 0, 1, 2, 1, 0, 0, 2, 2]
for a, b in zip(seq[:-1], seq[1:]): counts[a, b] += 1
print(counts / counts.sum(axis=1, keepdims=True))
