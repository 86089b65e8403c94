# SPDX-License-Identifier: GPL-3.0-or-later
def _sorted(items):
    try:
        return sorted(items)
    except TypeError:
        return items


def _whole(x, sort):
    """The text on one line."""
    if type(x) is dict:
        items = _sorted(list(x.items())) if sort else list(x.items())
        return '{' + ', '.join([f'{key!r}: {_whole(value, sort)}'
                                for key, value in items]) + '}'
    if type(x) is list:
        return '[' + ', '.join([_whole(item, sort) for item in x]) + ']'
    if type(x) is tuple:
        comma = ',' if len(x) == 1 else ''
        return '(' + ', '.join([_whole(item, sort) for item in x]) + comma + ')'
    return repr(x)


def _format(x, indent, room, sort):
    """INDENT columns stand before, ROOM are left in the line."""
    text = _whole(x, sort)
    if len(text) <= room or type(x) not in (dict, list, tuple) or not x:
        return text
    start = '\n' + ' ' * (indent + 1)
    if type(x) is dict:
        items = _sorted(list(x.items())) if sort else list(x.items())
        parts = []
        for i, (key, value) in enumerate(items):
            head = f'{key!r}: '
            last = i == len(items) - 1
            parts.append(head + _format(value, indent + 1 + len(head),
                                        room - 1 - len(head) - 1, sort))
        return '{' + (',' + start).join(parts) + '}'
    opening, closing = ('[', ']') if type(x) is list else ('(', ')')
    parts = [_format(item, indent + 1, room - 2, sort) for item in x]
    return opening + (',' + start).join(parts) + closing


def pformat(object, indent=1, width=80, depth=None, *, sort_dicts=True):
    return _format(object, 0, width, sort_dicts)


def pprint(object, stream=None, indent=1, width=80, depth=None, *,
           sort_dicts=True):
    print(pformat(object, indent, width, sort_dicts=sort_dicts), file=stream)


def pp(object, *args, sort_dicts=False, **keywords):
    pprint(object, *args, sort_dicts=sort_dicts, **keywords)
