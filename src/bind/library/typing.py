# SPDX-License-Identifier: GPL-3.0-or-later
# Names for annotations, which are read and dropped.
class _Form:
    def __init__(self, name):
        self._name = name

    def __getitem__(self, parameters):
        return self

    def __call__(self, *args, **keywords):
        return self

    def __mro_entries__(self, bases):
        return ()

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self

    def __repr__(self):
        return 'typing.' + self._name


Any = _Form('Any')
AnyStr = _Form('AnyStr')
Annotated = _Form('Annotated')
AsyncIterator = _Form('AsyncIterator')
Awaitable = _Form('Awaitable')
Callable = _Form('Callable')
ClassVar = _Form('ClassVar')
Collection = _Form('Collection')
Concatenate = _Form('Concatenate')
Container = _Form('Container')
Counter = _Form('Counter')
DefaultDict = _Form('DefaultDict')
Deque = _Form('Deque')
Dict = _Form('Dict')
Final = _Form('Final')
FrozenSet = _Form('FrozenSet')
Generator = _Form('Generator')
Hashable = _Form('Hashable')
Iterable = _Form('Iterable')
Iterator = _Form('Iterator')
List = _Form('List')
Literal = _Form('Literal')
Mapping = _Form('Mapping')
MutableMapping = _Form('MutableMapping')
MutableSequence = _Form('MutableSequence')
NoReturn = _Form('NoReturn')
Never = _Form('Never')
Optional = _Form('Optional')
OrderedDict = _Form('OrderedDict')
ParamSpec = _Form('ParamSpec')
Self = _Form('Self')
Sequence = _Form('Sequence')
Set = _Form('Set')
Sized = _Form('Sized')
SupportsFloat = _Form('SupportsFloat')
SupportsInt = _Form('SupportsInt')
Text = _Form('Text')
Tuple = _Form('Tuple')
Type = _Form('Type')
TypeAlias = _Form('TypeAlias')
TypeVar = _Form('TypeVar')
Union = _Form('Union')


class Generic:
    def __class_getitem__(cls, parameters):
        return cls


class Protocol(Generic):
    pass


class _TypedRow(type):
    def __new__(mcs, name, bases, names):
        from collections import _row_class
        if not names.get('__annotations__'):
            return super().__new__(mcs, name, bases, names)
        fields = tuple(names['__annotations__'])
        usual = [names[field] for field in fields if field in names]
        row = _row_class(name, fields, usual)
        for key, value in names.items():
            if key not in fields and key not in ('__module__',
                                                 '__annotations__'):
                setattr(row, key, value)
        return row


class NamedTuple(metaclass=_TypedRow):
    pass


class TypedDict(dict):
    pass


TYPE_CHECKING = False


def cast(typ, val):
    return val


def NewType(name, tp):
    return lambda value: value


def overload(func):
    return func


def final(func):
    return func


def runtime_checkable(cls):
    return cls


def get_type_hints(obj):
    return dict(getattr(obj, '__annotations__', {}))
