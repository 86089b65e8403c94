# SPDX-License-Identifier: GPL-3.0-or-later
# numpy.polynomial.polynomial: series c[0] + c[1] x + c[2] x**2 …, as arrays.
import numpy as np

polydomain = np.array([-1, 1])
polyzero = np.array([0])
polyone = np.array([1])
polyx = np.array([0, 1])


def _series(*given, trim=True):
    arrays = [np.array(a, ndmin=1) for a in given]
    for a in arrays:
        if a.size == 0:
            raise ValueError('Coefficient array is empty')
        if a.ndim != 1:
            raise ValueError('Coefficient array is not 1-d')
        if a.dtype.kind == 'b':
            raise ValueError('Coefficient arrays have no common type')
    kind = np.result_type(np.float64 if any(
        [a.dtype != np.float32 for a in arrays]) else np.float32)
    arrays = [a.astype(kind) for a in arrays]
    return [_trimmed(a) for a in arrays] if trim else arrays


def _trimmed(c):
    end = len(c)
    while end > 1 and c[end - 1] == 0:
        end -= 1
    return c[:end]


def polytrim(c, tol=0):
    if tol < 0:
        raise ValueError('tol must be non-negative')
    [c] = _series(c)
    places = np.nonzero(np.abs(c) > tol)[0]
    return c[:1] * 0 if len(places) == 0 else c[:places[-1] + 1].copy()


def polyline(off, scl):
    return np.array([off, scl]) if scl != 0 else np.array([off])


def polyadd(c1, c2):
    c1, c2 = _series(c1, c2)
    if len(c1) < len(c2):
        c1, c2 = c2, c1
    total = c1.copy()
    total[:len(c2)] += c2
    return _trimmed(total)


def polysub(c1, c2):
    c1, c2 = _series(c1, c2)
    return polyadd(c1, -c2)


def polymul(c1, c2):
    c1, c2 = _series(c1, c2)
    return _trimmed(np.convolve(c1, c2))


def polymulx(c):
    [c] = _series(c)
    if len(c) == 1 and c[0] == 0:
        return c
    return np.concatenate(([c[0] * 0], c))


def polydiv(c1, c2):
    c1, c2 = _series(c1, c2)
    if c2[-1] == 0:
        raise ZeroDivisionError()
    if len(c1) < len(c2):
        return c1[:1] * 0, c1
    if len(c2) == 1:
        return c1 / c2[-1], c1[:1] * 0
    scale, rest = c2[-1], c1.copy()
    divisor = c2[:-1] / scale
    last = len(c1) - 1
    for first in reversed(range(len(c1) - len(c2) + 1)):
        rest[first:last] -= divisor * rest[last]
        last -= 1
    return rest[last + 1:] / scale, _trimmed(rest[:last + 1])


def polypow(c, pow, maxpower=None):
    [c] = _series(c)
    if int(pow) != pow or pow < 0:
        raise ValueError('Power must be a non-negative integer.')
    if maxpower is not None and pow > maxpower:
        raise ValueError('Power is too large')
    result = np.array([1], dtype=c.dtype)
    for k in range(int(pow)):
        result = np.convolve(result, c)
    return result


def polyval(x, c, tensor=True):
    c = np.array(c, ndmin=1)
    if c.dtype.kind in 'bui':
        c = c + 0.0
    if isinstance(x, (tuple, list)):
        x = np.asarray(x)
    if isinstance(x, np.ndarray) and tensor:
        c = c.reshape(c.shape + (1,) * x.ndim)
    value = c[-1] + x * 0
    for k in range(2, len(c) + 1):
        value = c[-k] + value * x
    return value


def polyvalfromroots(x, r, tensor=True):
    r = np.array(r, ndmin=1)
    if r.dtype.kind in 'bui':
        r = r.astype(np.double)
    if isinstance(x, (tuple, list)):
        x = np.asarray(x)
    if isinstance(x, np.ndarray) and tensor:
        r = r.reshape(r.shape + (1,) * x.ndim)
    return np.prod(x - r, axis=0)


