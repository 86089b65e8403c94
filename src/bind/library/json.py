# SPDX-License-Identifier: GPL-3.0-or-later
class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        line = doc.count('\n', 0, pos) + 1
        column = pos - doc.rfind('\n', 0, pos)
        super().__init__(f'{msg}: line {line} column {column} (char {pos})')
        self.msg, self.doc, self.pos = msg, doc, pos
        self.lineno, self.colno = line, column


# ------------------------------------------------------------------- writing

_SHORT = {'"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t',
          '\b': '\\b', '\f': '\\f'}


def _quote(text, ascii):
    parts = []
    for c in text:
        code = ord(c)
        if c in _SHORT:
            parts.append(_SHORT[c])
        elif code < 32 or (ascii and 126 < code < 0x10000):
            parts.append(f'\\u{code:04x}')
        elif ascii and code >= 0x10000:
            code -= 0x10000
            parts.append(f'\\u{0xd800 + (code >> 10):04x}'
                         f'\\u{0xdc00 + (code & 0x3ff):04x}')
        else:
            parts.append(c)
    return '"' + ''.join(parts) + '"'


def _number(x):
    if x != x:
        return 'NaN'
    if x in (float('inf'), float('-inf')):
        return 'Infinity' if x > 0 else '-Infinity'
    return repr(float(x)) if isinstance(x, float) else str(int(x))


def _key(key):
    if isinstance(key, str):
        return key
    if key is None or isinstance(key, (bool, int, float)):
        return {None: 'null', True: 'true', False: 'false'}[key] \
            if key is None or isinstance(key, bool) else _number(key)
    raise TypeError('keys must be str, int, float, bool or None, not '
                    + type(key).__name__)


class _Writer:
    def __init__(self, ascii, indent, separators, default, sort_keys):
        self.ascii = ascii
        self.indent = ' ' * indent if isinstance(indent, int) else indent
        if separators is None:
            separators = (', ' if indent is None else ',', ': ')
        self.comma, self.colon = separators
        self.default = default
        self.sort_keys = sort_keys

    def join(self, opening, parts, closing, depth):
        if not parts:
            return opening + closing
        if self.indent is None:
            return opening + self.comma.join(parts) + closing
        start = '\n' + self.indent * (depth + 1)
        return (opening + start + (self.comma + start).join(parts)
                + '\n' + self.indent * depth + closing)

    def text(self, x, depth=0):
        if x is None:
            return 'null'
        if x is True or x is False:
            return 'true' if x else 'false'
        if isinstance(x, str):
            return _quote(x, self.ascii)
        if isinstance(x, (int, float)):
            return _number(x)
        if isinstance(x, (list, tuple)):
            return self.join('[', [self.text(y, depth + 1) for y in x], ']',
                             depth)
        if isinstance(x, dict):
            items = sorted(x.items()) if self.sort_keys else x.items()
            return self.join('{', [_quote(_key(key), self.ascii) + self.colon
                                   + self.text(value, depth + 1)
                                   for key, value in items], '}', depth)
        if self.default is not None:
            return self.text(self.default(x), depth)
        raise TypeError(f'Object of type {type(x).__name__} is not JSON '
                        'serializable')


def dumps(obj, *, ensure_ascii=True, indent=None, separators=None,
          default=None, sort_keys=False):
    return _Writer(ensure_ascii, indent, separators, default,
                   sort_keys).text(obj)


def dump(obj, fp, **keywords):
    fp.write(dumps(obj, **keywords))


# ------------------------------------------------------------------- reading

_ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n',
            'r': '\r', 't': '\t'}
_WORDS = {'null': None, 'true': True, 'false': False, 'NaN': float('nan'),
          'Infinity': float('inf'), '-Infinity': float('-inf')}


class _Reader:
    def __init__(self, text):
        self.text = list(text)  # a string is slow to index
        self.at = 0

    def fail(self, what, at=None):
        raise JSONDecodeError(what, ''.join(self.text),
                              self.at if at is None else at)

    def peek(self):
        while self.at < len(self.text) and self.text[self.at] in ' \t\n\r':
            self.at += 1
        return self.text[self.at] if self.at < len(self.text) else ''

    def value(self):
        c = self.peek()
        if c == '"':
            return self.string()
        if c == '{':
            return self.object()
        if c == '[':
            return self.array()
        for word, value in _WORDS.items():
            if (c == word[0] and
                    ''.join(self.text[self.at:self.at + len(word)]) == word):
                self.at += len(word)
                return value
        return self.number()

    def number(self):
        start = self.at
        while (self.at < len(self.text)
               and self.text[self.at] in '+-.0123456789eE'):
            self.at += 1
        digits = ''.join(self.text[start:self.at])
        try:
            if '.' in digits or 'e' in digits or 'E' in digits:
                return float(digits)
            return int(digits)
        except ValueError:
            self.fail('Expecting value', start)

    def code(self):
        digits = ''.join(self.text[self.at + 1:self.at + 5])
        try:
            number = int(digits, 16)
        except ValueError:
            self.fail('Invalid \\uXXXX escape')
        self.at += 4
        return number

    def string(self):
        start = self.at
        parts = []
        self.at += 1
        while True:
            if self.at >= len(self.text):
                self.fail('Unterminated string starting at', start)
            c = self.text[self.at]
            if c == '"':
                self.at += 1
                return ''.join(parts)
            if c < ' ':
                self.fail('Invalid control character at')
            if c == '\\':
                self.at += 1
                c = self.text[self.at] if self.at < len(self.text) else ''
                if c == 'u':
                    number = self.code()
                    if (0xd800 <= number < 0xdc00 and self.text[
                            self.at + 1:self.at + 3] == ['\\', 'u']):
                        self.at += 2
                        number = (0x10000 + ((number - 0xd800) << 10)
                                  + self.code() - 0xdc00)
                    c = chr(number)
                elif c in _ESCAPES:
                    c = _ESCAPES[c]
                else:
                    self.fail('Invalid \\escape', self.at - 1)
            parts.append(c)
            self.at += 1

    def array(self):
        items = []
        self.at += 1
        if self.peek() == ']':
            self.at += 1
            return items
        while True:
            items.append(self.value())
            c = self.peek()
            if c == ']':
                self.at += 1
                return items
            if c != ',':
                self.fail("Expecting ',' delimiter")
            self.at += 1

    def object(self):
        items = {}
        self.at += 1
        if self.peek() == '}':
            self.at += 1
            return items
        while True:
            if self.peek() != '"':
                self.fail('Expecting property name enclosed in double quotes')
            key = self.string()
            if self.peek() != ':':
                self.fail("Expecting ':' delimiter")
            self.at += 1
            items[key] = self.value()
            c = self.peek()
            if c == '}':
                self.at += 1
                return items
            if c != ',':
                self.fail("Expecting ',' delimiter")
            self.at += 1


def loads(s):
    reader = _Reader(s)
    value = reader.value()
    if reader.peek():
        reader.fail('Extra data')
    return value


def load(fp):
    return loads(fp.read())
