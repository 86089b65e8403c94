# SPDX-License-Identifier: GPL-3.0-or-later
# keras.initializers beside the initializers themselves.
import keras


class Initializer:
    """What all initializers count as; one of one's own has __call__()."""

    _registered = ('Initializer',)

    def __call__(self, shape, dtype=None):
        raise NotImplementedError(f'{type(self).__name__} needs a method '
                                  '__call__(self, shape, dtype=None)')

    def get_config(self):
        """Its settings as a dict."""
        return {}

    @classmethod
    def from_config(cls, config):
        """One with these settings."""
        return cls(**config)


def get(identifier):
    """The initializer of that name or with those settings."""
    if isinstance(identifier, dict):
        return getattr(keras.initializers, identifier['class_name']) \
            .from_config(identifier['config'])
    if not isinstance(identifier, str):
        return identifier
    # a layer finds it, or says what is near
    return keras.layers.Dense(1, kernel_initializer=identifier) \
        .kernel_initializer
