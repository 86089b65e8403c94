# SPDX-License-Identifier: GPL-3.0-or-later
_none = object()
MISSING = _none


class FrozenInstanceError(AttributeError):
    pass


class _Field:
    def __init__(self, default=_none, default_factory=_none, repr=True,
                 init=True, compare=True):
        self.name = None
        self.default = default
        self.default_factory = default_factory
        self.repr = repr
        self.init = init
        self.compare = compare


def field(*, default=_none, default_factory=_none, repr=True, init=True,
          compare=True, **others):
    return _Field(default, default_factory, repr, init, compare)


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


def _missing(cls, names):
    shown = [repr(name) for name in names]
    text = ' and '.join([', '.join(shown[:-1])] * (len(shown) > 1)
                        + shown[-1:])
    raise TypeError(
        f'{cls.__name__}.__init__() missing {len(names)} required positional '
        f'argument{"s" if len(names) > 1 else ""}: {text}')


def _add_init(cls, all, kw_only):
    names = [name for name, one in all.items() if one.init]
    positional = [] if kw_only else names

    def __init__(self, *args, **keywords):
        if len(args) > len(positional):
            raise TypeError(
                f'{cls.__name__}.__init__() takes {len(positional) + 1} '
                f'positional argument{"s" if positional else ""} but '
                f'{len(args) + 1} were given')
        given = dict(zip(positional, args))
        for name, value in keywords.items():
            if name not in names:
                raise TypeError(f'{cls.__name__}.__init__() got an unexpected '
                                f"keyword argument '{name}'")
            given[name] = value
        missing = []
        for name, one in all.items():
            if name in given:
                value = given[name]
            elif one.default is not _none:
                value = one.default
            elif one.default_factory is not _none:
                value = one.default_factory()
            else:
                if one.init:
                    missing.append(name)
                continue
            object.__setattr__(self, name, value)
        if missing:
            _missing(cls, missing)
        if hasattr(self, '__post_init__'):
            self.__post_init__()

    cls.__init__ = __init__


def _add_order(cls, values):
    def order(compare):
        def method(self, other):
            if type(self) is not type(other):
                return NotImplemented
            return compare(values(self), values(other))
        return method

    cls.__lt__ = order(lambda a, b: a < b)
    cls.__le__ = order(lambda a, b: a <= b)
    cls.__gt__ = order(lambda a, b: a > b)
    cls.__ge__ = order(lambda a, b: a >= b)


def _freeze(cls):
    def __setattr__(self, name, value):
        raise FrozenInstanceError(f'cannot assign to field {name!r}')

    def __delattr__(self, name):
        raise FrozenInstanceError(f'cannot delete field {name!r}')

    cls.__setattr__ = __setattr__
    cls.__delattr__ = __delattr__


def _check_default(name, default):
    if isinstance(default, (list, dict, set)):
        raise ValueError(f'mutable default {type(default)} for field {name} '
                         'is not allowed: use default_factory')


def _decorate(cls, init=True, repr=True, eq=True, order=False, frozen=False,
              unsafe_hash=False, kw_only=False, slots=False,
              match_args=True):
    all = _fields_of(cls)
    cls.__dataclass_fields__ = all
    for name, one in all.items():
        if one.default is not _none:
            _check_default(name, one.default)
            setattr(cls, name, one.default)
        elif name in cls.__dict__:
            delattr(cls, name)
    cls.__match_args__ = tuple([name for name, one in all.items() if one.init])
    if init and '__init__' not in cls.__dict__:
        _add_init(cls, all, kw_only)
    compared = [name for name, one in all.items() if one.compare]
    shown = [name for name, one in all.items() if one.repr]

    def values(x):
        return tuple([getattr(x, name) for name in compared])

    def __repr__(self):
        parts = [f'{name}={getattr(self, name)!r}' for name in shown]
        return f'{type(self).__qualname__}({", ".join(parts)})'

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return values(self) == values(other)

    if repr and '__repr__' not in cls.__dict__:
        cls.__repr__ = __repr__
    if eq and '__eq__' not in cls.__dict__:
        cls.__eq__ = __eq__
    if order:
        _add_order(cls, values)
    if (frozen and eq) or unsafe_hash:
        cls.__hash__ = lambda self: hash(values(self))
    if frozen:
        _freeze(cls)
    return cls


def dataclass(cls=None, **options):
    if cls is None:
        return lambda cls: _decorate(cls, **options)
    return _decorate(cls)


def fields(x):
    return tuple(x.__dataclass_fields__.values())


def is_dataclass(x):
    return hasattr(x, '__dataclass_fields__')


def _plain(value, convert):
    if is_dataclass(value):
        return convert(value)
    if type(value) in (list, tuple):
        return type(value)([_plain(item, convert) for item in value])
    if type(value) is dict:
        return {key: _plain(item, convert) for key, item in value.items()}
    return value


def asdict(x):
    return {name: _plain(getattr(x, name), asdict)
            for name in x.__dataclass_fields__}


def astuple(x):
    return tuple([_plain(getattr(x, name), astuple)
                  for name in x.__dataclass_fields__])


def replace(x, /, **changes):
    return type(x)(**{**{name: getattr(x, name)
                         for name, one in x.__dataclass_fields__.items()
                         if one.init}, **changes})
