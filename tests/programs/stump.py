# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
class DecisionStump:
    def __init__(self):
        self.polarity, self.feature_idx, self.threshold, self.alpha = 1, None, None, None
    def predict(self, X):
        n = X.shape[0]
        col = X[:, self.feature_idx]
        p = np.ones(n)
        if self.polarity == 1:
            p[col < self.threshold] = -1
        else:
            p[col > self.threshold] = -1
        return p
class Adaboost:
    def __init__(self, n_clf=5): self.n_clf, self.clfs = n_clf, []
    def fit(self, X, y):
        n, m = X.shape
        w = np.full(n, 1 / n)
        for _ in range(self.n_clf):
            clf = DecisionStump()
            min_error = float("inf")
            for fi in range(m):
                for threshold in np.unique(X[:, fi]):
                    p = 1
                    pred = np.ones(n)
                    pred[X[:, fi] < threshold] = -1
                    error = sum(w[y != pred])
                    if error > 0.5:
                        error, p = 1 - error, -1
                    if error < min_error:
                        clf.polarity, clf.threshold, clf.feature_idx = p, threshold, fi
                        min_error = error
            EPS = 1e-10
            clf.alpha = 0.5 * np.log((1.0 - min_error + EPS) / (min_error + EPS))
            pred = clf.predict(X)
            w *= np.exp(-clf.alpha * y * pred)
            w /= np.sum(w)
            self.clfs.append(clf)
            print(f"feature {clf.feature_idx} threshold {clf.threshold:.4f} polarity {clf.polarity} alpha {clf.alpha:.4f}")
    def predict(self, X):
        return np.sign(np.sum([c.alpha * c.predict(X) for c in self.clfs], axis=0))
rng = np.random.RandomState(3)
X = rng.rand(60, 3).round(2)
y = np.where(X[:, 0] + 0.5 * X[:, 1] > 0.8, 1, -1)
a = Adaboost(6); a.fit(X, y)
print((a.predict(X) == y).mean())
