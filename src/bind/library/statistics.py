# SPDX-License-Identifier: GPL-3.0-or-later
from collections import namedtuple
from math import exp, fsum, log, sqrt

_Line = namedtuple('LinearRegression', 'slope intercept')


class StatisticsError(ValueError):
    pass


def _values(data, least, name):
    values = list(data)
    if len(values) < least:
        raise StatisticsError(
            f'{name} requires at least '
            f'{"one data point" if least == 1 else "two data points"}')
    return values


def _whole(values, number):
    """A whole result of whole numbers is an int, as Python has it."""
    ints = all(isinstance(value, int) for value in values)
    return int(number) if ints and number == int(number) else number


def mean(data):
    values = _values(data, 1, 'mean')
    return _whole(values, fsum(values) / len(values))


def fmean(data):
    values = _values(data, 1, 'fmean')
    return fsum(values) / len(values)


def median(data):
    values = sorted(data)
    n = len(values)
    if n == 0:
        raise StatisticsError('no median for empty data')
    if n % 2:
        return values[n // 2]
    return (values[n // 2 - 1] + values[n // 2]) / 2


def median_low(data):
    values = sorted(data)
    if not values:
        raise StatisticsError('no median for empty data')
    return values[(len(values) - 1) // 2]


def median_high(data):
    values = sorted(data)
    if not values:
        raise StatisticsError('no median for empty data')
    return values[len(values) // 2]


def quantiles(data, *, n=4, method='exclusive'):
    values = sorted(data)
    if len(values) < 2:
        raise StatisticsError('must have at least two data points')
    inclusive = method == 'inclusive'
    count = len(values)
    m = count - 1 if inclusive else count + 1
    cuts = []
    for i in range(1, n):
        if inclusive:
            j, delta = divmod(i * m, n)
            low, high = values[j], values[j + 1]
        else:
            j = min(max(i * m // n, 1), count - 1)
            delta = i * m - j * n
            low, high = values[j - 1], values[j]
        cuts.append((low * (n - delta) + high * delta) / n)
    return cuts


def multimode(data):
    counts = {}
    for value in data:
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def harmonic_mean(data):
    values = _values(data, 1, 'harmonic_mean')
    if 0 in values:
        return 0
    return len(values) / fsum([1 / value for value in values])


def geometric_mean(data):
    values = _values(data, 1, 'geometric_mean')
    return exp(fsum([log(value) for value in values]) / len(values))


def _products(x, y):
    """The sums of the squares and products of the distances to the means."""
    if len(x) != len(y):
        raise StatisticsError('both inputs must have the same number of data '
                              'points')
    if len(x) < 2:
        raise StatisticsError('at least two data points are required')
    xbar, ybar = fsum(x) / len(x), fsum(y) / len(y)
    return (fsum([(a - xbar) ** 2 for a in x]),
            fsum([(b - ybar) ** 2 for b in y]),
            fsum([(a - xbar) * (b - ybar) for a, b in zip(x, y)]), xbar, ybar)


def covariance(x, y):
    return _products(x, y)[2] / (len(x) - 1)


def correlation(x, y):
    sxx, syy, sxy, xbar, ybar = _products(x, y)
    if sxx * syy == 0:
        raise StatisticsError('at least one of the inputs is constant')
    return sxy / sqrt(sxx * syy)


def linear_regression(x, y):
    sxx, syy, sxy, xbar, ybar = _products(x, y)
    slope = sxy / sxx
    return _Line(slope, ybar - slope * xbar)


def mode(data):
    counts = {}
    for value in data:
        counts[value] = counts.get(value, 0) + 1
    if not counts:
        raise StatisticsError('no mode for empty data')
    return max(counts, key=counts.get)


def _squares(values):
    if all(isinstance(value, int) for value in values):
        n, total = len(values), sum(values)
        return (n * sum([value * value for value in values])
                - total * total) / n
    middle = fsum(values) / len(values)
    return fsum([(value - middle) ** 2 for value in values])


def variance(data):
    values = _values(data, 2, 'variance')
    return _whole(values, _squares(values) / (len(values) - 1))


def pvariance(data):
    values = _values(data, 1, 'pvariance')
    return _whole(values, _squares(values) / len(values))


def stdev(data):
    values = _values(data, 2, 'stdev')
    return sqrt(_squares(values) / (len(values) - 1))


def pstdev(data):
    values = _values(data, 1, 'pstdev')
    return sqrt(_squares(values) / len(values))
