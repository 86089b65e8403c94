# SPDX-License-Identifier: GPL-3.0-or-later
def wrap(text, width=70, initial_indent='', subsequent_indent='', **others):
    lines, line, indent = [], [], initial_indent
    for word in text.split():
        if line and len(indent) + len(' '.join(line + [word])) > width:
            lines.append(indent + ' '.join(line))
            line, indent = [], subsequent_indent
        line.append(word)
    return lines + [indent + ' '.join(line)] if line else lines


def fill(text, width=70, **options):
    return '\n'.join(wrap(text, width, **options))


def shorten(text, width, placeholder=' [...]'):
    words = text.split()
    if len(' '.join(words)) <= width:
        return ' '.join(words)
    while words and len(' '.join(words) + placeholder) > width:
        words.pop()
    return ' '.join(words) + placeholder if words else placeholder.strip()


def dedent(text):
    lines = text.split('\n')
    blanks = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    common = min(blanks, default=0)
    return '\n'.join([line[common:] if line.strip() else ''
                      for line in lines])


def indent(text, prefix):
    return ''.join([prefix + line if line.strip() else line
                    for line in text.splitlines(True)])
