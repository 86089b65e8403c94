# SPDX-License-Identifier: GPL-3.0-or-later
# keras.random: NumPy's generator for TensorFlow's tensors.
import numpy as np
import tensorflow as tf

_wrap = tf._wrap


def _generator(seed):
    return np.random if seed is None else np.random.RandomState(seed)


def normal(shape, mean=0.0, stddev=1.0, dtype='float32', seed=None):
    numbers = _generator(seed).normal(mean, stddev, tuple(shape))
    return _wrap(np.asarray(numbers).astype(dtype or 'float32'))


def uniform(shape, minval=0.0, maxval=1.0, dtype='float32', seed=None):
    numbers = _generator(seed).uniform(minval, maxval, tuple(shape))
    return _wrap(np.asarray(numbers).astype(dtype or 'float32'))


def randint(shape, minval, maxval, dtype='int32', seed=None):
    numbers = _generator(seed).randint(minval, maxval, tuple(shape))
    return _wrap(np.asarray(numbers).astype(dtype))


def shuffle(x, axis=0, seed=None):
    x = np.asarray(x)
    order = _generator(seed).permutation(x.shape[axis])
    return _wrap(np.take(x, order, axis=axis))
