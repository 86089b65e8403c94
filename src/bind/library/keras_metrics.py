# SPDX-License-Identifier: GPL-3.0-or-later
# keras.metrics.Metric: the class that metrics of one's own are derived from,
# and those that gather numbers (keras/metrics/base_metric.py).
import _keras
import tensorflow as tf
from keras._layers import _initial, _snake


class Metric:
    """A metric of one's own: update_state() takes a batch in, result() tells."""

    _keras_part = 'Metric'
    _registered = ('Metric',)

    def __init__(self, name=None, dtype=None):
        self.name = name or _keras.next_name(_snake(type(self).__name__))
        self.dtype = dtype or 'float32'
        self._own = []

    def add_weight(self, name=None, shape=(), aggregation=None,
                   initializer='zeros', dtype=None):
        """A variable that the metric keeps from batch to batch."""
        if name is not None and not isinstance(name, str):  # as in Keras 3
            name, shape = None, name
        start = tf.cast(_initial(initializer or 'zeros', shape),
                        dtype or self.dtype)
        weight = tf.Variable(start, trainable=False,
                             name=name or f'weight_{len(self._own)}')
        self._own.append(weight)
        return weight

    def add_variable(self, shape=(), initializer='zeros', dtype=None,
                     aggregation=None, name=None):
        """The same as add_weight()."""
        return self.add_weight(name, shape, aggregation, initializer, dtype)

    @property
    def variables(self):
        """What it keeps."""
        return list(self._own)

    @property
    def weights(self):
        """The same as variables."""
        return self.variables

    def update_state(self, *args, **kwargs):
        """Takes a batch in; to be overridden."""
        raise NotImplementedError(f'{type(self).__name__} needs a method '
                                  'update_state(self, y_true, y_pred, '
                                  'sample_weight=None)')

    def result(self):
        """The metric of all batches so far; to be overridden."""
        raise NotImplementedError(
            f'{type(self).__name__} needs a method result(self)')

    def reset_state(self):
        """Starts again: all it keeps becomes zero."""
        if type(self).reset_states is not Metric.reset_states:
            self.reset_states()
            return
        for weight in self._own:
            weight.assign(tf.zeros_like(weight))

    def reset_states(self):
        """The same as reset_state."""
        self.reset_state()

    def __call__(self, *args, **kwargs):
        self.update_state(*args, **kwargs)
        return self.result()

    def get_config(self):
        """Its settings as a dict."""
        return {'name': self.name, 'dtype': self.dtype}

    @classmethod
    def from_config(cls, config):
        """One with these settings."""
        return cls(**config)

    def __repr__(self):
        return f'<{type(self).__name__} name={self.name}>'


def _weighted(values, sample_weight):
    values = tf.cast(values, tf.float32)
    if sample_weight is None:
        return values, tf.ones_like(values)
    weight = tf.cast(sample_weight, tf.float32)
    if weight.ndim == values.ndim + 1:
        weight = weight[..., 0]
    while weight.ndim < values.ndim:
        weight = weight[..., None]
    weight = weight * tf.ones_like(values)
    return values * weight, weight


class Sum(Metric):
    """The sum of the values that it is told."""

    def __init__(self, name='sum', dtype=None):
        super().__init__(name, dtype)
        self.total = self.add_weight('total')

    def update_state(self, values, sample_weight=None):
        """Adds values, each times its weight."""
        self.total.assign_add(tf.reduce_sum(_weighted(values,
                                                      sample_weight)[0]))

    def result(self):
        """The sum so far."""
        return self.total.read_value()


class Mean(Metric):
    """The mean of the values that it is told."""

    def __init__(self, name='mean', dtype=None):
        super().__init__(name, dtype)
        self.total = self.add_weight('total')
        self.count = self.add_weight('count')

    def update_state(self, values, sample_weight=None):
        """Takes values in, each with its weight."""
        values, weight = _weighted(values, sample_weight)
        self.total.assign_add(tf.reduce_sum(values))
        self.count.assign_add(tf.reduce_sum(weight))

    def result(self):
        """The mean so far; 0 before the first value."""
        if float(self.count.numpy()) == 0.0:
            return tf.constant(0.0)
        return self.total / self.count


class MeanMetricWrapper(Mean):
    """The mean of fn(y_true, y_pred)."""

    def __init__(self, fn, name=None, dtype=None, **kwargs):
        super().__init__(name or fn.__name__, dtype)
        self._fn = fn
        self._fn_kwargs = kwargs

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Takes the numbers of these samples in."""
        super().update_state(self._fn(y_true, y_pred, **self._fn_kwargs),
                             sample_weight)
