# SPDX-License-Identifier: GPL-3.0-or-later
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
whitespace = ' \t\n\r\x0b\x0c'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or ' ').join([word.capitalize() for word in s.split(sep)])


class Template:
    def __init__(self, template):
        self.template = template

    def _fill(self, values, safe):
        parts, rest = [], self.template
        while '$' in rest:
            before, _, rest = rest.partition('$')
            parts.append(before)
            if rest.startswith('$'):
                parts.append('$')
                rest = rest[1:]
                continue
            braced = rest.startswith('{')
            end = int(braced)
            while end < len(rest) and (rest[end].isalnum()
                                       or rest[end] == '_'):
                end += 1
            name = rest[int(braced):end]
            end += braced
            if name in values:
                parts.append(str(values[name]))
            elif safe:
                parts.append('$' + rest[:end])
            else:
                raise KeyError(name)
            rest = rest[end:]
        return ''.join(parts) + rest

    def substitute(self, mapping={}, **keywords):
        return self._fill({**mapping, **keywords}, False)

    def safe_substitute(self, mapping={}, **keywords):
        return self._fill({**mapping, **keywords}, True)
