# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np


def sliding_window_view(x, window_shape, axis=None, *, subok=False,
                        writeable=False):
    """A copy here: each window's items side by side."""
    x = np.asarray(x)
    shape = ((window_shape,) if isinstance(window_shape, int)
             else tuple(window_shape))
    if axis is None:
        axes = tuple(range(x.ndim))
        if len(shape) != len(axes):
            raise ValueError(
                'Since axis is None, must provide window_shape for all '
                f'dimensions of `x`; got {len(shape)} window_shape elements '
                f'and `x.ndim` is {x.ndim}.')
    else:
        axes = (axis,) if isinstance(axis, int) else tuple(axis)
    for a, width in zip(axes, shape):
        a %= np.ndim(x)
        count = x.shape[a] - width + 1
        if count < 1:
            raise ValueError('window shape cannot be larger than input array '
                             'shape')
        index = np.arange(count)[:, None] + np.arange(width)
        x = np.moveaxis(np.take(x, index, axis=a), a + 1, -1)
    return x
