# SPDX-License-Identifier: GPL-3.0-or-later
# Names for annotations, which are read and dropped.
class _Form:
    def __init__(self, name):
        self._name = name

    def __getitem__(self, parameters):
        return self

    def __call__(self, *args, **keywords):
        return self

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self

    def __repr__(self):
        return 'typing.' + self._name


Any = _Form('Any')
Callable = _Form('Callable')
ClassVar = _Form('ClassVar')
Dict = _Form('Dict')
Final = _Form('Final')
Generator = _Form('Generator')
Generic = _Form('Generic')
Iterable = _Form('Iterable')
Iterator = _Form('Iterator')
List = _Form('List')
Literal = _Form('Literal')
Mapping = _Form('Mapping')
Optional = _Form('Optional')
Sequence = _Form('Sequence')
Set = _Form('Set')
Tuple = _Form('Tuple')
Type = _Form('Type')
TypeVar = _Form('TypeVar')
Union = _Form('Union')


def cast(typ, value):
    return value
