# SPDX-License-Identifier: GPL-3.0-or-later
from _objects import new, fields


def copy(x):
    if hasattr(x, '__copy__'):
        return x.__copy__()
    members = fields(x)
    if members is None:
        is_copied = isinstance(x, (list, dict, set)) or hasattr(x, 'dtype')
        return x.copy() if is_copied else x
    twin = new(x)
    for name, value in members.items():
        setattr(twin, name, value)
    return twin


def deepcopy(x, memo=None):
    """Each object once, however often it is found."""
    if memo is None:
        memo = {}
    if id(x) in memo:
        return memo[id(x)][1]
    if hasattr(x, '__deepcopy__'):
        twin = x.__deepcopy__(memo)
    elif isinstance(x, tuple) and fields(x) is None:
        twin = tuple([deepcopy(item, memo) for item in x])
    elif isinstance(x, (list, dict)):
        twin = copy(x)
        memo[id(x)] = (x, twin)
        if isinstance(x, list):
            twin[:] = [deepcopy(item, memo) for item in x]
        else:
            twin.clear()
            for key, value in x.items():
                twin[deepcopy(key, memo)] = deepcopy(value, memo)
    elif isinstance(x, set) or hasattr(x, 'dtype'):
        twin = x.copy()
    elif fields(x) is not None:
        twin = new(x)
        memo[id(x)] = (x, twin)
        for name, value in fields(x).items():
            setattr(twin, name, deepcopy(value, memo))
    else:
        twin = x
    memo[id(x)] = (x, twin)
    return twin
