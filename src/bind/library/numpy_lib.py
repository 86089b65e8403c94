# SPDX-License-Identifier: GPL-3.0-or-later
# The part of numpy that calls functions, is indexed like an array, or is
# iterated over: what np.NAME finds when no operation has that name.
import numpy as np
import _tape
import numpy.lib.stride_tricks as stride_tricks


# ---------------------------------------------------------------- iteration

def _positions(shape):
    """All index tuples of an array of that shape, the last axis fastest."""
    if 0 in shape:
        return
    at = [0] * len(shape)
    while True:
        yield tuple(at)
        axis = len(shape) - 1
        while axis >= 0 and at[axis] == shape[axis] - 1:
            at[axis] = 0
            axis -= 1
        if axis < 0:
            return
        at[axis] += 1


def _shape_from(args):
    if len(args) == 1 and isinstance(args[0], (tuple, list, np.ndarray)):
        return tuple([int(n) for n in args[0]])
    return tuple([int(n) for n in args])


class ndindex:
    __module__ = 'numpy'

    __module__ = 'numpy'

    def __init__(self, *shape):
        self._iterator = _positions(_shape_from(shape))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._iterator)


class ndenumerate:
    __module__ = 'numpy'

    __module__ = 'numpy'

    def __init__(self, arr):
        self._array = np.asarray(arr)
        self._iterator = _positions(self._array.shape)

    def __iter__(self):
        return self

    def __next__(self):
        at = next(self._iterator)
        return at, self._array[at]


class flatiter:
    """x.flat: all elements in one row, to be read and written."""
    __module__ = 'numpy'
    __module__ = 'numpy'

    def __init__(self, base):
        self.base = base
        self.index = 0

    @property
    def coords(self):
        if self.index >= self.base.size:
            return self.base.shape
        return tuple([int(i) for i in
                      np.unravel_index(self.index, self.base.shape)])

    def copy(self):
        return self.base.flatten()

    def __array__(self):
        return self.base.flatten()

    def __len__(self):
        return self.base.size

    def __iter__(self):
        return self

    def __next__(self):
        if self.index >= self.base.size:
            self.index = 0
            raise StopIteration
        value = self.base.item(self.index)
        self.index += 1
        return self.base.dtype.type(value)

    def __getitem__(self, key):
        return self.base.flatten()[key]

    def __setitem__(self, key, value):
        line = self.base.ravel()
        places = np.arange(line.size)[key]
        line[key] = np.resize(np.asarray(value), np.shape(places))
        if not np.may_share_memory(line, self.base):
            self.base[...] = line.reshape(self.base.shape)

    def __eq__(self, other):
        return self.copy() == other

    def __ne__(self, other):
        return self.copy() != other

    def __lt__(self, other):
        return self.copy() < other

    def __gt__(self, other):
        return self.copy() > other


def _set_flat(array, value):
    flatiter(array)[:] = value


class broadcast:
    __module__ = 'numpy'

    __module__ = 'numpy'

    def __init__(self, *args):
        self._arrays = np.broadcast_arrays(*args)
        self.shape = self._arrays[0].shape if args else ()
        self.nd = self.ndim = len(self.shape)
        self.numiter = len(args)
        self.size = 1
        for n in self.shape:
            self.size *= n
        self.reset()

    @property
    def iters(self):
        return tuple([flatiter(a) for a in self._arrays])

    def reset(self):
        self.index = 0
        self._iterator = _positions(self.shape)

    def __iter__(self):
        return self

    def __next__(self):
        at = next(self._iterator)
        self.index += 1
        return tuple([a[at] for a in self._arrays])


def broadcast_shapes(*args):
    shapes = [(n,) if isinstance(n, int) else tuple(n) for n in args]
    result = []
    for k, shape in enumerate(shapes):
        while len(result) < len(shape):
            result.insert(0, (1, None))
        for i in range(1, len(shape) + 1):
            n = shape[-i]
            length, owner = result[-i]
            if length == 1:
                result[-i] = (n, k)
            elif n != 1 and n != length:
                raise ValueError(
                    'shape mismatch: objects cannot be broadcast to a single '
                    'shape.  Mismatch is between arg %d with shape %s and arg '
                    '%d with shape %s.' % (owner, shapes[owner], k, shape))
    return tuple([length for length, owner in result])