def polyfromroots(roots):
    if len(roots) == 0:
        return np.ones(1)
    [roots] = _series(roots, trim=False)
    parts = [polyline(-r, 1) for r in np.sort(roots)]
    while len(parts) > 1:
        half, odd = divmod(len(parts), 2)
        joined = [polymul(parts[i], parts[i + half]) for i in range(half)]
        if odd:
            joined[0] = polymul(joined[0], parts[-1])
        parts = joined
    return parts[0]


def polycompanion(c):
    [c] = _series(c)
    if len(c) < 2:
        raise ValueError('Series must have maximum degree of at least 1.')
    if len(c) == 2:
        return np.array([[-c[0] / c[1]]])
    n = len(c) - 1
    matrix = np.eye(n, k=-1)
    matrix[:, -1] -= c[:-1] / c[-1]
    return matrix


def polyroots(c):
    [c] = _series(c)
    if len(c) < 2:
        return np.array([], dtype=c.dtype)
    if len(c) == 2:
        return np.array([-c[0] / c[1]])
    return np.sort(np.linalg.eigvals(polycompanion(c)[::-1, ::-1]))


def polyder(c, m=1, scl=1, axis=0):
    c = np.array(c, ndmin=1)
    if c.dtype.kind in 'bui':
        c = c + 0.0
    if m < 0:
        raise ValueError('The order of derivation must be non-negative')
    c = np.moveaxis(c, axis, 0)
    if m >= len(c):
        return np.moveaxis(c[:1] * 0, 0, axis)
    for k in range(m):
        powers = np.arange(1, len(c)).reshape((-1,) + (1,) * (c.ndim - 1))
        c = powers * (c[1:] * scl)
    return np.moveaxis(c, 0, axis)


def polyint(c, m=1, k=[], lbnd=0, scl=1, axis=0):
    c = np.array(c, ndmin=1)
    if c.dtype.kind in 'bui':
        c = c + 0.0
    constants = list(k) if np.iterable(k) else [k]
    if m < 0:
        raise ValueError('The order of integration must be non-negative')
    if len(constants) > m:
        raise ValueError('Too many integration constants')
    constants = constants + [0] * (m - len(constants))
    c = np.moveaxis(c, axis, 0)
    for i in range(m):
        c = c * scl
        powers = np.arange(1, len(c) + 1).reshape((-1,) + (1,) * (c.ndim - 1))
        c = np.concatenate((c[:1] * 0, c / powers))
        c[0] += constants[i] - polyval(lbnd, c)
    return np.moveaxis(c, 0, axis)


def polyvander(x, deg):
    if deg < 0:
        raise ValueError('deg must be non-negative')
    x = np.array(x, copy=False, ndmin=1) + 0.0
    columns = [x * 0 + 1]
    for k in range(deg):
        columns.append(columns[-1] * x)
    return np.moveaxis(np.stack(columns), 0, -1)


def polyfit(x, y, deg, rcond=None, full=False, w=None):
    x, y = np.asarray(x) + 0.0, np.asarray(y) + 0.0
    if x.ndim != 1:
        raise TypeError('expected 1D vector for x')
    if x.size == 0:
        raise TypeError('expected non-empty vector for x')
    if len(x) != len(y):
        raise TypeError('expected x and y to have same length')
    degrees = np.sort(np.asarray(deg).reshape(-1))
    if degrees[0] < 0:
        raise ValueError('expected deg >= 0')
    whole = np.ndim(deg) == 0
    left = polyvander(x, int(degrees[-1]))
    if not whole:
        left = left[:, degrees]
    left, right = left.T, y.T
    if w is not None:
        left, right = left * np.asarray(w), right * np.asarray(w)
    if rcond is None:
        rcond = len(x) * np.finfo(x.dtype).eps
    scale = np.sqrt(np.square(left).sum(1))
    scale[scale == 0] = 1
    c, residuals, rank, s = np.linalg.lstsq(left.T / scale, right.T, rcond)
    c = (c.T / scale).T
    if not whole:
        wide = np.zeros((int(degrees[-1]) + 1,) + c.shape[1:], dtype=c.dtype)
        wide[degrees] = c
        c = wide
    return (c, [residuals, rank, s, rcond]) if full else c


from numpy.polynomial import Polynomial
