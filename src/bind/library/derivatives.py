# SPDX-License-Identifier: GPL-3.0-or-later
# jacobian, hessian and gradcheck, written with the tape.
import numpy as np
import tensorflow as tf


def _outputs(result):
    """All floats that a function gave, as one vector."""
    parts = result if isinstance(result, (list, tuple)) else [result]
    return np.concatenate([np.ravel(part) for part in parts])


def _recorded(function, args, k, out=np.asarray):
    """What function gives as argument k changes: the tape, x and y."""
    x = np.array(args[k])
    if x.dtype.kind != 'f':
        x = x.astype(float)
    with GradientTape(persistent=True,
                      watch_accessed_variables=False) as tape:
        tape.watch(x)
        y = out(function(*args[:k], x, *args[k + 1:]))
    return tape, x, y


def _rows(tape, x, y):
    """The gradient of each element of y, y.size rows."""
    rows = []
    for i in range(y.size):
        seed = np.zeros(y.size)
        seed[i] = 1
        rows.append(tape.gradient(y, x, seed.reshape(y.shape), 'zero'))
    return rows


def jacobian(fun, argnums=0):
    def jacobian_of(*args):
        tape, x, y = _recorded(fun, args, argnums)
        rows = _rows(tape, x, y)
        if not rows:
            return np.zeros(y.shape + x.shape)
        return np.stack(rows).reshape(y.shape + x.shape)
    return jacobian_of


def _wrapped(array, like):
    """TensorFlow's tensor where that is what it was made of."""
    return tf._wrap(array) if tf.is_tensor(like) else array


def tape_jacobian(tape, target, sources, unconnected_gradients='none'):
    """tape.jacobian(): shaped as target, then as each source."""
    def of(source):
        return tape_jacobian(tape, target, source, unconnected_gradients)
    if isinstance(sources, (list, tuple)):
        return type(sources)([of(source) for source in sources])
    if isinstance(sources, dict):
        return {key: of(sources[key]) for key in sources}
    shape, size = tuple(np.shape(target)), np.size(target)
    rows = []
    for i in range(size):
        seed = np.zeros(size)
        seed[i] = 1
        rows.append(tape.gradient(target, sources, seed.reshape(shape),
                                  unconnected_gradients))
        if rows[-1] is None:
            return None
    rows = np.stack(rows) if rows else np.zeros(0)
    return _wrapped(rows.reshape(shape + tuple(np.shape(sources))), target)


def tape_batch_jacobian(tape, target, source):
    """tape.batch_jacobian(): for each row of target by its row of source."""
    shape, own = tuple(np.shape(target)), tuple(np.shape(source))
    if not shape or not own or shape[0] != own[0]:
        raise ValueError(f'target and source need as many rows: {shape}, '
                         f'{own}')
    rows = []
    for at in np.ndindex(shape[1:]):
        seed = np.zeros(shape)
        seed[(slice(None),) + at] = 1
        rows.append(tape.gradient(target, source, seed, 'zero'))
    return _wrapped(np.stack(rows, axis=1).reshape(shape + own[1:]), target)


def hessian(fun, argnums=0):
    return jacobian(grad(fun, argnums), argnums)


def _difference(fun, args, k, at, eps):
    """How the outputs change with element at of argument k."""
    values = []
    for step in (eps, -eps):
        x = args[k].copy()
        x[at] += step
        values.append(_outputs(fun(*args[:k], x, *args[k + 1:])))
    return (values[0] - values[1]) / (2 * eps)


def _compare(fun, args, k, eps, atol, rtol):
    tape, x, y = _recorded(fun, args, k, _outputs)
    rows = _rows(tape, x, y)
    for at in np.ndindex(x.shape):
        expected = _difference(fun, args, k, at, eps)
        for i in range(y.size):
            found = rows[i][at] if at else rows[i]
            if not abs(found - expected[i]) <= atol + rtol * abs(expected[i]):
                place = f'[{", ".join([str(j) for j in at])}]' if at else ''
                output = f'output {i} by ' if y.size > 1 else ''
                raise ValueError(
                    f'{output}argument {k}{place}: the gradient is '
                    f'{float(found):.6g}, differences give '
                    f'{float(expected[i]):.6g}')


def gradcheck(f, *args, eps=1e-6, atol=1e-5, rtol=1e-3):
    args = tuple([np.array(arg, dtype=float)
                  if np.asarray(arg).dtype.kind == 'f' else arg
                  for arg in args])
    checked = 0
    for k in range(len(args)):
        if np.asarray(args[k]).dtype.kind == 'f':
            _compare(f, args, k, eps, atol, rtol)
            checked += 1
    if not checked:
        raise ValueError('gradcheck needs an argument of floats: '
                         'gradcheck(f, 2.0)')
    return True
