# SPDX-License-Identifier: GPL-3.0-or-later
def abstractmethod(function):
    function.__isabstractmethod__ = True
    return function


def _is_abstract(member):
    if isinstance(member, property):
        member = member.fget
    return getattr(member, '__isabstractmethod__', False)


class ABCMeta(type):
    """The type of classes whose abstract methods have to be defined by those
    below them."""

    def __init__(cls, name, bases, names):
        found = {name for name, member in names.items()
                 if _is_abstract(member)}
        for base in bases:
            for name in getattr(base, '__abstractmethods__', ()):
                if _is_abstract(getattr(cls, name)):
                    found.add(name)
        cls.__abstractmethods__ = tuple(sorted(found))

    def register(cls, other):
        return other


class ABC(metaclass=ABCMeta):
    pass
