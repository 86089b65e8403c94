# SPDX-License-Identifier: GPL-3.0-or-later
# keras.optimizers beside the optimizers themselves.
import keras


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
