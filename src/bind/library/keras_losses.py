# SPDX-License-Identifier: GPL-3.0-or-later
# keras.losses.Loss: the class that losses of one's own are derived from.
import keras
import tensorflow as tf
import keras._formulas as _formulas


def get(identifier):
    """The loss of that name, function or object."""
    return getattr(keras.losses, identifier) if isinstance(identifier, str) \
        else identifier


class Reduction:
    """Names of what a loss object makes of the losses of a batch."""

    AUTO = 'auto'
    NONE = 'none'
    SUM = 'sum'
    SUM_OVER_BATCH_SIZE = 'sum_over_batch_size'


class Loss:
    """A loss of one's own: call(y_true, y_pred) gives one number a sample."""

    _keras_part = 'Loss'
    _registered = ('Loss',)

    def __init__(self, reduction='auto', name=None):
        self.reduction = reduction
        self.name = name or type(self).__name__

    def call(self, y_true, y_pred):
        """The loss of each sample; to be overridden."""
        raise NotImplementedError(
            f'{type(self).__name__} needs a method call(self, y_true, y_pred)')

    def __call__(self, y_true, y_pred, sample_weight=None):
        losses = self.call(tf.convert_to_tensor(y_true),
                           tf.convert_to_tensor(y_pred))
        return tf.convert_to_tensor(_formulas.reduced(
            losses, sample_weight, self.reduction or 'none'))

    def get_config(self):
        """Its settings as a dict."""
        return {'reduction': self.reduction, 'name': self.name}

    @classmethod
    def from_config(cls, config):
        """One with these settings."""
        return cls(**config)
