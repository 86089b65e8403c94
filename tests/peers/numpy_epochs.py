# SPDX-License-Identifier: GPL-3.0-or-later
"""784-512-10 with relu, softmax and RMSprop in NumPy, as somebody writes it
who has just learned how."""
import numpy as np

from mnist_peer import Data, serve

RATE, RHO, EPSILON = 0.001, 0.9, 1e-7


def glorot(rng, rows, columns):
    limit = np.sqrt(6 / (rows + columns))
    weights = rng.uniform(-limit, limit, size=(rows, columns))
    return weights.astype(np.float32)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class Network:
    def __init__(self, data, seed):
        self.data = data
        self.rng = np.random.default_rng(seed)
        self.weights = [glorot(self.rng, 784, 512), np.zeros(512, np.float32),
                        glorot(self.rng, 512, 10), np.zeros(10, np.float32)]
        self.squares = [np.zeros_like(w) for w in self.weights]

    def forward(self, x):
        w1, b1, w2, b2 = self.weights
        hidden = np.maximum(x @ w1 + b1, 0)
        return hidden, softmax(hidden @ w2 + b2)

    def gradients(self, x, y):
        hidden, p = self.forward(x)
        rows = np.arange(len(y))
        self.loss = -np.log(p[rows, y] + 1e-7).mean()
        p[rows, y] -= 1
        d2 = p / np.float32(len(y))
        d1 = (d2 @ self.weights[2].T) * (hidden > 0)
        return x.T @ d1, d1.sum(axis=0), hidden.T @ d2, d2.sum(axis=0)

    def step(self, gradients):
        for w, s, g in zip(self.weights, self.squares, gradients):
            s *= RHO
            s += (1 - RHO) * g ** 2
            w -= RATE * g / (np.sqrt(s) + EPSILON)

    def epoch(self):
        order = self.rng.permutation(len(self.data.x))
        for first in range(0, len(order), 128):
            batch = order[first:first + 128]
            self.step(self.gradients(self.data.x[batch], self.data.y[batch]))

    def predict(self, x):
        return self.forward(x)[1].argmax(axis=1)


serve(f'NumPy {np.__version__}', Data(), Network)
