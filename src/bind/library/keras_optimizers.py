# SPDX-License-Identifier: GPL-3.0-or-later
# keras.optimizers beside the optimizers themselves.
import keras
import tensorflow as tf


class Optimizer:
    """What all optimizers count as, for isinstance()."""

    _registered = ('Optimizer',)


def serialize(thing):
    """Its class and settings as a dict."""
    return {'class_name': type(thing).__name__, 'config': thing.get_config()}


def deserialize(config):
    """The optimizer with these settings."""
    return getattr(keras.optimizers, config['class_name']).from_config(
        config['config'])


def get(identifier):
    """The optimizer of that name or with those settings."""
    if isinstance(identifier, dict):
        return deserialize(identifier)
    if not isinstance(identifier, str):
        return identifier
    model = keras.Sequential()  # which finds them, or says what is near
    model.compile(identifier, 'mse')
    return model.optimizer


def _minimize(optimizer, loss, var_list, tape=None):
    if callable(loss):
        with tf.GradientTape() as tape:
            loss = loss()
    elif tape is None:
        raise ValueError('`tape` is required when a `Tensor` loss is passed: '
                         'minimize(loss, variables, tape=tape)')
    variables = var_list() if callable(var_list) else var_list
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
