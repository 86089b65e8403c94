# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np

class Perceptron:
    """Perceptron classifier."""
    def __init__(self, eta=0.01, n_iter=50, random_state=1):
        self.eta = eta
        self.n_iter = n_iter
        self.random_state = random_state

    def fit(self, X, y):
        rgen = np.random.RandomState(self.random_state)
        self.w_ = rgen.normal(loc=0.0, scale=0.01, size=X.shape[1])
        self.b_ = np.float_(0.)
        self.errors_ = []
        for _ in range(self.n_iter):
            errors = 0
            for xi, target in zip(X, y):
                update = self.eta * (target - self.predict(xi))
                self.w_ += update * xi
                self.b_ += update
                errors += int(update != 0.0)
            self.errors_.append(errors)
        return self

    def net_input(self, X):
        return np.dot(X, self.w_) + self.b_

    def predict(self, X):
        return np.where(self.net_input(X) >= 0.0, 1, 0)

rng = np.random.RandomState(0)
X = np.vstack([rng.randn(20, 2) + [2, 2], rng.randn(20, 2) - [2, 2]])
y = np.hstack([np.ones(20, dtype=int), np.zeros(20, dtype=int)])
ppn = Perceptron(eta=0.1, n_iter=10)
ppn.fit(X, y)
print(ppn.errors_)
print(ppn.w_, ppn.b_)
print('Accuracy: %.3f' % (ppn.predict(X) == y).mean())
print(f'{ppn.predict(np.array([1.0, 1.5]))}')
print(ppn.predict(X[:5]))
