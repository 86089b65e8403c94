# SPDX-License-Identifier: GPL-3.0-or-later
from math import gcd
from functools import total_ordering


@total_ordering
class Fraction:
    def __init__(self, numerator=0, denominator=None):
        if isinstance(numerator, str):
            top, _, bottom = numerator.partition('/')
            whole, _, digits = top.strip().partition('.')
            numerator = int(whole + digits)
            denominator = 10 ** len(digits) * (int(bottom) if bottom else 1)
        elif isinstance(numerator, float):
            numerator, denominator = numerator.as_integer_ratio()
        elif isinstance(numerator, Fraction) or isinstance(denominator,
                                                           Fraction):
            ratio = (Fraction(numerator) if denominator is None
                     else numerator / Fraction(denominator)) \
                if not isinstance(numerator, Fraction) or denominator \
                else numerator
            numerator, denominator = ratio.numerator, ratio.denominator
        denominator = 1 if denominator is None else denominator
        if denominator == 0:
            raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        common = gcd(numerator, denominator)
        common = -common if denominator < 0 else common
        self.numerator = numerator // common
        self.denominator = denominator // common

    def _pair(self, other):
        if isinstance(other, int):
            return other, 1
        if isinstance(other, Fraction):
            return other.numerator, other.denominator
        return None

    def _operate(self, other, exact, plain):
        if isinstance(other, float):
            return plain(float(self), other)
        pair = self._pair(other)
        if pair is None:
            return NotImplemented
        return Fraction(*exact(self.numerator, self.denominator, *pair))

    def __add__(self, other):
        return self._operate(other, lambda a, b, c, d: (a * d + c * b, b * d),
                             lambda x, y: x + y)

    def __sub__(self, other):
        return self._operate(other, lambda a, b, c, d: (a * d - c * b, b * d),
                             lambda x, y: x - y)

    def __mul__(self, other):
        return self._operate(other, lambda a, b, c, d: (a * c, b * d),
                             lambda x, y: x * y)

    def __truediv__(self, other):
        return self._operate(other, lambda a, b, c, d: (a * d, b * c),
                             lambda x, y: x / y)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        return Fraction(self.denominator, self.numerator) * other

    def __pow__(self, n):
        if not isinstance(n, int):
            return float(self) ** float(n)
        if n < 0:
            return Fraction(self.denominator ** -n, self.numerator ** -n)
        return Fraction(self.numerator ** n, self.denominator ** n)

    def __neg__(self):
        return Fraction(-self.numerator, self.denominator)

    def __abs__(self):
        return Fraction(abs(self.numerator), self.denominator)

    def __float__(self):
        return self.numerator / self.denominator

    def __int__(self):
        whole = abs(self.numerator) // self.denominator
        return whole if self.numerator >= 0 else -whole

    def __bool__(self):
        return self.numerator != 0

    def __eq__(self, other):
        if isinstance(other, float):
            return float(self) == other
        pair = self._pair(other)
        return pair is not None and pair == (self.numerator, self.denominator)

    def __lt__(self, other):
        if isinstance(other, float):
            return float(self) < other
        pair = self._pair(other)
        if pair is None:
            return NotImplemented
        return self.numerator * pair[1] < pair[0] * self.denominator

    def __hash__(self):
        return (hash(self.numerator) if self.denominator == 1
                else hash((self.numerator, self.denominator)))

    def limit_denominator(self, max_denominator=1000000):
        """The nearest fraction, by the continued fraction's convergents."""
        if self.denominator <= max_denominator:
            return self
        p, q, r, s = 0, 1, 1, 0
        n, d = self.numerator, self.denominator
        while True:
            a = n // d
            if q + a * s > max_denominator:
                break
            p, q, r, s = r, s, p + a * r, q + a * s
            n, d = d, n - a * d
        k = (max_denominator - q) // s
        one, other = Fraction(p + k * r, q + k * s), Fraction(r, s)
        x = float(self)
        return other if abs(float(other) - x) <= abs(float(one) - x) else one

    def __str__(self):
        return (str(self.numerator) if self.denominator == 1
                else f'{self.numerator}/{self.denominator}')

    def __repr__(self):
        return f'Fraction({self.numerator}, {self.denominator})'
