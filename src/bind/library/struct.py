# SPDX-License-Identifier: GPL-3.0-or-later
import _bytes

_SIZES = {'x': 1, 'c': 1, 'b': 1, 'B': 1, '?': 1, 'h': 2, 'H': 2, 'i': 4,
          'I': 4, 'l': 4, 'L': 4, 'q': 8, 'Q': 8, 'f': 4, 'd': 8, 's': 1}


class error(Exception):
    pass


def _parse(format):
    """The byte order and the (count, letter) pairs."""
    native = not format or format[0] not in '<>!='
    order = 'big' if format[:1] in ('>', '!') else 'little'
    items, count = [], ''
    for c in format if native else format[1:]:
        if c.isdigit():
            count += c
        elif c not in ' @':
            if c not in _SIZES:
                raise error('bad char in struct format')
            size = 8 if native and c in 'lL' else _SIZES[c]
            items.append((int(count) if count else 1, c, size))
            count = ''
    return order, native, items


def _padded(at, native, size):
    return -(-at // size) * size if native else at


def calcsize(format):
    order, native, items = _parse(format)
    at = 0
    for count, letter, size in items:
        at = _padded(at, native, size) + count * size
    return at


def _read(data, letter, order):
    if letter == 'c':
        return data
    if letter == '?':
        return data != b'\x00'
    if letter in 'fd':
        return _bytes.double(data if order == 'little' else data[::-1])
    return int.from_bytes(data, order, signed=letter in 'bhilq')


def unpack_from(format, buffer, offset=0):
    order, native, items = _parse(format)
    values, at = [], offset
    for count, letter, size in items:
        at = _padded(at, native, size)
        if letter == 's':
            values.append(buffer[at:at + count])
            at += count
            continue
        for _ in range(count):
            if letter != 'x':
                values.append(_read(buffer[at:at + size], letter, order))
            at += size
    return tuple(values)


def unpack(format, buffer):
    if len(buffer) != calcsize(format):
        raise error(f'unpack requires a buffer of {calcsize(format)} bytes')
    return unpack_from(format, buffer)


def iter_unpack(format, buffer):
    size = calcsize(format)
    for at in range(0, len(buffer), size):
        yield unpack(format, buffer[at:at + size])


def _write(value, letter, size, order):
    if letter == 'c':
        return value
    if letter == '?':
        return b'\x01' if value else b'\x00'
    if letter in 'fd':
        data = _bytes.float(value) if letter == 'f' else _bytes.double(value)
        return data if order == 'little' else data[::-1]
    if not isinstance(value, int):
        raise error('required argument is not an integer')
    try:
        return value.to_bytes(size, order, signed=letter in 'bhilq')
    except OverflowError:
        raise error('argument out of range')


def pack(format, *values):
    order, native, items = _parse(format)
    wanted = sum([1 if letter == 's' else count
                  for count, letter, size in items if letter != 'x'])
    if len(values) != wanted:
        raise error(f'pack expected {wanted} items for packing '
                    f'(got {len(values)})')
    data, rest = b'', list(values)
    for count, letter, size in items:
        data += bytes(_padded(len(data), native, size) - len(data))
        if letter == 's':
            data += rest.pop(0)[:count].ljust(count, b'\x00')
            continue
        for _ in range(count):
            data += (b'\x00' if letter == 'x' else
                     _write(rest.pop(0), letter, size, order))
    return data