class nditer:
    __module__ = 'numpy'

    __module__ = 'numpy'

    def __init__(self, op, flags=(), op_flags=None, op_dtypes=None, order='K',
                 casting='safe', op_axes=None, itershape=None, buffersize=0):
        several = isinstance(op, (tuple, list))
        given = list(op) if several else [op]
        self._single = len(given) == 1
        self._flags = list(flags or [])
        modes = self._modes(op_flags, len(given))
        for name in self._flags:
            if name not in ('multi_index', 'c_index', 'f_index', 'buffered',
                            'external_loop', 'refs_ok', 'zerosize_ok',
                            'reduce_ok', 'delay_bufalloc', 'copy_if_overlap',
                            'grow_inner', 'common_dtype', 'ranged'):
                raise ValueError("Unexpected iterator global flag \"%s\""
                                 % name)
        arrays = [None if a is None else np.asarray(a) for a in given]
        shape = broadcast_shapes(*[a.shape for a in arrays if a is not None])
        dtypes = [None] * len(arrays)
        if isinstance(op_dtypes, (tuple, list)):
            dtypes = list(op_dtypes)
        for k, a in enumerate(arrays):
            if a is None:
                kind = dtypes[k] or np.concatenate(
                    [b.ravel()[:0] for b in arrays if b is not None]).dtype
                arrays[k] = np.empty(shape, kind)
                modes[k] = modes[k] + ['readwrite']
            elif dtypes[k] is not None and a.dtype != np.dtype(dtypes[k]):
                if 'buffered' not in self._flags and 'copy' not in modes[k]:
                    raise TypeError('Iterator operand required copying or '
                                    'buffering, but neither copying nor '
                                    'buffering was enabled')
                arrays[k] = a.astype(dtypes[k])
        if 0 in shape and 'zerosize_ok' not in self._flags:
            raise ValueError('Iteration of zero-sized operands is not enabled')
        self.operands = tuple(arrays)
        self.shape = shape
        self.ndim = len(shape)
        self.itersize = 1
        for n in shape:
            self.itersize *= n
        self._axes = self._order(arrays, order)
        self._views = []
        for a, mode in zip(arrays, modes):
            view = a if a.shape == shape else np.broadcast_to(a, shape)
            view = view[...]
            if 'readwrite' not in mode and 'writeonly' not in mode:
                view.flags.writeable = False
            self._views.append(view.transpose(self._axes))
        self.reset()

    def _modes(self, op_flags, count):
        if not op_flags:
            return [['readonly'] for k in range(count)]
        if isinstance(op_flags[0], str):
            return [list(op_flags) for k in range(count)]
        return [list(mode) for mode in op_flags]

    def _order(self, arrays, order):
        """The axes from the outermost to the innermost."""
        axes = list(range(self.ndim))
        if order == 'F':
            return axes[::-1]
        if order == 'K':
            strides = []
            for a in arrays:
                if a.shape == self.shape:
                    strides = list(a.strides)
                    break
            if strides:
                axes.sort(key=lambda axis: -abs(strides[axis]))
        return axes

    def reset(self):
        shape = tuple([self.shape[axis] for axis in self._axes])
        if 'external_loop' in self._flags:
            self._chunks = self._split(shape)
            self._places = iter(range(len(self._chunks)))
        else:
            self._places = _positions(shape)
        self.iterindex = -1
        self.finished = False
        self.iternext()
        self._ahead = False

    def _split(self, shape):
        """The runs of the innermost axes that lie in one row."""
        if 'buffered' in self._flags:
            return [[v.ravel() for v in self._views]]
        inner = len(shape) - 1
        while inner > 0 and all([v.strides[inner - 1] ==
                                 v.strides[inner] * v.shape[inner]
                                 for v in self._views]):
            inner -= 1
        outer = shape[:max(inner, 0)]
        return [[v[at].reshape(-1) for v in self._views]
                for at in _positions(outer)]

    def iternext(self):
        self._ahead = False
        try:
            self._at = next(self._places)
        except StopIteration:
            self.finished = True
            return False
        self.iterindex += 1
        return True

    @property
    def value(self):
        if 'external_loop' in self._flags:
            items = tuple(self._chunks[self._at])
        else:
            items = tuple([v[self._at + (...,)] for v in self._views])
        return items[0] if self._single else items

    @property
    def multi_index(self):
        if 'multi_index' not in self._flags:
            raise ValueError('Iterator is not tracking a multi-index')
        at = [0] * self.ndim
        for axis, i in zip(self._axes, self._at):
            at[axis] = i
        return tuple(at)

    @property
    def index(self):
        if 'c_index' not in self._flags and 'f_index' not in self._flags:
            raise ValueError('Iterator does not have an index')
        at = [0] * self.ndim
        for axis, i in zip(self._axes, self._at):
            at[axis] = i
        order = 'C' if 'c_index' in self._flags else 'F'
        return int(np.ravel_multi_index(tuple(at), self.shape, order=order))

    def __getitem__(self, k):
        value = self.value
        return (value,)[k] if self._single else value[k]

    def __setitem__(self, k, value):
        self[k][...] = value

    def __len__(self):
        return self.itersize

    def __iter__(self):
        return self

    def __next__(self):
        if self._ahead:
            self.iternext()
        if self.finished:
            raise StopIteration
        self._ahead = True
        return self.value

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return False

    def close(self):
        pass


