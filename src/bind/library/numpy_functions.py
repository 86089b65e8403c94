# SPDX-License-Identifier: GPL-3.0-or-later
# Functions of numpy that are short when written with its others: windows,
# bits, phases, kinds of arrays.
import numpy as np


# ------------------------------------------------------------------ windows

def _steps(M):
    """Twice the distances of M points from their middle; None: too few."""
    return np.arange(1 - M, M, 2) if M > 1 else None


def _window(M, shape):
    if M < 1:
        return np.array([], dtype=float)
    if M == 1:
        return np.ones(1, dtype=float)
    return shape(_steps(M))


def bartlett(M):
    return _window(M, lambda n: np.where(n <= 0, 1 + n / (M - 1),
                                         1 - n / (M - 1)))


def blackman(M):
    return _window(M, lambda n: 0.42 + 0.5 * np.cos(np.pi * n / (M - 1))
                   + 0.08 * np.cos(2.0 * np.pi * n / (M - 1)))


def hamming(M):
    return _window(M, lambda n: 0.54 + 0.46 * np.cos(np.pi * n / (M - 1)))


def hanning(M):
    return _window(M, lambda n: 0.5 + 0.5 * np.cos(np.pi * n / (M - 1)))


def kaiser(M, beta):
    if M == 1:
        return np.array([1.0])
    n = np.arange(0, M)
    alpha = (M - 1) / 2.0
    return (np.i0(beta * np.sqrt(1 - ((n - alpha) / alpha) ** 2.0))
            / np.i0(float(beta)))


# --------------------------------------------------------------------- bits

def _bit_weights(bitorder):
    if bitorder not in ('big', 'little'):
        raise ValueError("'order' must be either 'little' or 'big'")
    weights = 1 << np.arange(8)
    return weights[::-1] if bitorder == 'big' else weights


def _lines(a, axis):
    """A with AXIS last, all of it in one line for None; and that axis."""
    if axis is None:
        return a.ravel(), 0
    return np.moveaxis(a, axis, -1), axis


