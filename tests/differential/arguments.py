# SPDX-License-Identifier: GPL-3.0-or-later
"""A random argument for a parameter of the operations' table: by its name
where the name says more than its kind."""

import numpy as np

import arrays
from case import DTYPES, SHAPES, Unusable


def axis(case, ndim, many=False):
    def one():
        reach = max(ndim, 1)
        if case.chance(0.04):
            reach += 1
        return case.random.randint(-reach, reach - 1)

    if many and case.chance(0.35):
        count = case.random.randint(0, max(ndim, 1))
        if case.chance(0.1):
            return str(tuple(one() for _ in range(count)))
        axes = case.random.sample(range(ndim), min(count, ndim))
        return str(tuple(axes))
    if case.chance(0.1):
        return "None"
    return str(one())


def factors(case, size):
    """A shape of SIZE elements, sometimes with a -1."""
    shape = []
    rest = size
    while rest > 1 and len(shape) < 3 and case.chance(0.8):
        divisors = [d for d in range(1, rest + 1) if rest % d == 0]
        shape.append(case.pick(divisors))
        rest //= shape[-1]
    shape.append(rest)
    if case.chance(0.3):
        shape[case.random.randrange(len(shape))] = -1
    if case.chance(0.05):
        shape[0] += 1
    return str(tuple(shape)) if len(shape) > 1 or case.chance(0.5) \
        else str(shape[0])


def new_shape(case):
    return str(case.pick([3, 0, 1, (), (2,), (2, 3), (0, 2), (3, 1, 2), -1]
                         if case.chance(0.1) else
                         [3, (2,), (2, 3), (3, 1, 2), (1, 4)]))


def dims(case, op, name, first):
    shape = np.shape(first)
    if name == "axis":
        return axis(case, len(shape), many=True)
    if name == "newshape":
        return factors(case, int(np.prod(shape)))
    if name == "axes":
        order = list(range(len(shape)))
        case.random.shuffle(order)
        if case.chance(0.08):
            order = order[1:] + [9]
        return str(tuple(order))
    if name == "shape" and op.name.startswith("broadcast"):
        return str(case.pick([(2,) + shape, shape, (3,) + shape, (2, 3)]))
    if name in ("shape", "size", "dims"):
        return new_shape(case)
    if name == "shift":
        return str(case.pick([0, 1, 2, -1, -3, 7, (1, 2), (0, -1)]))
    if name == "repeats" and shape and case.chance(0.3):
        return str([case.random.randint(0, 3) for _ in range(shape[0])])
    if name == "indices_or_sections":
        return case.pick(["1", "2", "3", "[1]", "[1, 2]", "[2, 5]", "(1,)"])
    if name in ("source", "destination"):
        return axis(case, len(shape))
    return case.pick(["0", "1", "2", "(1, 2)", "(2, 1)", "3", "(2,)", "-1"])


STRINGS = {
    "order": ["'C'", "'F'", "'A'", "'K'"],
    "side": ["'left'", "'right'"],
    "kind": ["'quicksort'", "'stable'", "'mergesort'", "None"],
    "mode": ["'raise'", "'wrap'", "'clip'", "'constant'", "'edge'",
             "'reflect'", "'full'", "'same'", "'valid'"],
    "casting": ["'same_kind'", "'unsafe'", "'safe'", "'no'"],
    "indexing": ["'xy'", "'ij'"],
    "method": ["'linear'", "'lower'", "'higher'", "'nearest'", "'midpoint'"],
    "interpolation": ["'linear'", "'lower'"],
    "UPLO": ["'L'", "'U'"],
    "ord": ["1", "2", "np.inf", "-np.inf", "'fro'", "None", "0", "-1"],
}


def integer(case, name, first):
    ndim = np.ndim(first)
    if name in ("axis", "axis1", "axis2", "source", "destination", "start"):
        return axis(case, ndim)
    if name in ("k", "offset", "shift"):
        return str(case.random.randint(-3, 3))
    if name in ("n", "N", "M", "num", "minlength", "ndmin", "deg"):
        return str(case.random.randint(-1 if case.chance(0.1) else 0, 5))
    if name == "decimals":
        return str(case.random.randint(-2, 4))
    if name == "kth":
        return str(case.random.randint(0, max(len(first) - 1, 0))
                   if ndim else 0)
    if name in ("low", "high"):
        return str(case.random.randint(-5, 40))
    return case.pick(["0", "1", "2", "-1", "3"])


