# SPDX-License-Identifier: GPL-3.0-or-later
# np.poly1d, and what the functions of polynomials make of one.
import numpy as np


def _is_number(x):
    return np.ndim(x) == 0 and not isinstance(x, poly1d)


def _number_text(x):
    text = '%.4g' % x
    return text[:-5] if text.endswith('.0000') else text


def _term(number, variable, power):
    """One summand, its power behind ** and to be raised later."""
    if number == '0':
        return ''
    if power == 0:
        return number
    if power == 1:
        return f'{number} {variable}'
    return f'{number} {variable}**{power}'


def _sum_text(coefficients, variable):
    degree = len(coefficients) - 1
    text = ''
    for k, coefficient in enumerate(coefficients):
        term = _term(_number_text(coefficient), variable, degree - k)
        if k == 0:
            text = term or '0'
        elif term.startswith('-'):
            text += ' - ' + term[1:]
        elif term:
            text += ' + ' + term
    return text


def _raise_powers(text, width=70):
    """The powers on a line of their own above; lines are broken at WIDTH."""
    above = below = done = ''
    parts = text.split('**')
    rest = parts[0]
    for part in parts[1:]:
        end = 0
        while end < len(part) and part[end].isdigit():
            end += 1
        power = part[:end]
        new_above = ' ' * (len(rest) - 1) + power
        new_below = rest + ' ' * (len(power) - 1)
        if len(above) + len(new_above) > width:
            done += above + '\n' + below + '\n '
            above = below = ''
        above += new_above
        below += new_below
        rest = part[end:]
    return ' ' + done + above + '\n' + below + rest


class poly1d:
    """A polynomial of one variable."""
    __module__ = 'numpy'

    def __init__(self, c_or_r, r=False, variable=None):
        self.variable = variable or 'x'
        if isinstance(c_or_r, poly1d):
            self.coeffs = c_or_r.coeffs
            self.variable = variable or c_or_r.variable
            return
        coeffs = np.atleast_1d(np.poly(c_or_r) if r else np.asarray(c_or_r))
        if coeffs.ndim > 1:
            raise ValueError('Polynomial must be 1d only.')
        first = 0
        while first < len(coeffs) - 1 and coeffs[first] == 0:
            first += 1
        if len(coeffs) == 0:
            coeffs = np.zeros(1, dtype=coeffs.dtype)
        self.coeffs = coeffs[first:]

    @property
    def c(self):
        return self.coeffs

    @property
    def coef(self):
        return self.coeffs

    @property
    def coefficients(self):
        return self.coeffs

    @property
    def order(self):
        return len(self.coeffs) - 1

    @property
    def o(self):
        return self.order

    @property
    def roots(self):
        return np.roots(self.coeffs)

    @property
    def r(self):
        return self.roots

    def __array__(self):
        return self.coeffs

    def __repr__(self):
        return f'poly1d({repr(self.coeffs)[6:-1]})'

    def __str__(self):
        return _raise_powers(_sum_text(self.coeffs, self.variable))

    def __call__(self, val):
        return np.polyval(self, val)

    def __len__(self):
        return self.order

    def __iter__(self):
        return iter(self.coeffs)

    def __getitem__(self, val):
        if val < 0 or val > self.order:
            return self.coeffs.dtype.type(0)
        return self.coeffs[self.order - val]

    def __setitem__(self, key, val):
        if key < 0:
            raise ValueError('Does not support negative powers.')
        if key > self.order:
            zeros = np.zeros(key - self.order, self.coeffs.dtype)
            self.coeffs = np.concatenate((zeros, self.coeffs))
        self.coeffs[self.order - key] = val

    def __neg__(self):
        return poly1d(-self.coeffs)

    def __pos__(self):
        return self

    def __add__(self, other):
        return poly1d(np.polyadd(self.coeffs, poly1d(other).coeffs))

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return poly1d(np.polysub(self.coeffs, poly1d(other).coeffs))

    def __rsub__(self, other):
        return poly1d(other) - self

    def __mul__(self, other):
        if _is_number(other):
            return poly1d(self.coeffs * other)
        return poly1d(np.polymul(self.coeffs, poly1d(other).coeffs))

    def __rmul__(self, other):
        return self * other

    def __pow__(self, val):
        if not _is_number(val) or int(val) != val or val < 0:
            raise ValueError('Power to non-negative integers only.')
        result = [1]
        for _ in range(int(val)):
            result = np.polymul(self.coeffs, result)
        return poly1d(result)

    def __truediv__(self, other):
        if _is_number(other):
            return poly1d(self.coeffs / other)
        return polydiv(self, poly1d(other))

    def __rtruediv__(self, other):
        if _is_number(other):
            return poly1d(other / self.coeffs)
        return polydiv(poly1d(other), self)

    def __eq__(self, other):
        if not isinstance(other, poly1d):
            return False
        return np.array_equal(self.coeffs, other.coeffs)

    def __ne__(self, other):
        return not self == other

    def deriv(self, m=1):
        return poly1d(np.polyder(self.coeffs, m))

    def integ(self, m=1, k=0):
        return poly1d(np.polyint(self.coeffs, m, k))


def polyadd(a1, a2):
    return poly1d(a1) + poly1d(a2)


def polysub(a1, a2):
    return poly1d(a1) - poly1d(a2)


def polymul(a1, a2):
    return poly1d(a1) * poly1d(a2)


def polydiv(u, v):
    q, r = np.polydiv(np.asarray(u), np.asarray(v))
    return poly1d(q), poly1d(r)


def polyder(p, m=1):
    return p.deriv(m)


def polyint(p, m=1, k=0):
    return p.integ(m, k)


def polyval(p, x):
    if not isinstance(x, poly1d):
        return np.polyval(np.asarray(p), x)
    y = poly1d([0])
    for coefficient in np.asarray(p):
        y = y * x + coefficient
    return y


def roots(p):
    return np.roots(p.coeffs)
