# SPDX-License-Identifier: GPL-3.0-or-later
# jacobian, hessian and gradcheck, written with the tape.
import numpy as np


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
                raise ValueError(
                    f'argument {k}, element {at}: the gradient of output {i} '
                    f'is {float(found)}, but central differences give '
                    f'{float(expected[i])}')


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
