# SPDX-License-Identifier: GPL-3.0-or-later
"""The known differences: files in tests/differs/.

A file is a reason in prose, an empty line, then rules.  A rule is a line
`code: REGEX`, and after it, if need be, `numpy: REGEX` and `tensor: REGEX` for
what each prints, and `close: NUMBER`: but for the numbers the texts are equal,
and the numbers differ by that relative error at most (what is 1e-13 of the
largest is noise), or `replace: REGEX -> TEXT`: with that done in NumPy's text,
the texts are equal.
"""

import re

NUMBER = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")


class Difference:
    def __init__(self, name, rule):
        self.name = name
        self.rule = rule
        self.uses = 0

    def explains(self, code, wanted, got):
        texts = {"code": code, "numpy": wanted, "tensor": got}
        for key, text in texts.items():
            if key in self.rule and not re.search(self.rule[key], text, re.M):
                return False
        if "replace" in self.rule:
            old, _, new = self.rule["replace"].partition(" -> ")
            if re.sub(old, new, wanted, flags=re.M) != got:
                return False
        if "close" in self.rule and \
                not are_close(wanted, got, float(self.rule["close"])):
            return False
        self.uses += 1
        return True


def are_close(wanted, got, tolerance):
    """But for spaces and numbers; what should be zero may be noise."""
    def words(text):
        return NUMBER.sub("#", re.sub(r"\s+", "", text))

    def numbers(text):
        return [float(number) for number in NUMBER.findall(text)]

    if words(wanted) != words(got):
        return False
    noise = 1e-13 * max((abs(number) for number in numbers(wanted)),
                        default=0)
    return all(abs(a - b) <= tolerance * abs(a) + noise
               for a, b in zip(numbers(wanted), numbers(got)))


def read(folder):
    found = []
    for path in sorted(folder.glob("*.txt")):
        rules = path.read_text(encoding="utf8").split("\n\n", 1)[1]
        for line in rules.splitlines():
            key, _, value = line.partition(": ")
            if key == "code":
                found.append(Difference(path.stem, {}))
            if value:
                found[-1].rule[key] = value
    return found
