# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
from collections import deque
def moving_average(x, w): return np.convolve(x, np.ones(w), 'valid') / w
x = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], float)
print(moving_average(x, 3)); c = np.cumsum(np.insert(x, 0, 0)); print((c[3:] - c[:-3]) / 3)
def running(it, n):
    d = deque(maxlen=n)
    for v in it:
        d.append(v)
        yield sum(d) / len(d)
print([round(v, 3) for v in running([3, 1, 4, 1, 5, 9, 2, 6], 4)])
def ema(xs, alpha=0.5):
    s = None
    for v in xs:
        s = v if s is None else alpha * v + (1 - alpha) * s
        yield s
print(list(ema([1, 2, 3, 4])))
prices = np.array([10, 11, 9, 12, 13, 12, 15, 14.5])
ret = np.diff(prices) / prices[:-1]
print(np.round(ret, 4), ret.mean().round(5), ret.std(ddof=1).round(5), prices.argmax(), np.ptp(prices))
print(np.lib.stride_tricks.sliding_window_view(prices, 3).max(axis=1))
print(np.where(np.diff(np.sign(np.diff(prices))))[0] + 1)
z = (prices - prices.mean()) / prices.std(); print(z.round(3), np.percentile(prices, [25, 50, 75]), np.median(prices))
hist, edges = np.histogram(prices, bins=4); print(hist, edges)
for lo, hi, h in zip(edges, edges[1:], hist): print(f"[{lo:5.2f}, {hi:5.2f}) {'#' * h}")
print(np.digitize(prices, [10, 12, 14]), np.clip(prices, 10, 13), np.cumprod(1 + ret).round(4))