def _ndarray(shape, dtype=float, buffer=None, offset=0, strides=None,
             order=None):
    """np.ndarray(...): over the memory of another array, or zeros."""
    if isinstance(shape, int):
        shape = (shape,)
    if buffer is None:
        return np.zeros(shape, dtype, order or 'C')
    count = 1
    for n in shape:
        count *= n
    size = np.dtype(dtype).itemsize
    memory = buffer.ravel().view('uint8')
    if offset + count * size > memory.size:
        raise TypeError('buffer is too small for requested array')
    line = memory[offset:offset + count * size].view(dtype)
    return line.reshape(shape, order=order or 'C')


# ----------------------------------------------------- functions of functions

def _stacked(results, lead):
    """Results of one shape as an array with the axes LEAD in front."""
    arrays = [np.asarray(r) for r in results]
    out = np.empty((len(arrays),) + arrays[0].shape, arrays[0].dtype)
    for i in range(len(arrays)):
        out[i] = arrays[i]
    return out.reshape(lead + arrays[0].shape)


class vectorize:
    __module__ = 'numpy'

    __module__ = 'numpy'

    def __init__(self, pyfunc, otypes=None, doc=None, excluded=None,
                 cache=False, signature=None):
        self.pyfunc = pyfunc
        self.cache = cache
        self.signature = signature
        self.excluded = set(excluded) if excluded is not None else set()
        self.otypes = list(otypes) if otypes is not None else None
        self.__doc__ = doc if doc is not None else pyfunc.__doc__

    def __call__(self, *args, **kwargs):
        spread = [k for k in range(len(args)) if k not in self.excluded]
        names = [name for name in kwargs if name not in self.excluded]

        def call(*items):
            own = list(args)
            for k, item in zip(spread, items):
                own[k] = item
            words = dict(kwargs)
            for name, item in zip(names, items[len(spread):]):
                words[name] = item
            return self.pyfunc(*own, **words)

        inputs = [args[k] for k in spread] + [kwargs[name] for name in names]
        if not inputs:
            return np.asarray(call())
        if self.signature is not None:
            return self._by_signature(call, inputs)
        return self._by_element(call, inputs)

    def _by_element(self, call, inputs):
        arrays = np.broadcast_arrays(*inputs)
        shape = arrays[0].shape
        columns = [list(a.ravel()) if _tape.tracks(a) else a.ravel().tolist()
                   for a in arrays]
        if not columns[0]:
            if self.otypes is None:
                raise ValueError('cannot call `vectorize` on size 0 inputs '
                                 'unless `otypes` is set')
            return np.empty(shape, self.otypes[0])
        results = []
        if self.otypes is None:
            first = call(*[column[0] for column in columns])
            if self.cache:
                results.append(first)
        for items in list(zip(*columns))[len(results):]:
            results.append(call(*items))
        if self.otypes is None:
            several = isinstance(first, tuple)
            samples = first if several else (first,)
            types = [np.asarray(x).dtype for x in samples]
        else:
            types = self.otypes
            several = len(types) > 1
        if not several:
            return np.array(results, dtype=types[0]).reshape(shape)
        return tuple([np.array([r[k] for r in results],
                               dtype=types[k]).reshape(shape)
                      for k in range(len(types))])

    def _by_signature(self, call, inputs):
        before, after = self.signature.replace(' ', '').split('->')
        cores = [len([n for n in part.strip('()').split(',') if n])
                 for part in before.split('),(')]
        arrays = [np.asarray(a) for a in inputs]
        if len(arrays) != len(cores):
            raise TypeError('wrong number of positional arguments: expected '
                            '%d, got %d' % (len(cores), len(arrays)))
        for k in range(len(arrays)):
            if arrays[k].ndim < cores[k]:
                raise ValueError('%d-dimensional argument does not have enough '
                                 'dimensions for all core dimensions'
                                 % arrays[k].ndim)
        leads = [a.shape[:a.ndim - n] for a, n in zip(arrays, cores)]
        lead = broadcast_shapes(*leads)
        wide = [np.broadcast_to(a, lead + a.shape[a.ndim - n:])
                for a, n in zip(arrays, cores)]
        results = [call(*[a[at] for a in wide]) for at in _positions(lead)]
        if not isinstance(results[0], tuple):
            return _stacked(results, lead)
        return tuple([_stacked([r[k] for r in results], lead)
                      for k in range(len(results[0]))])


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    arr = np.asarray(arr)
    if axis < -arr.ndim or axis >= arr.ndim:
        raise np.AxisError('axis %d is out of bounds for array of dimension %d'
                           % (axis, arr.ndim))
    axis %= arr.ndim
    lines = np.moveaxis(arr, axis, -1)
    lead = lines.shape[:-1]
    if 0 in lead:
        raise ValueError('Cannot apply_along_axis when any iteration '
                         'dimensions are 0')
    out = _stacked([func1d(lines[at], *args, **kwargs)
                    for at in _positions(lead)], lead)
    for k in range(out.ndim - len(lead)):
        out = np.moveaxis(out, len(lead) + k, axis + k)
    return out


