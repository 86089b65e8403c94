# SPDX-License-Identifier: GPL-3.0-or-later
# keras.losses.Loss: the class that losses of one's own are derived from.
import tensorflow as tf


class Loss:
    """A loss of one's own: call(y_true, y_pred) gives one number a sample."""

    def __init__(self, reduction='auto', name=None):
        self.reduction = reduction
        self.name = name or type(self).__name__

    def call(self, y_true, y_pred):
        """The loss of each sample; to be overridden."""
        raise NotImplementedError(
            f'{type(self).__name__} needs a method call(self, y_true, y_pred)')

    def __call__(self, y_true, y_pred):
        return tf.reduce_mean(self.call(tf.convert_to_tensor(y_true),
                                        tf.convert_to_tensor(y_pred)))
