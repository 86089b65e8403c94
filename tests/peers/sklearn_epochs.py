# SPDX-License-Identifier: GPL-3.0-or-later
"""784-512-10 as scikit-learn's MLPClassifier, with Adam: RMSprop it has not.
Each partial_fit() is one pass over the images in batches."""
import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

from mnist_peer import Data, serve


class Network:
    def __init__(self, data, seed):
        self.data = data
        self.model = MLPClassifier(
            hidden_layer_sizes=(512,), activation='relu', solver='adam',
            alpha=0, batch_size=128, learning_rate_init=0.001,
            random_state=seed)

    def epoch(self):
        self.model.partial_fit(self.data.x, self.data.y, classes=np.arange(10))

    def predict(self, x):
        return self.model.predict(x)


serve(f'scikit-learn {sklearn.__version__}, Adam', Data(), Network)