def apply_over_axes(func, a, axes):
    value = np.asarray(a)
    count = value.ndim
    if np.ndim(axes) == 0:
        axes = (axes,)
    for axis in axes:
        if axis < 0:
            axis += count
        result = func(value, axis)
        if result.ndim != value.ndim:
            result = np.expand_dims(result, axis)
            if result.ndim != value.ndim:
                raise ValueError('function is not returning an array of the '
                                 'correct shape')
        value = result
    return value


def piecewise(x, condlist, funclist, *args, **kw):
    x = np.asarray(x)
    count = len(funclist)
    if np.ndim(condlist) == 0 or (np.ndim(condlist[0]) == 0 and x.ndim != 0):
        condlist = [condlist]
    conditions = [np.asarray(c, dtype=bool) for c in condlist]
    n = len(conditions)
    if n == count - 1:
        rest = conditions[0]
        for c in conditions[1:]:
            rest = rest | c
        conditions.append(~rest)
    elif n != count:
        raise ValueError('with {} condition(s), either {} or {} functions are '
                         'expected'.format(n, n, n + 1))
    y = np.zeros_like(x)
    for condition, function in zip(conditions, funclist):
        if not callable(function):
            y[condition] = function
            continue
        values = x[condition]
        if values.size > 0:
            y[condition] = function(values, *args, **kw)
    return y


def fromfunction(function, shape, *, dtype=float, **kwargs):
    return function(*np.indices(shape, dtype=dtype), **kwargs)


def fromiter(iter, dtype, count=-1):
    items = []
    for item in iter:
        if count >= 0 and len(items) == count:
            break
        items.append(item)
    if len(items) < count:
        raise ValueError('iterator too short')
    return np.array(items, dtype=dtype)


def fromstring(string, dtype=float, count=-1, *, sep=''):
    if sep == '':
        raise ValueError('The binary mode of fromstring is removed, use '
                         'frombuffer instead')
    parts = string.split() if sep.strip() == '' else string.split(sep.strip())
    kind = np.dtype(dtype).kind
    items = [float(p) if kind == 'f' else int(p) for p in parts if p.strip()]
    return np.array(items[:count] if count >= 0 else items, dtype=dtype)


def mask_indices(n, mask_func, k=0):
    return np.nonzero(mask_func(np.ones((n, n), int), k) != 0)


# --------------------------------------------------------------------- block

