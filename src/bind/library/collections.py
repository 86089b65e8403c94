# SPDX-License-Identifier: GPL-3.0-or-later
from _objects import counter as Counter, defaultdict

OrderedDict = dict


class deque:
    def __init__(self, iterable=(), maxlen=None):
        self.maxlen = maxlen
        self._items = []
        self.extend(iterable)

    def append(self, x):
        self._items.append(x)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[0]

    def appendleft(self, x):
        self._items.insert(0, x)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[-1]

    def extend(self, iterable):
        for x in iterable:
            self.append(x)

    def extendleft(self, iterable):
        for x in iterable:
            self.appendleft(x)

    def pop(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop()

    def popleft(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop(0)

    def clear(self):
        self._items.clear()

    def copy(self):
        return deque(self._items, self.maxlen)

    def count(self, x):
        return self._items.count(x)

    def index(self, x):
        return self._items.index(x)

    def remove(self, x):
        self._items.remove(x)

    def reverse(self):
        self._items.reverse()

    def rotate(self, n=1):
        if self._items:
            n = -n % len(self._items)
            self._items = self._items[n:] + self._items[:n]

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __reversed__(self):
        return reversed(self._items)

    def __contains__(self, x):
        return x in self._items

    def __getitem__(self, i):
        if not isinstance(i, int):
            raise TypeError(f"sequence index must be integer, not "
                            f"'{type(i).__name__}'")
        if not -len(self._items) <= i < len(self._items):
            raise IndexError('deque index out of range')
        return self._items[i]

    def __setitem__(self, i, value):
        if not -len(self._items) <= i < len(self._items):
            raise IndexError('deque index out of range')
        self._items[i] = value

    def __eq__(self, other):
        if not isinstance(other, deque):
            return NotImplemented
        return self._items == other._items

    def __iadd__(self, iterable):
        self.extend(iterable)
        return self

    def __repr__(self):
        end = '' if self.maxlen is None else f', maxlen={self.maxlen}'
        return f'deque({self._items}{end})'


def namedtuple(typename, field_names, *, defaults=()):
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    names = tuple(field_names)
    usual = dict(zip(names[len(names) - len(defaults):], defaults))

    class Row:
        _fields = names

        def __init__(self, *args, **keywords):
            if len(args) > len(names):
                raise TypeError(
                    f'{typename}.__new__() takes {len(names) + 1} positional '
                    f'arguments but {len(args) + 1} were given')
            values = {**usual, **dict(zip(names, args)), **keywords}
            for name in keywords:
                if name not in names:
                    raise TypeError(f'{typename}.__new__() got an unexpected '
                                    f"keyword argument '{name}'")
            missing = [repr(name) for name in names if name not in values]
            if missing:
                raise TypeError(
                    f'{typename}.__new__() missing {len(missing)} required '
                    f'positional argument{"s" if missing[1:] else ""}: '
                    + ' and '.join(missing))
            self._values = tuple([values[name] for name in names])

        def __getattr__(self, name):
            if name in names:
                return self._values[names.index(name)]
            raise AttributeError(
                f"'{typename}' object has no attribute '{name}'")

        def _asdict(self):
            return dict(zip(names, self._values))

        def _replace(self, **keywords):
            return Row(**{**self._asdict(), **keywords})

        @classmethod
        def _make(cls, iterable):
            return cls(*iterable)

        def __iter__(self):
            return iter(self._values)

        def __len__(self):
            return len(self._values)

        def __getitem__(self, i):
            return self._values[i]

        def __hash__(self):
            return hash(self._values)

        def __eq__(self, other):
            return self._values == tuple(other)

        def __lt__(self, other):
            return self._values < tuple(other)

        def __add__(self, other):
            return self._values + tuple(other)

        def __repr__(self):
            pairs = [f'{name}={value!r}'
                     for name, value in zip(names, self._values)]
            return f'{typename}({", ".join(pairs)})'

    Row.__name__ = typename
    return Row
