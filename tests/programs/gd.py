# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
def f(x, y): return (x - 1) ** 2 + 10 * (y + 2) ** 2
def grad(p): return np.array([2 * (p[0] - 1), 20 * (p[1] + 2)])
class Optimizer:
    def __init__(self, lr): self.lr = lr; self.t = 0
    def step(self, p, g): raise NotImplementedError
class SGD(Optimizer):
    def step(self, p, g): return p - self.lr * g
class Momentum(SGD):
    def __init__(self, lr, beta=0.9): super().__init__(lr); self.beta = beta; self.v = 0
    def step(self, p, g):
        self.v = self.beta * self.v + g
        return super().step(p, self.v)
class Adam(Optimizer):
    def __init__(self, lr, b1=0.9, b2=0.999, eps=1e-8):
        super().__init__(lr); self.b1, self.b2, self.eps = b1, b2, eps; self.m = self.v = 0.
    def step(self, p, g):
        self.t += 1
        self.m = self.b1 * self.m + (1 - self.b1) * g
        self.v = self.b2 * self.v + (1 - self.b2) * g ** 2
        mh, vh = self.m / (1 - self.b1 ** self.t), self.v / (1 - self.b2 ** self.t)
        return p - self.lr * mh / (np.sqrt(vh) + self.eps)
for opt in (SGD(0.05), Momentum(0.01), Adam(0.3)):
    p = np.array([-4.0, 3.0])
    for i in range(61):
        if i % 20 == 0: print(f"{type(opt).__name__:>8} {i:3d} ({p[0]:+.5f}, {p[1]:+.5f}) f={f(*p):.6f}")
        p = opt.step(p, grad(p))
def numerical_gradient(f, x, h=1e-4):
    g = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'])
    while not it.finished:
        i = it.multi_index
        old = x[i]; x[i] = old + h; a = f(x); x[i] = old - h; b = f(x); x[i] = old
        g[i] = (a - b) / (2 * h); it.iternext()
    return g
W = np.arange(6.).reshape(2, 3); print(numerical_gradient(lambda w: (w ** 2).sum(), W).round(6))
past_velocity = 0.; momentum = 0.1; w = 5.0
while abs(2 * w) > 0.01:
    g = 2 * w; velocity = past_velocity * momentum - 0.1 * g; w = w + momentum * velocity - 0.1 * g; past_velocity = velocity
print(round(w, 6))
