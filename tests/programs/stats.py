# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
rng = np.random.RandomState(123)
heights = rng.normal(170, 10, 200).round(1)
print(heights.mean().round(3), heights.std().round(3), np.median(heights), heights.min(), heights.max())
print(np.percentile(heights, [5, 25, 75, 95]).round(2), ((heights > 160) & (heights < 180)).mean())
groups = rng.choice(3, 200)
for g in np.unique(groups):
    sel = heights[groups == g]
    print(f"group {g}: n={sel.size:3d} mean={sel.mean():.2f} sem={sel.std(ddof=1)/np.sqrt(sel.size):.3f}")
a, b = heights[:100], heights[100:]
t = (a.mean() - b.mean()) / np.sqrt(a.var(ddof=1) / 100 + b.var(ddof=1) / 100); print("t =", round(t, 4))
boot = np.array([rng.choice(heights, heights.size).mean() for _ in range(200)]); print(np.percentile(boot, [2.5, 97.5]).round(2))
x = rng.rand(50); y = 2 * x + rng.randn(50) * 0.1
print(np.corrcoef(x, y)[0, 1].round(4), np.cov(x, y).round(4), np.polyfit(x, y, 1).round(3))
table = np.array([[20, 30], [30, 20]]); expected = np.outer(table.sum(1), table.sum(0)) / table.sum()
print(((table - expected) ** 2 / expected).sum(), expected)
vals, counts = np.unique(rng.poisson(3, 100), return_counts=True); print(dict(zip(vals.tolist(), counts.tolist())))
import statistics as st
data = [2, 4, 4, 4, 5, 5, 7, 9]
print(st.mean(data), st.pstdev(data), st.stdev(data), st.median(data), st.mode(data), st.variance(data))
print(f"{'name':<10}|{'value':^10}|{'pct':>8}")
for name, v in [('alpha', 3.14159), ('beta', 100), ('gamma', 1e-5)]: print(f"{name:<10}|{v:^10.4g}|{v / 200:>8.2%}")
A = rng.randint(0, 10, (4, 5)); print(A, A.sum(axis=0), A.mean(axis=1), A.cumsum(axis=1)[-1], A[A % 2 == 0], A.argmax(axis=1), np.sort(A, axis=None)[::-1][:3])
print(np.array_split(np.arange(7), 3), np.where(A > 5, A, 0).sum(), np.any(A > 8, axis=1), np.all(A >= 0), np.count_nonzero(A))
s = np.array2string(A / 3, precision=2, separator=', '); print(s)