def _depth(arrays, path):
    if isinstance(arrays, tuple):
        raise TypeError('arrays%s is a tuple. Only lists can be used to '
                        'arrange blocks, and np.block does not allow implicit '
                        'conversion from tuple to ndarray.' % path)
    if not isinstance(arrays, list):
        return 0
    if not arrays:
        raise ValueError('List at arrays%s cannot be empty' % path)
    first = _depth(arrays[0], path + '[0]')
    for i in range(1, len(arrays)):
        other = _depth(arrays[i], path + '[%d]' % i)
        if other != first:
            raise ValueError('List depths are mismatched. First element was '
                             'at depth %d, but there is an element at depth '
                             '%d (arrays%s[%d])'
                             % (first + 1, other + 1, path, i))
    return first + 1


def _most_axes(arrays):
    if isinstance(arrays, list):
        return max([_most_axes(a) for a in arrays])
    return np.ndim(arrays)


def _assemble(arrays, depth, ndim):
    if not isinstance(arrays, list):
        return np.array(arrays, ndmin=ndim)
    parts = [_assemble(a, depth - 1, ndim) for a in arrays]
    return np.concatenate(parts, axis=-depth)


def block(arrays):
    depth = _depth(arrays, '')
    return _assemble(arrays, depth, max(depth, _most_axes(arrays)))


# ------------------------------------------------------------ indexing objects

def _is_count(step):
    """Is the step an imaginary number, that is a number of points?"""
    return str(type(step)) == "<class 'complex'>"


def _run(part):
    """The numbers that a slice stands for."""
    start = 0 if part.start is None else part.start
    step = 1 if part.step is None else part.step
    if _is_count(step):
        return np.linspace(start, part.stop, int(step.imag))
    return np.arange(start, part.stop, step)


class _Concatenator:
    def __init__(self, axis, ndmin, trans1d):
        self._defaults = (axis, ndmin, trans1d)

    def __len__(self):
        return 0

    def __getitem__(self, key):
        axis, ndmin, trans1d = self._defaults
        parts = []
        for k, item in enumerate(key if isinstance(key, tuple) else (key,)):
            if isinstance(item, str):
                if k != 0:
                    raise ValueError('special directives must be the first '
                                     'entry.')
                words = item.split(',')
                axis = int(words[0])
                if len(words) > 1:
                    ndmin = int(words[1])
                if len(words) > 2:
                    trans1d = int(words[2])
                continue
            if isinstance(item, slice):
                part = np.array(_run(item), ndmin=ndmin)
                if ndmin > 1 and trans1d != -1:
                    part = part.swapaxes(-1, trans1d)
            else:
                part = np.array(item, ndmin=ndmin)
                own = np.ndim(item)
                if trans1d != -1 and own < ndmin and own > 0:
                    part = self._turn(part, ndmin, ndmin - own, trans1d)
            parts.append(part)
        return np.concatenate(tuple(parts), axis=axis)

    def _turn(self, part, ndmin, missing, trans1d):
        first = trans1d if trans1d >= 0 else trans1d + missing + 1
        axes = list(range(ndmin))
        return part.transpose(axes[:first] + axes[missing:]
                              + axes[first:missing])


class _Grid:
    def __init__(self, sparse):
        self._sparse = sparse

    def __getitem__(self, key):
        if isinstance(key, slice):
            return _run(key)
        lines = [_run(part) for part in key]
        if any([line.dtype.kind == 'f' for line in lines]):
            lines = [line.astype(float) for line in lines]
        open_lines = [np.array(a) for a in
                      np.meshgrid(*lines, sparse=True, indexing='ij')]
        if self._sparse:
            return open_lines
        return np.array(np.broadcast_arrays(*open_lines))


class _IndexExpression:
    def __init__(self, always_tuple):
        self._always_tuple = always_tuple

    def __getitem__(self, item):
        if self._always_tuple and not isinstance(item, tuple):
            return (item,)
        return item


r_ = _Concatenator(0, 1, -1)
c_ = _Concatenator(-1, 2, 0)
mgrid = _Grid(False)
ogrid = _Grid(True)
s_ = _IndexExpression(False)
index_exp = _IndexExpression(True)


from numpy._functions import (
    angle, asarray_chkfinite, asfarray, bartlett, blackman, hamming, hanning,
    histogramdd, iscomplexobj, isfortran, isrealobj, issubclass_, iterable,
    kaiser, msort, packbits, real_if_close, require, typename, unpackbits,
    unwrap)
from numpy._poly1d import poly1d
