# SPDX-License-Identifier: GPL-3.0-or-later
from math import fsum, sqrt


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


def mode(data):
    counts = {}
    for value in data:
        counts[value] = counts.get(value, 0) + 1
    if not counts:
        raise StatisticsError('no mode for empty data')
    return max(counts, key=counts.get)


def _squares(values):
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
