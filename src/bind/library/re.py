# SPDX-License-Identifier: GPL-3.0-or-later
from _re import compile as _compile, names as _names, scan as _scan

I = IGNORECASE = 2
M = MULTILINE = 8
S = DOTALL = 16
U = UNICODE = 32
X = VERBOSE = 64
A = ASCII = 256

_SEARCH, _MATCH, _FULL = 0, 1, 2


class error(Exception):
    pass


class Match:
    def __init__(self, pattern, string, spans):
        self.re, self.string, self._spans = pattern, string, spans

    def _number(self, group):
        if isinstance(group, str):
            if group not in self.re.groupindex:
                raise IndexError('no such group')
            return self.re.groupindex[group]
        if not 0 <= group <= self.re.groups:
            raise IndexError('no such group')
        return group

    def _one(self, group, default=None):
        start, end = self.span(group)
        return default if start < 0 else self.string[start:end]

    def group(self, *groups):
        if len(groups) > 1:
            return tuple([self._one(group) for group in groups])
        return self._one(groups[0] if groups else 0)

    def __getitem__(self, group):
        return self._one(group)

    def groups(self, default=None):
        return tuple([self._one(i, default)
                      for i in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        return {name: self._one(i, default)
                for name, i in self.re.groupindex.items()}

    def span(self, group=0):
        i = self._number(group)
        return self._spans[2 * i], self._spans[2 * i + 1]

    def start(self, group=0):
        return self.span(group)[0]

    def end(self, group=0):
        return self.span(group)[1]

    @property
    def lastindex(self):
        taken = [i for i in range(1, self.re.groups + 1)
                 if self._spans[2 * i] >= 0]
        return max(taken, key=lambda i: self._spans[2 * i + 1], default=None)

    def expand(self, template):
        return _fill(_parts(template, self.re), self)

    def __repr__(self):
        return (f'<re.Match object; span={self.span()}, '
                f'match={self.group()!r}>')


def _parts(template, pattern):
    """Literal text and the numbers of groups, in turns."""
    parts, text, i = [], '', 0
    while i < len(template):
        c = template[i]
        i += 1
        if c != '\\' or i == len(template):
            text += c
            continue
        c = template[i]
        i += 1
        if c == 'g' and template[i:i + 1] == '<':
            end = template.find('>', i)
            name = template[i + 1:end]
            i = end + 1
            if not name.isdigit() and name not in pattern.groupindex:
                raise IndexError(f'unknown group name {name!r}')
            group = (int(name) if name.isdigit()
                     else pattern.groupindex[name])
        elif c.isdigit() and c != '0':
            group = int(c)
            if template[i:i + 1].isdigit():
                group = group * 10 + int(template[i])
                i += 1
        else:
            escapes = {'n': '\n', 't': '\t', 'r': '\r', '\\': '\\'}
            if c not in escapes and c.isalpha():
                raise error(f'bad escape \\{c} at position {i - 2}')
            text += escapes.get(c, '\\' + c)
            continue
        if group > pattern.groups:
            raise error(f'invalid group reference {group} at position {i - 1}')
        parts.append(text)
        parts.append(group)
        text = ''
    return parts + [text]


def _fill(parts, match):
    return ''.join([match._one(part, '') if isinstance(part, int) else part
                    for part in parts])


class Pattern:
    def __init__(self, pattern, flags):
        try:
            self._program = _compile(pattern, flags)
        except ValueError as failure:
            raise error(str(failure))
        names = _names(self._program)
        self.pattern, self.flags, self.groups = pattern, flags, len(names)
        self.groupindex = {name: i for i, name in enumerate(names, 1)
                           if name is not None}

    def _matches(self, string, how=_SEARCH, limit=0, pos=0):
        return [Match(self, string, spans)
                for spans in _scan(self._program, string, pos, how, limit)]

    def _first(self, string, how, pos):
        found = self._matches(string, how, 1, pos)
        return found[0] if found else None

    def match(self, string, pos=0):
        return self._first(string, _MATCH, pos)

    def fullmatch(self, string, pos=0):
        return self._first(string, _FULL, pos)

    def search(self, string, pos=0):
        return self._first(string, _SEARCH, pos)

    def finditer(self, string, pos=0):
        return iter(self._matches(string, pos=pos))

    def findall(self, string, pos=0):
        spans = _scan(self._program, string, pos, _SEARCH, 0)
        if self.groups == 0:
            return [string[span[0]:span[1]] for span in spans]
        found = [Match(self, string, span).groups('') for span in spans]
        return [groups[0] for groups in found] if self.groups == 1 else found

    def subn(self, repl, string, count=0):
        parts = None if callable(repl) else _parts(repl, self)
        pieces, at = [], 0
        matches = self._matches(string, limit=count)
        for match in matches:
            start, end = match.span()
            pieces.append(string[at:start])
            pieces.append(repl(match) if parts is None
                          else _fill(parts, match))
            at = end
        return ''.join(pieces) + string[at:], len(matches)

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def split(self, string, maxsplit=0):
        pieces, at = [], 0
        for match in self._matches(string, limit=maxsplit):
            start, end = match.span()
            pieces.append(string[at:start])
            pieces.extend(match.groups())
            at = end
        return pieces + [string[at:]]

    def __repr__(self):
        names = [(2, 'IGNORECASE'), (8, 'MULTILINE'), (16, 'DOTALL'),
                 (64, 'VERBOSE')]
        flags = '|'.join(['re.' + name for bit, name in names
                          if self.flags & bit])
        return f're.compile({self.pattern!r}{", " + flags if flags else ""})'


_known = {}


def compile(pattern, flags=0):
    if isinstance(pattern, Pattern):
        return pattern
    flags = int(flags)
    if (pattern, flags) not in _known:
        if len(_known) > 100:
            _known.clear()
        _known[pattern, flags] = Pattern(pattern, flags)
    return _known[pattern, flags]


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def escape(pattern):
    special = '()[]{}?*+-|^$\\.&~# \t\n\r\v\f'
    return ''.join(['\\' + c if c in special else c for c in pattern])
