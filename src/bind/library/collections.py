# SPDX-License-Identifier: GPL-3.0-or-later
from _objects import counter as Counter, defaultdict


class OrderedDict(dict):
    def move_to_end(self, key, last=True):
        value = self.pop(key)
        rest = [] if last else list(self.items())
        if rest:
            self.clear()
        self[key] = value
        self.update(rest)

    def popitem(self, last=True):
        if not self:
            raise KeyError('dictionary is empty')
        key = list(self)[-1 if last else 0]
        return key, self.pop(key)

    def copy(self):
        return OrderedDict(self)

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return list(self.items()) == list(other.items())
        return dict(self) == other

    def __repr__(self):
        items = str(list(self.items())) if self else ''
        return f'OrderedDict({items})'


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


def _row_class(typename, names, defaults):
    """A tuple whose items have names, which is all that a named tuple is."""
    usual = dict(zip(names[len(names) - len(defaults):], defaults))

    def __new__(cls, *args, **keywords):
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
        return tuple.__new__(cls, [values[name] for name in names])

    def _replace(self, **keywords):
        return type(self)(**{**self._asdict(), **keywords})

    def __repr__(self):
        pairs = [f'{name}={value!r}' for name, value in zip(names, self)]
        return f'{type(self).__name__}({", ".join(pairs)})'

    def item(i):
        return property(lambda self: self[i])

    return type(typename, (tuple,), {
        **{name: item(i) for i, name in enumerate(names)},
        '_fields': names,
        '_field_defaults': usual,
        '__new__': __new__,
        '__match_args__': names,
        '_asdict': lambda self: dict(zip(names, self)),
        '_replace': _replace,
        '_make': classmethod(lambda cls, iterable: cls(*iterable)),
        '__repr__': __repr__})


def namedtuple(typename, field_names, *, rename=False, defaults=(),
               module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    return _row_class(typename, tuple(field_names), tuple(defaults))


class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for each in self.maps:
            if key in each:
                return each[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        del self.maps[0][key]

    def __contains__(self, key):
        return any(key in each for each in self.maps)

    def __iter__(self):
        joined = {}
        for each in reversed(self.maps):
            joined.update(each)
        return iter(joined)

    def __len__(self):
        return len(set().union(*self.maps))

    def keys(self):
        return list(self)

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]

    def get(self, key, default=None):
        return self[key] if key in self else default

    def new_child(self, m=None):
        return ChainMap({} if m is None else m, *self.maps)

    @property
    def parents(self):
        return ChainMap(*self.maps[1:])

    def __repr__(self):
        return f'ChainMap({", ".join(map(repr, self.maps))})'


class UserDict(dict):
    @property
    def data(self):
        return self


class UserList(list):
    @property
    def data(self):
        return self
