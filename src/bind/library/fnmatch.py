# SPDX-License-Identifier: GPL-3.0-or-later
def _one(c, pattern):
    """Does C match the [set] that PATTERN starts with?  With what follows."""
    end = pattern.find(']', 2)
    inside, rest = pattern[1:end], pattern[end + 1:]
    negated = inside.startswith('!')
    found, i = False, int(negated)
    while i < len(inside):
        if i + 2 < len(inside) and inside[i + 1] == '-':
            found = found or inside[i] <= c <= inside[i + 2]
            i += 3
        else:
            found = found or inside[i] == c
            i += 1
    return found != negated, rest


def fnmatch(name, pat):
    while pat:
        if pat[0] == '*':
            return any(fnmatch(name[i:], pat[1:])
                       for i in range(len(name) + 1))
        if not name:
            return False
        if pat[0] == '[' and pat.find(']', 2) > 0:
            good, pat = _one(name[0], pat)
            if not good:
                return False
        elif pat[0] != '?' and pat[0] != name[0]:
            return False
        else:
            pat = pat[1:]
        name = name[1:]
    return not name


fnmatchcase = fnmatch


def filter(names, pat):
    return [name for name in names if fnmatch(name, pat)]