def tensor(case, op, name, first):
    """An array parameter after the first."""
    shape = np.shape(first)
    if name in ("indices", "index"):
        return case.pick(["0", "-1", "[0]", "[0, -1]", "[[0], [0]]",
                          "np.array([0, 1])", "[]", "9"])
    if name == "mask" or name == "where":
        mask = arrays.array(case, arrays.compatible(case, shape), "bool")
        return mask.text
    if name in ("x", "y", "b", "x2", "v", "values", "a_min", "a_max", "min",
                "max", "fill_value", "value"):
        if case.chance(0.35):
            return arrays.scalar(case).text
    if op.name == "interp" and name == "xp":  # must be sorted
        return f"np.sort({arrays.operand(case, shape or (3,)).text})"
    if op.name in ("dot", "matmul", "inner", "vdot", "tensordot", "solve"):
        return partner(case, shape)
    return arrays.operand(case, arrays.compatible(case, shape)).text


def partner(case, shape):
    """What may be multiplied with SHAPE as a matrix."""
    if case.chance(0.1) or not shape:
        return arrays.operand(case).text
    last = shape[-1]
    wanted = case.pick([(last,), (last, 2), (last, 1), (last, 3),
                        shape[::-1]])
    return arrays.operand(case, wanted).text


def tensors(case):
    count = case.random.randint(1, 3)
    first = arrays.operand(case)
    shape = first.value.shape
    parts = [first.text]
    for _ in range(count - 1):
        other = list(shape)
        if other and case.chance(0.3):
            other[case.random.randrange(len(other))] = 2
        parts.append(arrays.operand(case, tuple(other)).text)
    inside = ", ".join(parts)
    if case.chance(0.3):
        return f"({inside},)"
    return f"[{inside}]"


def argument(case, op, param, first):
    """Its text; FIRST is the value of the first argument, or None."""
    name, kind = param.name, param.kind
    if kind == "tensor":
        return tensor(case, op, name, first)
    if kind == "tensors":
        return tensors(case)
    if kind == "dims":
        return dims(case, op, name, first)
    if kind == "int":
        return integer(case, name, first)
    if kind == "bool":
        return case.pick(["True", "False"])
    if kind == "dtype":
        dtype = case.pick(DTYPES)
        return arrays.dtype_text(case, dtype) if case.chance(0.8) else \
            case.pick(["float", "int", "bool", "'f'", "'i'", "'d'"])
    if kind == "scalar":
        return arrays.scalar(case).text
    if kind in ("string", "choice") or name in STRINGS:
        if name not in STRINGS:
            raise Unusable(name)
        return case.pick(STRINGS[name])
    if kind == "float":
        return case.pick(["0", "1", "2", "0.5", "-1", "1.5", "10"])
    raise Unusable(name)


def first_argument(case, op, param):
    """An array that suits OP, mostly."""
    if param.kind != "tensor":
        return argument(case, op, param, np.zeros(0))
    if op.module == "np.linalg" or op.name in ("trace", "diag"):
        if case.chance(0.85):
            size = case.random.randint(1, 4)
            return arrays.operand(case, (size, size)).text
    if op.name in ("bincount",):
        return arrays.operand(case, case.pick([(4,), (0,), (7,)]),
                              case.pick(["int64", "uint8"]), False).text
    if case.chance(0.07):
        return arrays.scalar(case).text
    if case.chance(0.05):
        return case.pick(["[1, 2, 3]", "[[1, 2], [3, 4]]", "(1.5, 2)", "[]",
                          "[True, False]", "[[1.0], [2.0]]"])
    if case.chance(0.1):
        shape = case.pick(SHAPES)
        return arrays.array(case, shape).text
    return arrays.operand(case).text
