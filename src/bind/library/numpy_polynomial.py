# SPDX-License-Identifier: GPL-3.0-or-later
# numpy.polynomial: the class Polynomial, a series with the interval it is
# meant for.
import numpy as np

_RAISED = str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹')
_style = 'unicode'


def set_default_printstyle(style):
    global _style
    if style not in ('unicode', 'ascii'):
        raise ValueError(f"Unsupported format string '{style}'. Valid options "
                         "are 'ascii' and 'unicode'")
    _style = style


def _functions():
    import numpy.polynomial.polynomial as functions
    return functions


def _number(x, parens=False):
    if x != x:
        return 'nan'
    if np.isinf(x):
        return 'inf'
    precision = np.get_printoptions()['precision']
    if x != 0 and (abs(x) >= 1e8 or abs(x) < 10 ** -4):
        text = np.format_float_scientific(x, precision=precision, trim='0')
        return '(' + text + ')' if parens else text
    return np.format_float_positional(x, precision=precision, trim='0')


def _mapparms(old, new):
    length = old[1] - old[0]
    return ((old[1] * new[0] - old[0] * new[1]) / length,
            (new[1] - new[0]) / length)


class Polynomial:
    """A power series: coef[0] + coef[1]*x + coef[2]*x**2 …"""
    __module__ = 'numpy.polynomial.polynomial'

    maxpower = 100
    domain = np.array([-1, 1])
    window = np.array([-1, 1])
    basis_name = None

    def __init__(self, coef, domain=None, window=None, symbol='x'):
        [self.coef] = _functions()._series(coef, trim=False)
        if domain is not None:
            [self.domain] = _functions()._series(domain, trim=False)
        if window is not None:
            [self.window] = _functions()._series(window, trim=False)
        self.symbol = symbol

    # -------------------------------------------------------------- as text

    def _text(self, style):
        out = _number(self.coef[0])
        width = np.get_printoptions()['linewidth']
        rest = self.coef[1:]
        for i, c in enumerate(rest):
            out += ' '
            term = ('+ ' if c >= 0 else '- ') + _number(abs(c), True)
            power = str(i + 1)
            if style == 'ascii':
                term += f' {self.symbol}'
                term += '' if power == '1' else f'**{power}'
            else:
                term += f'·{self.symbol}'
                term += '' if power == '1' else power.translate(_RAISED)
            length = len(out.split('\n')[-1]) + len(term)
            if i < len(rest) - 1:
                length += 2
            if length >= width:
                term = term.replace(' ', '\n', 1)
            out += term
        return out

    def __str__(self):
        return self._text(_style)

    def __format__(self, spec):
        if spec not in ('', 'ascii', 'unicode'):
            raise ValueError(f"Unsupported format string '{spec}' passed to "
                             "Polynomial.__format__. Valid options are "
                             "'ascii' and 'unicode'")
        return self._text(spec or _style)

    def __repr__(self):
        coef, domain, window = [repr(a)[6:-1] for a in
                                (self.coef, self.domain, self.window)]
        return (f'Polynomial({coef}, domain={domain}, window={window}, '
                f'symbol={self.symbol!r})')

    # ----------------------------------------------------------- as a series

    def __call__(self, arg):
        off, scl = _mapparms(self.domain, self.window)
        return _functions().polyval(off + scl * np.asanyarray(arg)
                                    if isinstance(arg, (list, tuple))
                                    else off + scl * arg, self.coef)

    def __len__(self):
        return len(self.coef)

    def __iter__(self):
        return iter(self.coef)

    def degree(self):
        return len(self) - 1

    def copy(self):
        return self._like(self.coef)

    def _like(self, coef):
        return Polynomial(coef, self.domain, self.window, self.symbol)

    def _operand(self, other):
        if not isinstance(other, Polynomial):
            return other
        if not np.all(self.domain == other.domain):
            raise TypeError('Domains differ')
        if not np.all(self.window == other.window):
            raise TypeError('Windows differ')
        if self.symbol != other.symbol:
            raise ValueError('Polynomial symbols differ')
        return other.coef

    def has_samecoef(self, other):
        return len(self.coef) == len(other.coef) and \
            bool(np.all(self.coef == other.coef))

    def has_samedomain(self, other):
        return bool(np.all(self.domain == other.domain))

    def has_samewindow(self, other):
        return bool(np.all(self.window == other.window))

    def __eq__(self, other):
        return isinstance(other, Polynomial) and \
            self.has_samedomain(other) and self.has_samewindow(other) and \
            self.has_samecoef(other) and self.symbol == other.symbol

    def __ne__(self, other):
        return not self == other

    def __neg__(self):
        return self._like(-self.coef)

    def __pos__(self):
        return self

    def __add__(self, other):
        return self._like(_functions().polyadd(self.coef,
                                               self._operand(other)))

    def __radd__(self, other):
        return self._like(_functions().polyadd(other, self.coef))

    def __sub__(self, other):
        return self._like(_functions().polysub(self.coef,
                                               self._operand(other)))

    def __rsub__(self, other):
        return self._like(_functions().polysub(other, self.coef))

    def __mul__(self, other):
        return self._like(_functions().polymul(self.coef,
                                               self._operand(other)))

    def __rmul__(self, other):
        return self._like(_functions().polymul(other, self.coef))

    def __truediv__(self, other):
        if isinstance(other, Polynomial) or np.ndim(other) != 0:
            raise TypeError("unsupported types for true division: "
                            f"'{type(self)}', '{type(other)}'")
        return self // other

    def __floordiv__(self, other):
        return self.__divmod__(other)[0]

    def __mod__(self, other):
        return self.__divmod__(other)[1]

    def __divmod__(self, other):
        whole, rest = _functions().polydiv(self.coef, self._operand(other))
        return self._like(whole), self._like(rest)

    def __pow__(self, other):
        return self._like(_functions().polypow(self.coef, other,
                                               self.maxpower))

    # ------------------------------------------------------------ calculating

    def trim(self, tol=0):
        return self._like(_functions().polytrim(self.coef, tol))

    def truncate(self, size):
        if int(size) != size or size < 1:
            raise ValueError('size must be a positive integer')
        return self._like(self.coef[:size])

    def cutdeg(self, deg):
        return self.truncate(deg + 1)

    def mapparms(self):
        off, scl = _mapparms(self.domain, self.window)
        return float(off), float(scl)

    def deriv(self, m=1):
        off, scl = _mapparms(self.domain, self.window)
        return self._like(_functions().polyder(self.coef, m, scl))

    def integ(self, m=1, k=[], lbnd=None):
        off, scl = _mapparms(self.domain, self.window)
        start = 0 if lbnd is None else off + scl * lbnd
        return self._like(_functions().polyint(self.coef, m, k, start,
                                               1. / scl))

    def roots(self):
        roots = _functions().polyroots(self.coef)
        off, scl = _mapparms(self.window, self.domain)
        return off + scl * roots

    def linspace(self, n=100, domain=None):
        domain = self.domain if domain is None else domain
        x = np.linspace(domain[0], domain[1], n)
        return x, self(x)

    def convert(self, domain=None, kind=None, window=None):
        domain = Polynomial.domain if domain is None else domain
        window = Polynomial.window if window is None else window
        return self(Polynomial.identity(domain, window=window,
                                        symbol=self.symbol))

    @classmethod
    def fit(cls, x, y, deg, domain=None, rcond=None, full=False, w=None,
            window=None, symbol='x'):
        x = np.asarray(x)
        if domain is None:
            domain = np.array([x.min(), x.max()])
            if domain[0] == domain[1]:
                domain = domain + np.array([-1, 1])
        elif len(domain) == 0:
            domain = cls.domain
        window = cls.window if window is None else window
        off, scl = _mapparms(domain, window)
        found = _functions().polyfit(off + scl * x, y, deg, rcond, full, w)
        if full:
            coef, status = found
            return cls(coef, domain, window, symbol), status
        return cls(found, domain, window, symbol)

    @classmethod
    def fromroots(cls, roots, domain=[], window=None, symbol='x'):
        functions = _functions()
        [roots] = functions._series(roots, trim=False)
        if domain is None:
            domain = np.array([roots.min(), roots.max()])
        elif len(domain) == 0:
            domain = cls.domain
        window = cls.window if window is None else window
        off, scl = _mapparms(domain, window)
        coef = functions.polyfromroots(off + scl * roots) / scl ** len(roots)
        return cls(coef, domain, window, symbol)

    @classmethod
    def identity(cls, domain=None, window=None, symbol='x'):
        domain = cls.domain if domain is None else domain
        window = cls.window if window is None else window
        off, scl = _mapparms(window, domain)
        return cls(_functions().polyline(off, scl), domain, window, symbol)

    @classmethod
    def basis(cls, deg, domain=None, window=None, symbol='x'):
        if int(deg) != deg or deg < 0:
            raise ValueError('deg must be non-negative integer')
        domain = cls.domain if domain is None else domain
        window = cls.window if window is None else window
        return cls([0] * int(deg) + [1], domain, window, symbol)
