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

    def __repr__(self):
        parts = [repr(self.func), *map(repr, self.args)]
        parts += [f'{name}={value!r}' for name, value in self.keywords.items()]
        return f'functools.partial({", ".join(parts)})'


class partialmethod:
    def __init__(self, func, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords

    def __get__(self, object, owner):
        return partial(self.func, object, *self.args, **self.keywords)


class cached_property:
    def __init__(self, func):
        self.func = func

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, object, owner):
        if object is None:
            return self
        value = object.__dict__[self.name] = self.func(object)
        return value


def total_ordering(cls):
    if '__lt__' in cls.__dict__:
        cls.__gt__ = lambda a, b: not (a < b or a == b)
        cls.__le__ = lambda a, b: a < b or a == b
        cls.__ge__ = lambda a, b: not a < b
    elif '__gt__' in cls.__dict__:
        cls.__lt__ = lambda a, b: not (a > b or a == b)
        cls.__ge__ = lambda a, b: a > b or a == b
        cls.__le__ = lambda a, b: not a > b
    elif '__le__' in cls.__dict__:
        cls.__ge__ = lambda a, b: not a <= b or a == b
        cls.__lt__ = lambda a, b: a <= b and not a == b
        cls.__gt__ = lambda a, b: not a <= b
    else:
        cls.__le__ = lambda a, b: not a >= b or a == b
        cls.__gt__ = lambda a, b: a >= b and not a == b
        cls.__lt__ = lambda a, b: not a >= b
    return cls


def singledispatch(function):
    found = {}

    @wraps(function)
    def call(first, *args, **keywords):
        for type, chosen in found.items():
            if isinstance(first, type):
                return chosen(first, *args, **keywords)
        return function(first, *args, **keywords)

    def register(type, chosen=None):
        if chosen is None:
            return lambda chosen: register(type, chosen)
        found[type] = chosen
        return chosen
    call.register = register
    return call


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
        hits = misses = 0

        @wraps(function)
        def cached(*args, **keywords):
            nonlocal hits, misses
            key = (args, tuple(sorted(keywords.items())))
            if key in results:
                hits += 1
                result = results.pop(key)
            else:
                misses += 1
                result = function(*args, **keywords)
                if maxsize is not None and len(results) >= maxsize:
                    for oldest in results:
                        break
                    del results[oldest]
            results[key] = result
            return result

        def cache_clear():
            nonlocal hits, misses
            results.clear()
            hits = misses = 0

        def cache_info():
            from collections import namedtuple
            Info = namedtuple('CacheInfo', 'hits misses maxsize currsize')
            return Info(hits, misses, maxsize, len(results))
        cached.cache_clear = cache_clear
        cached.cache_info = cache_info
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
