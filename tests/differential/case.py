# SPDX-License-Identifier: GPL-3.0-or-later
"""A case: statements built at random, each part tried in NumPy first.

Only the statement that is tested may fail.  A part whose value has a type that
the program does not have (complex numbers, float16, objects) is not used.
"""

import contextlib
import random
import warnings
from dataclasses import dataclass

import numpy as np

DTYPES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16",
          "uint32", "uint64", "float32", "float64"]
SHAPES = [(), (1,), (2,), (3,), (3,), (4,), (5,), (0,), (2, 3), (2, 3),
          (3, 2), (3, 1), (1, 3), (3, 3), (3, 3), (4, 4), (2, 0), (0, 3),
          (3, 4), (2, 3, 4), (2, 2, 2), (2, 1, 3), (1, 1, 1), (2, 0, 3),
          (1, 2, 1, 3), (7,), (12,), (6, 2)]
LARGE_SHAPES = [(40,), (150,), (1001,), (9, 17), (60, 20), (3, 400),
                (8, 8, 8), (33, 33)]
LIMIT = 4000  # elements


class Unusable(Exception):
    """This part cannot be used; another is to be tried."""


def is_supported(value):
    if isinstance(value, (bool, float, str, type(None), slice)):
        return True
    if isinstance(value, int):
        return -2**63 <= value < 2**63
    if isinstance(value, (np.ndarray, np.generic)):
        return value.dtype.name in DTYPES and value.size <= LIMIT
    if isinstance(value, np.dtype):
        return value.name in DTYPES
    if isinstance(value, (tuple, list)):
        return all(is_supported(item) for item in value)
    return value is Ellipsis or isinstance(value, (type, range))


@dataclass
class Node:
    text: str
    value: object

    @property
    def atom(self):
        """The text where an operand of any operator may stand."""
        simple = self.text.replace(".", "").replace("_", "").isalnum()
        return self.text if simple and not self.text[0].isdigit() \
            else f"({self.text})"


class Case:
    def __init__(self, seed, table):
        self.random = random.Random(seed)
        self.table = table
        self.setup = []  # lines that succeed
        self.lines = []  # those that are compared
        self.env = {"np": np}

    # ------------------------------------------------------------- choosing

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, items):
        return self.random.choice(items)

    # ----------------------------------------------------------- evaluating

    def evaluate(self, text):
        """The value, without a word."""
        with warnings.catch_warnings(), np.errstate(all="ignore"), \
                contextlib.redirect_stdout(None):
            warnings.simplefilter("ignore")
            return eval(text, self.env)

    def node(self, text):
        """TEXT with its value; Unusable when it fails."""
        try:
            value = self.evaluate(text)
        except Exception as error:
            raise Unusable(text) from error
        if not is_supported(value):
            raise Unusable(text)
        return Node(text, value)

    def may_test(self, text):
        """May the expression be compared?  It may fail, but not leave the
        types there are."""
        try:
            return is_supported(self.evaluate(text))
        except Exception:
            return True

    def name(self, node, copy=False):
        """Gives NODE a name in the setup."""
        name = "abcdefghjkmnpqrstuvwxyz"[len(self.env) - 2]
        text = f"{node.text}.copy()" if copy else node.text
        self.setup.append(f"{name} = {text}")
        exec(self.setup[-1], self.env)
        return Node(name, self.env[name])

    def test(self, text):
        try:
            compile(text, "<case>", "single")
        except SyntaxError as error:
            raise Unusable(text) from error
        self.lines.append(text)

    def test_expression(self, text):
        if not self.may_test(text):
            raise Unusable(text)
        self.test(text)

    def attempt(self, function, *arguments):
        """FUNCTION until it gives something usable."""
        for _ in range(30):
            try:
                return function(*arguments)
            except Unusable:
                continue
        raise Unusable(function.__name__)
