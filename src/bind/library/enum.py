# SPDX-License-Identifier: GPL-3.0-or-later
class auto:
    pass


class _Unique:
    def __call__(self, cls):
        seen = {}
        for name, member in cls.__members__.items():
            if member.name != name:
                raise ValueError(f'duplicate values found in {cls!r}: '
                                 f'{name} -> {member.name}')
        return cls


unique = _Unique()


def _is_member(name, value):
    return not (name.startswith('_') or callable(value)
                or hasattr(value, '__get__')
                or isinstance(value, (property, staticmethod, classmethod)))


class EnumMeta(type):
    def __init__(cls, name, bases, names):
        cls._members = {}
        cls._by_value = []
        count = 0
        for name, value in names.items():
            if not _is_member(name, value):
                continue
            if isinstance(value, auto):
                value = cls._generate_next_value_(
                    name, 1, count, [member.value for member in cls])
            count += 1
            cls._add(name, value)

    def _add(cls, name, value):
        for member in cls._members.values():
            if member._value_ == value:
                cls._members[name] = member  # another name for it
                setattr(cls, name, member)
                return
        args = value if isinstance(value, tuple) else (value,)
        if issubclass(cls, (int, str, float)):
            member = cls.__new__(cls, *args)
        else:
            member = object.__new__(cls)
        member._name_ = name
        member._value_ = value
        if '__init__' in cls.__dict__:
            member.__init__(*args)
        cls._members[name] = member
        setattr(cls, name, member)

    def __call__(cls, value, names=None):
        if names is not None:
            if isinstance(names, str):
                names = names.replace(',', ' ').split()
            return EnumMeta._make(cls, value, names)
        if isinstance(value, cls):
            return value
        for member in cls._members.values():
            if member._value_ == value:
                return member
        raise ValueError(f'{value!r} is not a valid {cls.__name__}')

    def _make(cls, typename, names):
        made = type(typename, (cls,), {})
        made._members = {}
        for number, name in enumerate(names, 1):
            made._add(name, number)
        return made

    def __getitem__(cls, name):
        if name not in cls._members:
            raise KeyError(name)
        return cls._members[name]

    def __iter__(cls):
        return iter([member for name, member in cls._members.items()
                     if member._name_ == name])

    def __len__(cls):
        return len(list(iter(cls)))

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            raise TypeError("unsupported operand type(s) for 'in': "
                            f"'{type(member).__name__}' and 'EnumType'")
        return isinstance(member, cls)

    def __repr__(cls):
        return f"<enum '{cls.__name__}'>"

    @property
    def __members__(cls):
        return dict(cls._members)


class Enum(metaclass=EnumMeta):
    def _generate_next_value_(name, start, count, last_values):
        return max(last_values) + 1 if last_values else start

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f'<{type(self).__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        return f'{type(self).__name__}.{self._name_}'

    def __hash__(self):
        is_value = isinstance(self, (int, str, float))
        return hash(self._value_ if is_value else self._name_)

    def __format__(self, spec):
        return format(str(self), spec)


class _Plain:
    """Shown as the value it is."""

    def __str__(self):
        return str(self._value_)


class IntEnum(_Plain, int, Enum):
    pass


class StrEnum(_Plain, str, Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class Flag(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return 2 * max(last_values) if last_values else start

    def _join(self, value):
        for member in type(self):
            if member._value_ == value:
                return member
        joined = object.__new__(type(self))
        joined._value_ = value
        joined._name_ = '|'.join([member._name_ for member in type(self)
                                  if value & member._value_]) or '0'
        return joined

    def __or__(self, other):
        return self._join(self._value_ | other._value_)

    def __and__(self, other):
        return self._join(self._value_ & other._value_)

    def __xor__(self, other):
        return self._join(self._value_ ^ other._value_)

    def __contains__(self, other):
        return self._value_ & other._value_ == other._value_

    def __bool__(self):
        return self._value_ != 0

    def __eq__(self, other):
        return type(self) is type(other) and self._value_ == other._value_

    def __hash__(self):
        return hash(self._value_)


class IntFlag(Flag):
    def __int__(self):
        return self._value_
