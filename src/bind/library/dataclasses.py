# SPDX-License-Identifier: GPL-3.0-or-later
_none = object()


class _Field:
    def __init__(self, default=_none, default_factory=_none, repr=True):
        self.name = None
        self.default = default
        self.default_factory = default_factory
        self.repr = repr


def field(*, default=_none, default_factory=_none, repr=True, **others):
    return _Field(default, default_factory, repr)


def _fields_of(cls):
    """By name; those of the bases come first."""
    found = {}
    for each in reversed(cls.__mro__):
        for name in each.__dict__.get('__annotations__', {}):
            value = each.__dict__.get(name, _none)
            if not isinstance(value, _Field):
                value = _Field(value)
            value.name = name
            found[name] = value
    return found


def _add_init(cls, all):
    names = list(all)

    def __init__(self, *args, **keywords):
        if len(args) > len(names):
            raise TypeError(
                f'{cls.__name__}.__init__() takes {len(names) + 1} positional '
                f'arguments but {len(args) + 1} were given')
        given = dict(zip(names, args))
        for name, value in keywords.items():
            if name not in all:
                raise TypeError(f'{cls.__name__}.__init__() got an unexpected '
                                f"keyword argument '{name}'")
            given[name] = value
        for name, one in all.items():
            if name in given:
                value = given[name]
            elif one.default is not _none:
                value = one.default
            elif one.default_factory is not _none:
                value = one.default_factory()
            else:
                raise TypeError(f'{cls.__name__}.__init__() missing 1 required '
                                f"positional argument: '{name}'")
            setattr(self, name, value)
        if hasattr(self, '__post_init__'):
            self.__post_init__()

    cls.__init__ = __init__


def _values(x):
    return tuple([getattr(x, name) for name in x.__dataclass_fields__])


def _decorate(cls, order):
    all = _fields_of(cls)
    cls.__dataclass_fields__ = all
    for name, one in all.items():
        if one.default is not _none:
            setattr(cls, name, one.default)
    if '__init__' not in cls.__dict__:
        _add_init(cls, all)

    def __repr__(self):
        parts = [f'{name}={getattr(self, name)!r}'
                 for name, one in all.items() if one.repr]
        return f'{type(self).__name__}({", ".join(parts)})'

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return _values(self) == _values(other)

    def __lt__(self, other):
        return _values(self) < _values(other)

    if '__repr__' not in cls.__dict__:
        cls.__repr__ = __repr__
    if '__eq__' not in cls.__dict__:
        cls.__eq__ = __eq__
    if order:
        cls.__lt__ = __lt__
    return cls


def dataclass(cls=None, *, order=False, **others):
    if cls is None:
        return lambda cls: _decorate(cls, order)
    return _decorate(cls, order)


def fields(x):
    return tuple(x.__dataclass_fields__.values())


def asdict(x):
    return {name: asdict(value) if hasattr(value, '__dataclass_fields__')
            else value
            for name in x.__dataclass_fields__
            for value in [getattr(x, name)]}


def replace(x, **changes):
    return type(x)(**{**{name: getattr(x, name)
                         for name in x.__dataclass_fields__}, **changes})
