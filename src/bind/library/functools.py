# SPDX-License-Identifier: GPL-3.0-or-later
_none = object()


def reduce(function, iterable, initial=_none):
    items = iter(iterable)
    total = next(items, _none) if initial is _none else initial
    if total is _none:
        raise TypeError('reduce() of empty iterable with no initial value')
    for item in items:
        total = function(total, item)
    return total


class partial:
    def __init__(self, func, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})


def wraps(wrapped):
    def rename(wrapper):
        wrapper.__name__ = getattr(wrapped, '__name__', None)
        wrapper.__doc__ = getattr(wrapped, '__doc__', None)
        wrapper.__wrapped__ = wrapped
        return wrapper
    return rename


def lru_cache(maxsize=128, typed=False):
    def remember(function):
        results = {}

        @wraps(function)
        def cached(*args, **keywords):
            key = (args, tuple(sorted(keywords.items())))
            if key in results:
                result = results.pop(key)
            else:
                result = function(*args, **keywords)
                if maxsize is not None and len(results) >= maxsize:
                    for oldest in results:
                        break
                    del results[oldest]
            results[key] = result
            return result
        return cached
    if callable(maxsize):
        function, maxsize = maxsize, 128
        return remember(function)
    return remember


def cache(function):
    return lru_cache(None)(function)


def cmp_to_key(compare):
    class Key:
        def __init__(self, value):
            self.value = value

        def __lt__(self, other):
            return compare(self.value, other.value) < 0

        def __eq__(self, other):
            return compare(self.value, other.value) == 0
    return Key
