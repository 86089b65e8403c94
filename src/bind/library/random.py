# SPDX-License-Identifier: GPL-3.0-or-later
# The documented distributions over the Mersenne Twister; the same numbers as
# Python's for the same seed.
from _random import seed, random, getrandbits
from _random import getstate as _state, setstate as _set_state
from math import log, sqrt, cos, sin, pi, exp, ceil, floor

_kept = None
_magic = 4 * exp(-0.5) / sqrt(2.0)


def _below(n):
    bits = n.bit_length()
    number = getrandbits(bits)
    while number >= n:
        number = getrandbits(bits)
    return number


def randrange(start, stop=None, step=1):
    numbers = range(start) if stop is None else range(start, stop, step)
    if not numbers:
        if stop is None:
            raise ValueError('empty range for randrange()')
        raise ValueError(
            f'empty range for randrange() ({start}, {stop}, {stop - start})')
    return numbers[_below(len(numbers))]


def randint(a, b):
    return randrange(a, b + 1)


def choice(seq):
    if not len(seq):
        raise IndexError('Cannot choose from an empty sequence')
    return seq[_below(len(seq))]


def shuffle(x):
    for i in range(len(x) - 1, 0, -1):
        j = _below(i + 1)
        x[i], x[j] = x[j], x[i]


def sample(population, k):
    n = len(population)
    if not 0 <= k <= n:
        raise ValueError('Sample larger than population or is negative')
    result = []
    room = 21
    if k > 5:
        room += 4 ** ceil(log(k * 3, 4))
    if n <= room:
        pool = list(population)
        for i in range(k):
            j = _below(n - i)
            result.append(pool[j])
            pool[j] = pool[n - i - 1]
        return result
    chosen = set()
    for i in range(k):
        j = _below(n)
        while j in chosen:
            j = _below(n)
        chosen.add(j)
        result.append(population[j])
    return result


def choices(population, weights=None, *, cum_weights=None, k=1):
    n = len(population)
    if weights is None and cum_weights is None:
        return [population[floor(random() * n)] for _ in range(k)]
    if cum_weights is None:
        cum_weights = []
        total = 0
        for weight in weights:
            total += weight
            cum_weights.append(total)
    if len(cum_weights) != n:
        raise ValueError('The number of weights does not match the population')
    result = []
    for _ in range(k):
        point = random() * (cum_weights[-1] + 0.0)
        at = 0
        while at < n - 1 and not point < cum_weights[at]:
            at += 1
        result.append(population[at])
    return result


def uniform(a, b):
    return a + (b - a) * random()


def gauss(mu=0.0, sigma=1.0):
    """By Box and Muller, two at a time."""
    global _kept
    z = _kept
    _kept = None
    if z is None:
        angle = random() * 2 * pi
        radius = sqrt(-2.0 * log(1.0 - random()))
        z = cos(angle) * radius
        _kept = sin(angle) * radius
    return mu + z * sigma


def normalvariate(mu=0.0, sigma=1.0):
    """By Kinderman and Monahan's ratio of uniforms."""
    while True:
        u = random()
        v = 1.0 - random()
        z = _magic * (u - 0.5) / v
        if z * z / 4.0 <= -log(v):
            return mu + z * sigma


def expovariate(lambd=1.0):
    return -log(1.0 - random()) / lambd


_seed = seed


def seed(a=None):
    global _kept
    _kept = None
    _seed(a)


def lognormvariate(mu=0.0, sigma=1.0):
    return exp(normalvariate(mu, sigma))


def triangular(low=0.0, high=1.0, mode=None):
    """By the inverse of the distribution, mirrored above the mode."""
    u = random()
    c = 0.5 if mode is None else (mode - low) / (high - low)
    if u > c:
        u, c, low, high = 1.0 - u, 1.0 - c, high, low
    return low + (high - low) * sqrt(u * c)


def paretovariate(alpha):
    return (1.0 - random()) ** (-1.0 / alpha)


def weibullvariate(alpha, beta):
    return alpha * (-log(1.0 - random())) ** (1.0 / beta)


def getstate():
    return _state(), _kept


def setstate(state):
    global _kept
    _set_state(state[0])
    _kept = state[1]


class Random:
    """A generator of its own: its state takes the place of the module's while
    one of the functions runs."""

    def __init__(self, x=None):
        self._call(seed, x)

    def _call(self, function, *args, **keywords):
        outer = getstate()
        if hasattr(self, '_own'):
            setstate(self._own)
        try:
            return function(*args, **keywords)
        finally:
            self._own = getstate()
            setstate(outer)


def _add_method(name, function):
    def method(self, *args, **keywords):
        return self._call(function, *args, **keywords)
    method.__name__ = name
    setattr(Random, name, method)


for _function in (seed, random, getrandbits, randrange, randint, choice,
                  shuffle, sample, choices, uniform, gauss, normalvariate,
                  expovariate, lognormvariate, triangular, paretovariate,
                  weibullvariate):
    _add_method(_function.__name__, _function)
