# SPDX-License-Identifier: GPL-3.0-or-later
# Keras's losses (keras/losses.py) as formulas of NumPy's functions, one number
# a row.  The rows of src/nn/loss.c are faster, but are float32 and have first
# derivatives by the output only; these are for all the rest.
import _nn
import numpy as np

_epsilon = 1e-7


def _probability(p):
    return np.clip(p, _epsilon, 1 - _epsilon)


def _log_probabilities(y, from_logits):
    if from_logits:
        return _nn.log_softmax(y)
    return np.log(_probability(y / np.sum(y, axis=-1, keepdims=True)))


def categorical_crossentropy(t, y, from_logits, label_smoothing):
    t = t * (1 - label_smoothing) + label_smoothing / y.shape[-1]
    return -np.sum(t * _log_probabilities(y, from_logits), axis=-1)


def sparse_categorical_crossentropy(labels, y, from_logits):
    t = np.eye(y.shape[-1], dtype=y.dtype)[labels]
    return -np.sum(t * _log_probabilities(y, from_logits), axis=-1)


def binary_crossentropy(t, y, from_logits, label_smoothing):
    t = t * (1 - label_smoothing) + label_smoothing / 2
    if from_logits:
        return np.mean(np.logaddexp(0, y) - t * y, axis=-1)
    p = _probability(y)
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p), axis=-1)


def mse(t, y):
    return np.mean(np.square(y - t), axis=-1)


def mae(t, y):
    return np.mean(np.abs(y - t), axis=-1)


def mape(t, y):
    return 100 * np.mean(np.abs((y - t) / np.maximum(np.abs(t), _epsilon)),
                         axis=-1)


def msle(t, y):
    difference = np.log(np.maximum(y, _epsilon) + 1) - \
        np.log(np.maximum(t, _epsilon) + 1)
    return np.mean(np.square(difference), axis=-1)


def _margin(t, y):
    return np.maximum(1 - np.where(t == 0, -1, t) * y, 0)


def hinge(t, y):
    return np.mean(_margin(t, y), axis=-1)


def squared_hinge(t, y):
    return np.mean(np.square(_margin(t, y)), axis=-1)


def huber(t, y, delta):
    error = np.abs(y - t)
    return np.mean(np.where(error <= delta, np.square(error) / 2,
                            delta * error - delta**2 / 2), axis=-1)


def log_cosh(t, y):
    error = y - t
    return np.mean(error + np.logaddexp(0, -2 * error) - np.log(2), axis=-1)


def poisson(t, y):
    return np.mean(y - t * np.log(y + _epsilon), axis=-1)


def kl_divergence(t, y):
    t = np.clip(t, _epsilon, 1)
    return np.sum(t * np.log(t / np.clip(y, _epsilon, 1)), axis=-1)


_formulas = {formula.__name__: formula for formula in (
    categorical_crossentropy, sparse_categorical_crossentropy,
    binary_crossentropy, mse, mae, mape, msle, hinge, squared_hinge, huber,
    log_cosh, poisson, kl_divergence)}


def losses_of(name, t, y, *settings):
    """The loss called NAME of each row of Y."""
    y = np.atleast_1d(y)
    t = np.reshape(t, y.shape[:-1] if name.startswith('sparse') else y.shape)
    return _formulas[name](t, y, *settings)


def reduced(losses, sample_weight, reduction):
    """The losses, each times its weight, in one number: as REDUCTION says."""
    if sample_weight is not None:
        weight = np.asarray(sample_weight, dtype=losses.dtype)
        if weight.ndim == losses.ndim + 1 and weight.shape[-1] == 1:
            weight = weight[..., 0]
        losses = losses * weight.reshape(
            weight.shape + (1,) * (losses.ndim - weight.ndim))
    if reduction == 'none':
        return losses
    return np.sum(losses) if reduction == 'sum' else np.mean(losses)
