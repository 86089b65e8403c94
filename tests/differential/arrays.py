# SPDX-License-Identifier: GPL-3.0-or-later
"""Random numbers, arrays, views and indices, as text with its value."""

import numpy as np

from case import DTYPES, LARGE_SHAPES, SHAPES, Unusable

PYTHON_SCALARS = ["0", "1", "-1", "2", "3", "-7", "10", "100", "127", "128",
                  "255", "256", "-129", "300", "40000", "2147483648",
                  "-2147483649", "9223372036854775807", "True", "False",
                  "0.0", "-0.0", "0.5", "1.5", "-2.25", "0.1", "3.0", "1e10",
                  "1e-5", "1e300", "1e40", "np.nan", "np.inf", "-np.inf",
                  "np.pi"]
SMALL_SCALARS = ["0", "1", "-1", "2", "3", "5", "0.5", "2.0", "-1.5", "0.1",
                 "True"]


def scalar(case, small=None):
    """A Python or a NumPy scalar."""
    if small is None:
        small = case.chance(0.6)
    if case.chance(0.7):
        return case.node(case.pick(SMALL_SCALARS if small
                                   else PYTHON_SCALARS))
    dtype = case.pick(DTYPES)
    text = literal(element(case, dtype, wild=not small), dtype)
    name = "bool_" if dtype == "bool" else dtype
    return case.node(f"np.{name}({text})")


