# SPDX-License-Identifier: GPL-3.0-or-later
# numpy.testing: assertions about arrays, with NumPy's reports.
import numpy as np


def _shown(x, precision):
    if isinstance(x, np.ndarray):
        return np.array_repr(x, precision=precision)
    return repr(x)


def build_err_msg(arrays, err_msg, header='Items are not equal:',
                  verbose=True, names=('ACTUAL', 'DESIRED'), precision=8):
    lines = ['\n' + header]
    err_msg = str(err_msg)
    if err_msg and '\n' not in err_msg and len(err_msg) < 79 - len(header):
        lines = [lines[0] + ' ' + err_msg]
    elif err_msg:
        lines.append(err_msg)
    if verbose:
        for name, array in zip(names, arrays):
            lines.append(f' {name}: {_shown(array, precision)}')
    return '\n'.join(lines)


def _compare(holds, x, y, err_msg, header, nan=True, precision=6):
    """Raises unless HOLDS(x, y) is true everywhere but at common NaNs."""
    def fail(*remarks):
        raise AssertionError(build_err_msg(
            [x, y], str(err_msg) + '\n' + '\n'.join(remarks), header,
            names=('x', 'y'), precision=precision))

    x, y = np.asanyarray(x), np.asanyarray(y)
    if not (x.shape == () or y.shape == () or x.shape == y.shape):
        fail(f'(shapes {x.shape}, {y.shape} mismatch)')
    both = np.zeros(np.broadcast(x, y).shape, dtype=bool)
    if nan and x.dtype.kind == 'f' or nan and y.dtype.kind == 'f':
        x_nan, y_nan = np.isnan(x), np.isnan(y)
        if (x_nan != y_nan).any():
            fail('x and y nan location mismatch:')
        both = x_nan | y_nan
    good = np.asarray(holds(x, y)) | both
    if good.all():
        return
    wrong = good.size - np.count_nonzero(good)
    percent = 100 * wrong / good.size
    remarks = [f'Mismatched elements: {wrong} / {good.size} ({percent:.3g}%)']
    if x.dtype.kind != 'b' and y.dtype.kind != 'b':
        error = np.abs(x - y) if x.dtype.kind == 'f' or y.dtype.kind == 'f' \
            else np.abs(x.astype(int) - y.astype(int))
        worst = error[~both].max() if both.ndim else error
        remarks.append('Max absolute difference: '
                       + np.array2string(np.asarray(worst)))
        wide = np.broadcast_to(y, good.shape)
        used = (wide != 0) & ~both
        if not used.any():
            relative = 'inf'
        else:
            relative = np.array2string(np.asarray(np.max(
                np.broadcast_to(error, good.shape)[used]
                / np.abs(wide[used]))))
        remarks.append('Max relative difference: ' + relative)
    fail(*remarks)


def assert_array_equal(x, y, err_msg='', verbose=True):
    _compare(lambda a, b: a == b, x, y, err_msg, 'Arrays are not equal')


def assert_allclose(actual, desired, rtol=1e-07, atol=0, equal_nan=True,
                    err_msg='', verbose=True):
    _compare(lambda a, b: np.isclose(a, b, rtol=rtol, atol=atol,
                                     equal_nan=equal_nan),
             actual, desired, err_msg,
             f'Not equal to tolerance rtol={rtol:g}, atol={atol:g}',
             nan=equal_nan)


def assert_array_almost_equal(x, y, decimal=6, err_msg='', verbose=True):
    _compare(lambda a, b: (a == b) | (np.abs(a - b) < 1.5 * 10.0 ** -decimal),
             x, y, err_msg,
             f'Arrays are not almost equal to {decimal} decimals',
             precision=decimal)


def assert_array_less(x, y, err_msg='', verbose=True):
    _compare(lambda a, b: a < b, x, y, err_msg, 'Arrays are not less-ordered')


def assert_equal(actual, desired, err_msg='', verbose=True):
    if isinstance(desired, dict):
        assert len(actual) == len(desired)
        for key in desired:
            if key not in actual:
                raise AssertionError(repr(key))
            assert_equal(actual[key], desired[key],
                         f'key={key!r}\n{err_msg}')
        return
    if isinstance(desired, (list, tuple)) and \
            isinstance(actual, (list, tuple)):
        assert_equal(len(actual), len(desired), err_msg)
        for k in range(len(desired)):
            assert_equal(actual[k], desired[k], f'item={k!r}\n{err_msg}')
        return
    if isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray):
        assert_array_equal(actual, desired, err_msg)
        return
    if actual != actual and desired != desired:
        return
    if not (desired == actual):
        raise AssertionError(build_err_msg([actual, desired], err_msg))


def assert_almost_equal(actual, desired, decimal=7, err_msg='', verbose=True):
    if isinstance(actual, (np.ndarray, tuple, list)) or \
            isinstance(desired, (np.ndarray, tuple, list)):
        assert_array_almost_equal(actual, desired, decimal, err_msg)
        return
    if actual != actual and desired != desired:
        return
    if not abs(desired - actual) < 1.5 * 10.0 ** -decimal:
        raise AssertionError(build_err_msg(
            [actual, desired], err_msg,
            f'Arrays are not almost equal to {decimal} decimals'))


def assert_approx_equal(actual, desired, significant=7, err_msg='',
                        verbose=True):
    if desired == actual:
        return
    scale = 0.5 * (abs(desired) + abs(actual))
    scale = 10.0 ** np.floor(np.log10(scale))
    if abs(desired / scale - actual / scale) >= 10.0 ** -(significant - 1):
        raise AssertionError(build_err_msg(
            [actual, desired], err_msg,
            f'Items are not equal to {significant} significant digits:'))


def assert_string_equal(actual, desired):
    if actual != desired:
        raise AssertionError('Differences in strings:\n- ' + actual + '\n+ '
                             + desired)


class _Raises:
    def __init__(self, exception):
        self.expected = exception
        self.exception = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            raise AssertionError(f'{self.expected.__name__} not raised')
        self.exception = value
        return issubclass(kind, self.expected)


def assert_raises(exception_class, callable=None, *args, **kwargs):
    if callable is None:
        return _Raises(exception_class)
    with _Raises(exception_class):
        callable(*args, **kwargs)


def assert_(val, msg=''):
    if not val:
        raise AssertionError(msg() if callable(msg) else msg)
