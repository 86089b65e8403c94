# SPDX-License-Identifier: GPL-3.0-or-later
def add(a, b):
    return a + b


def sub(a, b):
    return a - b


def mul(a, b):
    return a * b


def truediv(a, b):
    return a / b


def floordiv(a, b):
    return a // b


def mod(a, b):
    return a % b


def pow(a, b):
    return a ** b


def matmul(a, b):
    return a @ b


def neg(a):
    return -a


def not_(a):
    return not a


def eq(a, b):
    return a == b


def ne(a, b):
    return a != b


def lt(a, b):
    return a < b


def le(a, b):
    return a <= b


def gt(a, b):
    return a > b


def ge(a, b):
    return a >= b


def contains(a, b):
    return b in a


def getitem(a, b):
    return a[b]


def itemgetter(*items):
    if len(items) == 1:
        return lambda x: x[items[0]]
    return lambda x: tuple([x[item] for item in items])


def attrgetter(*names):
    if len(names) == 1:
        return lambda x: getattr(x, names[0])
    return lambda x: tuple([getattr(x, name) for name in names])


def methodcaller(name, *args, **keywords):
    return lambda x: getattr(x, name)(*args, **keywords)
