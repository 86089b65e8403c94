# SPDX-License-Identifier: GPL-3.0-or-later
# keras.backend: what programs of Keras 2 ask it for.


def get_value(x):
    """The numbers of a variable, a learning rate or a tensor."""
    return x.numpy() if hasattr(x, 'numpy') else x


def set_value(x, value):
    """Changes a variable or a learning rate."""
    x.assign(value)


def floatx():
    """The dtype of weights."""
    return 'float32'


def epsilon():
    """What keeps divisors and logarithms from 0."""
    return 1e-07