def packbits(a, /, axis=None, bitorder='big'):
    a = np.asarray(a)
    if a.dtype.kind not in 'bui':
        raise TypeError('Expected an input array of integer or boolean data '
                        'type')
    weights = _bit_weights(bitorder)
    lines, axis = _lines(a, axis)
    missing = -lines.shape[-1] % 8
    width = [(0, 0)] * (lines.ndim - 1) + [(0, missing)]
    bits = np.pad((lines != 0).astype(int), width)
    bits = bits.reshape(lines.shape[:-1] + (bits.shape[-1] // 8, 8))
    return np.moveaxis((bits * weights).sum(-1).astype(np.uint8), -1, axis)


def unpackbits(a, /, axis=None, count=None, bitorder='big'):
    a = np.asarray(a)
    if a.dtype != np.uint8:
        raise TypeError('Expected an input array of unsigned byte data type')
    weights = _bit_weights(bitorder)
    lines, axis = _lines(a, axis)
    bits = (lines[..., np.newaxis] & weights) != 0
    bits = bits.astype(np.uint8)
    bits = bits.reshape(lines.shape[:-1] + (lines.shape[-1] * 8,))
    if count is not None:
        total = bits.shape[-1]
        if count < -total:
            raise ValueError('-count larger than number of elements')
        if count > total:
            width = [(0, 0)] * (bits.ndim - 1) + [(0, count - total)]
            bits = np.pad(bits, width)
        bits = bits[..., :count]
    return np.moveaxis(bits, -1, axis)


# -------------------------------------------------------------------- phases

def unwrap(p, discont=None, axis=-1, *, period=6.283185307179586):
    p = np.asarray(p)
    steps = np.diff(p, axis=axis)
    discont = period / 2 if discont is None else discont
    whole = p.dtype.kind in 'iu' and isinstance(period, int)
    if whole:
        high, odd = divmod(period, 2)
        ambiguous = odd == 0
    else:
        high, ambiguous = period / 2, True
    low = -high
    near = np.mod(steps - low, period) + low
    if ambiguous:
        near = np.where((near == low) & (steps > 0), high, near)
    correction = near - steps
    correction = np.where(np.abs(steps) < discont, 0, correction)
    up = np.array(p, copy=True, dtype=p.dtype if whole else
                  np.result_type(p.dtype, np.float64))
    line = np.moveaxis(up, axis, 0)
    rest = line[1:] + np.moveaxis(correction.cumsum(axis), axis, 0)
    whole_line = np.concatenate([line[:1], rest.astype(up.dtype)])
    return np.moveaxis(whole_line, 0, axis)


def angle(z, deg=False):
    z = np.asarray(z)
    result = np.arctan2(np.zeros_like(z), z)
    return result * (180 / np.pi) if deg else result


# ------------------------------------------------------------ kinds of arrays

def isfortran(a):
    return a.flags.fnc


def isrealobj(x):
    return not iscomplexobj(x)


def iscomplexobj(x):
    return str(type(x)) == "<class 'complex'>"


def iterable(y):
    try:
        iter(y)
    except TypeError:
        return False
    return True


def real_if_close(a, tol=100):
    return np.asanyarray(a)


def asfarray(a, dtype=np.float64):
    if np.dtype(dtype).kind != 'f':
        dtype = np.float64
    return np.asarray(a, dtype=dtype)


def asarray_chkfinite(a, dtype=None, order=None):
    a = np.asarray(a, dtype=dtype, order=order)
    if a.dtype.kind == 'f' and not np.isfinite(a).all():
        raise ValueError('array must not contain infs or NaNs')
    return a


def require(a, dtype=None, requirements=None, *, like=None):
    names = {'C': 'C', 'C_CONTIGUOUS': 'C', 'CONTIGUOUS': 'C', 'F': 'F',
             'F_CONTIGUOUS': 'F', 'FORTRAN': 'F', 'A': 'A', 'ALIGNED': 'A',
             'W': 'W', 'WRITEABLE': 'W', 'O': 'O', 'OWNDATA': 'O',
             'E': 'E', 'ENSUREARRAY': 'E'}
    wanted = {names[name.upper()] for name in requirements or []}
    if 'C' in wanted and 'F' in wanted:
        raise ValueError('Cannot specify both "C" and "F" order')
    order = 'F' if 'F' in wanted else 'C' if 'C' in wanted else 'A'
    a = np.array(a, dtype=dtype, order=order, copy=False)
    if ('O' in wanted and not a.flags.owndata) or \
            ('W' in wanted and not a.flags.writeable):
        return a.copy(order)
    return a


def msort(a):
    return np.sort(a, axis=0)


def issubclass_(arg1, arg2):
    try:
        return issubclass(arg1, arg2)
    except TypeError:
        return False


def typename(char):
    return {'S1': 'character', '?': 'bool', 'B': 'unsigned char',
            'D': 'complex double precision',
            'G': 'complex long double precision',
            'F': 'complex single precision', 'I': 'unsigned integer',
            'H': 'unsigned short', 'L': 'unsigned long integer', 'O': 'object',
            'Q': 'unsigned long long integer', 'S': 'string', 'U': 'unicode',
            'V': 'void', 'b': 'signed char', 'd': 'double precision',
            'g': 'long precision', 'f': 'single precision', 'i': 'integer',
            'h': 'short', 'l': 'long integer', 'q': 'long long integer'}[char]


# ----------------------------------------------------------------- histogram

def _edges_along(sample, bins, limits, axis):
    """The edges of one axis: given, or as many steps as BINS says."""
    if np.ndim(bins) == 1:
        edges = np.asarray(bins)
        if np.any(edges[:-1] > edges[1:]):
            raise ValueError('`bins[{}]` must be monotonically increasing, '
                             'when an array'.format(axis))
        return edges
    if np.ndim(bins) != 0:
        raise ValueError('`bins[{}]` must be a scalar or 1d array'
                         .format(axis))
    if bins < 1:
        raise ValueError('`bins[{}]` must be positive, when an integer'
                         .format(axis))
    return np.histogram_bin_edges(sample, int(bins), limits)


def histogramdd(sample, bins=10, range=None, density=None, weights=None):
    if not isinstance(sample, np.ndarray):
        sample = np.atleast_2d(sample).T
    elif sample.ndim == 1:
        sample = sample.reshape(-1, 1)
    count, axes = sample.shape
    if np.ndim(bins) == 0:
        bins = [bins] * axes
    if len(bins) != axes:
        raise ValueError('The dimension of bins must be equal to the '
                         'dimension of the sample x.')
    if range is None:
        range = [None] * axes
    elif len(range) != axes:
        raise ValueError('range argument must have one entry per dimension')
    edges, at, inside = [], [], np.ones(count, dtype=bool)
    for k in np.arange(axes).tolist():
        column = sample[:, k]
        edges.append(_edges_along(column, bins[k], range[k], k))
        place = np.searchsorted(edges[k], column, side='right')
        place[column == edges[k][-1]] -= 1
        inside &= (place > 0) & (place < len(edges[k]))
        at.append(place - 1)
    shape = tuple([len(e) - 1 for e in edges])
    places = np.ravel_multi_index([a[inside] for a in at], shape)
    if weights is not None:
        weights = np.asarray(weights)[inside]
    total = 1
    for n in shape:
        total *= n
    H = np.bincount(places, weights, minlength=total).reshape(shape)
    H = H.astype(float)
    if density:
        s = H.sum()
        for k in np.arange(axes).tolist():
            H = H / np.diff(edges[k]).reshape([-1 if i == k else 1
                                               for i in np.arange(axes)])
        H /= s
    return H, edges


# ----------------------------------------------------------------------- pad

def pad_by_function(array, pad_width, mode='constant', **kwargs):
    """np.pad with a function for mode: it fills each line in place."""
    array = np.asarray(array)
    pairs = np.broadcast_to(pad_width, (array.ndim, 2)).tolist()
    padded = np.pad(array, pairs)
    for axis in np.arange(array.ndim).tolist():
        view = np.moveaxis(padded, axis, -1)
        for at in np.ndindex(view.shape[:-1]):
            mode(view[at], tuple(pairs[axis]), axis, kwargs)
    return padded


# ----------------------------------------------------------- tensor equations

def _product(lengths):
    total = 1
    for n in lengths:
        total *= n
    return total


def tensorinv(a, ind=2):
    a = np.asarray(a)
    if ind <= 0:
        raise ValueError('Invalid ind argument.')
    shape = a.shape[ind:] + a.shape[:ind]
    return np.linalg.inv(a.reshape(_product(a.shape[ind:]), -1)).reshape(shape)


def tensorsolve(a, b, axes=None):
    a, b = np.asarray(a), np.asarray(b)
    if axes is not None:
        order = list(range(a.ndim))
        for k in axes:
            order.remove(k)
            order.insert(a.ndim, k)
        a = a.transpose(order)
    shape = a.shape[-(a.ndim - b.ndim):]
    size = _product(shape)
    if a.size != size ** 2:
        raise np.linalg.LinAlgError(
            'Input arrays must satisfy the requirement '
            'prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])')
    return np.linalg.solve(a.reshape(size, size), b.ravel()).reshape(shape)