def element(case, dtype, wild):
    if dtype == "bool":
        return case.chance(0.5)
    if dtype.startswith("float"):
        if wild and case.chance(0.3):
            return case.pick([float("nan"), float("inf"), float("-inf"), -0.0,
                              1e-8, 1e20, 123456.789, 1e-30, 16777217.0,
                              1 / 3, 1e16])
        return case.pick([
            lambda: float(case.random.randint(-9, 9)),
            lambda: case.random.randint(-20, 20) / 4,
            lambda: round(case.random.gauss(0, 3), case.pick([1, 2, 4, 9])),
        ])()
    info = np.iinfo(dtype)
    if wild and case.chance(0.25):
        # The program's ints have 64 bits.
        largest = min(info.max, 2**63 - 1)
        return int(case.pick([max(info.min, 1 - 2**63), largest, largest - 1,
                              largest // 2 + 1]))
    return case.random.randint(0 if info.min == 0 else -6, 9)


def literal(value, dtype):
    if dtype.startswith("float"):
        if value != value:
            return "np.nan"
        if value in (float("inf"), float("-inf")):
            return "np.inf" if value > 0 else "-np.inf"
    return repr(value)


def nested(case, shape, dtype, wild):
    if not shape:
        return literal(element(case, dtype, wild), dtype)
    return "[" + ", ".join(nested(case, shape[1:], dtype, wild)
                           for _ in range(shape[0])) + "]"


def dtype_text(case, dtype):
    return case.pick([f"np.{dtype if dtype != 'bool' else 'bool_'}",
                      f"'{dtype}'"])


def array(case, shape=None, dtype=None, wild=None):
    """A new array, as a literal or from a function."""
    if shape is None:
        shape = case.pick(LARGE_SHAPES if case.chance(0.06) else SHAPES)
    if dtype is None:
        dtype = case.pick(DTYPES) if case.chance(0.55) else \
            case.pick(["int64", "float64"])
    if wild is None:
        wild = case.chance(0.2)
    size = int(np.prod(shape))
    typed = f", dtype={dtype_text(case, dtype)}"
    if dtype in ("int64", "float64") and size and case.chance(0.3):
        typed = "" if dtype == "int64" else ", dtype=float"
    if size > 40 or size and case.chance(0.15):
        start, step = case.pick([(0, 1), (1, 2), (-7, 1), (40, -1)])
        text = f"np.arange({start}, {start + step * size}, {step})"
        text += case.pick(["", "", " % 7", " * 0.1", " / 3", " - 5"])
        text = f"({text}).astype({dtype_text(case, dtype)})"
        if len(shape) != 1:
            text += f".reshape({shape})"
        return case.node(text)
    if not size or case.chance(0.08):
        function = case.pick(["zeros", "ones"])
        return case.node(f"np.{function}({shape}{typed})")
    return case.node(f"np.array({nested(case, shape, dtype, wild)}{typed})")


# --------------------------------------------------------------------- views


def slice_text(case, length):
    def edge():
        return "" if case.chance(0.5) else \
            str(case.random.randint(-length - 1, length + 1))

    step = case.pick(["", "", ":", ":2", ":-1", ":-1", ":-2", ":3", ":1"])
    return edge() + ":" + edge() + step


def basic_index(case, shape):
    """Ints, slices, ..., None."""
    items = []
    for length in shape[:case.random.randint(0, len(shape))]:
        if length and case.chance(0.35):
            items.append(str(case.random.randint(-length, length - 1)))
        else:
            items.append(slice_text(case, length))
    if case.chance(0.15):
        items.insert(case.random.randint(0, len(items)), "None")
    if case.chance(0.2):
        items.insert(case.random.randint(0, len(items)), "...")
    if not items:
        items = ["..."] if case.chance(0.5) else [":"] if shape else ["()"]
    return ", ".join(items)


def view(case, node):
    """NODE seen otherwise: a slice, a transpose, another shape."""
    shape = np.shape(node.value)
    kind = case.random.randint(0, 9)
    text = node.atom if not node.text.startswith("np.array") else node.text
    if kind <= 4:
        return case.node(f"{text}[{basic_index(case, shape)}]")
    if kind <= 6:
        return case.node(f"{text}.T")
    if kind == 7 and len(shape) >= 2:
        return case.node(f"{text}.swapaxes({case.random.randint(0, 1)}, -1)")
    if kind == 8 and len(shape) >= 2:
        return case.node(f"{text}[::-1, ::2]")
    if kind == 9 and shape:
        larger = (2,) + shape
        return case.node(f"np.broadcast_to({node.text}, {larger})")
    raise Unusable("view")


def operand(case, shape=None, dtype=None, wild=None):
    """An array, sometimes a view."""
    node = array(case, shape, dtype, wild)
    if shape is None:
        while case.chance(0.3):
            node = case.attempt(view, case, node)
        if not isinstance(node.value, np.ndarray):
            return case.node(f"np.array({node.text})")
    elif case.chance(0.2) and len(shape) >= 1:
        reverse = array(case, shape[::-1], dtype, wild)
        return case.node(f"{reverse.text}.T")
    return node


def compatible(case, shape):
    """A shape that broadcasts with SHAPE; seldom one that does not."""
    if case.chance(0.06):
        return case.pick(SHAPES)
    other = [1 if case.chance(0.2) else length for length in shape]
    other = other[case.random.randint(0, len(other)) if case.chance(0.3)
                  else 0:]
    if case.chance(0.1):
        other = [2] + other
    return tuple(other)


# ------------------------------------------------------------------- indices


def advanced_item(case, length):
    kind = case.random.randint(0, 3)
    low, high = -length, max(length - 1, 0)
    if case.chance(0.04):
        high += 2
    if kind == 0:
        size = case.random.randint(0, 4)
        items = [str(case.random.randint(low, high)) for _ in range(size)]
        return f"[{', '.join(items)}]"
    if kind == 1:
        items = [case.random.randint(low, high) for _ in range(2)]
        return f"np.array([[{items[0]}], [{items[1]}]])"
    if kind == 2:
        mask = [str(case.chance(0.5)) for _ in range(length)]
        if case.chance(0.05):
            mask.append("True")
        return f"np.array([{', '.join(mask)}], dtype=bool)"
    return str(case.random.randint(low, high))


def index(case, name, shape):
    """What may stand in NAME[…]."""
    if case.chance(0.45):
        return basic_index(case, shape)
    if case.chance(0.25):
        bound = case.pick(["0", "1", "2", "3"])
        return name + case.pick([" > ", " == ", " < ", " != "]) + bound
    if case.chance(0.06):
        return case.pick(["1.0", "'a'", "99", "-99", "None", "True", "False",
                          "0, 0, 0, 0, 0", "..., ...", "np.int8(0)", "()",
                          "[]", "[[0]]", "np.array(0)"])
    items = []
    for length in shape[:case.random.randint(1, len(shape)) if shape else 0]:
        if case.chance(0.6):
            items.append(advanced_item(case, length))
        else:
            items.append(slice_text(case, length))
    if case.chance(0.1):
        items.insert(case.random.randint(0, len(items)), "None")
    if case.chance(0.1):
        items.insert(case.random.randint(0, len(items)), "...")
    return ", ".join(items) or "..."
