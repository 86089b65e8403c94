# SPDX-License-Identifier: GPL-3.0-or-later
import random, math
import numpy as np
random.seed(0)
inside = 0
N = 10000
for _ in range(N):
    x, y = random.random(), random.random()
    if x * x + y * y <= 1.0: inside += 1
print("pi ~", 4 * inside / N, "error", abs(4 * inside / N - math.pi))
rng = np.random.default_rng(seed=123)
pts = rng.uniform(-1, 1, size=(100_000, 2))
print(f"pi ≈ {4 * np.mean(np.hypot(pts[:, 0], pts[:, 1]) < 1):.5f}")
np.random.seed(5)
walk = np.cumsum(np.random.choice([-1, 1], size=1000))
print(walk[:10], walk.min(), walk.max(), (np.abs(walk) >= 10).argmax())
walks = np.random.randint(0, 2, size=(50, 100)); walks = np.where(walks > 0, 1, -1).cumsum(1)
print(walks.max(), walks.min(), (np.abs(walks) >= 15).any(1).sum())
def integrate(f, a, b, n=1000):
    return (b - a) * np.mean(f(np.random.uniform(a, b, n)))
print(integrate(np.sin, 0, np.pi), integrate(lambda x: x ** 2, 0, 1))
dice = [random.randint(1, 6) + random.randint(1, 6) for _ in range(1000)]
for v in range(2, 13):
    print(v, dice.count(v), '*' * (dice.count(v) // 10))
print(random.choices(['rock', 'paper', 'scissors'], weights=[5, 3, 2], k=5), random.sample('abcdef', 3))
