# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of cases: each fills the lines of a Case."""

import numpy as np

import arguments
import arrays
from case import Case, Unusable

BINARY = ["+", "-", "*", "/", "//", "%", "**", "<", "<=", "==", "!=", ">",
          ">=", "&", "|", "^", "<<", ">>"]
# Their results are not defined, depend on addresses, or cost too much.
LEFT_OUT = {"empty", "empty_like", "shares_memory", "may_share_memory",
            "set_printoptions", "shuffle", "default_rng", "partition",
            "argpartition", "save", "savez", "savetxt", "load", "loadtxt",
            "genfromtxt", "fromfile", "tofile", "seed", "einsum",
            "einsum_path",
            "vonmises"}  # NumPy's does not end for some parameters
# Another's last digit is not to grow in what follows.
ROUNDED = {"exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin",
           "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "sinh",
           "cosh", "tanh", "arcsinh", "arccosh", "arctanh", "power",
           "float_power", "cbrt", "logaddexp", "logaddexp2", "logspace",
           "geomspace", "hypot"}


# ---------------------------------------------------------------- operators


def operator(case):
    symbol = case.pick(BINARY)
    integers = symbol in ("&", "|", "^", "<<", ">>")
    dtype = case.pick(["bool", "int64", "int8", "uint8", "int32", "uint64"]) \
        if integers and case.chance(0.9) else None
    if symbol == "**" and case.chance(0.7):
        dtype = case.pick(["float64", "float32"])
    left = arrays.operand(case, dtype=dtype)
    if case.chance(0.35):
        right = arrays.scalar(case)
    else:
        shape = arrays.compatible(case, left.value.shape)
        right = arrays.operand(case, shape, dtype if case.chance(0.5)
                               else None)
    if case.chance(0.3):
        left, right = right, left
    case.test_expression(f"{left.atom} {symbol} {right.atom}")


def scalars(case):
    """Promotion among Python's and NumPy's scalars."""
    left, right = arrays.scalar(case), arrays.scalar(case)
    if not isinstance(left.value, np.generic):
        left, right = right, left
    if not isinstance(left.value, np.generic):
        raise Unusable("scalars")
    if case.chance(0.5):
        left, right = right, left
    symbol = case.pick(BINARY)
    left, right = case.name(left), case.name(right)
    case.test_expression(f"{left.text} {symbol} {right.text}")
    if case.chance(0.5):
        case.test_expression(f"({left.text} {symbol} {right.text}).dtype")


def unary(case):
    node = arrays.operand(case)
    case.test_expression(case.pick(["-", "+", "~", "abs", "not "]) +
                         f"({node.text})")


def matmul(case):
    left = arrays.operand(case)
    right = arguments.partner(case, left.value.shape)
    case.test_expression(f"{left.atom} @ ({right})")


# --------------------------------------------------------------- operations


def call_text(case, op, method):
    """A call of OP; its first argument is named when it is the object."""
    params = op.params
    values, keywords = [], []
    first = None
    skipped = False
    for i, param in enumerate(params):
        required = param.fallback is None
        if "star" in param.flags:
            values.append(arguments.argument(case, op, param, first))
            continue
        if param.name in ("out", "where", "subok", "like", "copy"):
            skipped = True
            continue
        if i and not required and not case.chance(0.35):
            skipped = True
            continue
        if i == 0:
            text = arguments.first_argument(case, op, param)
            if param.kind == "tensor":
                first = case.node(text).value
        else:
            text = arguments.argument(case, op, param, first)
        by_keyword = skipped or "keyword-only" in param.flags or (
            i > 0 and not required and case.chance(0.5))
        if by_keyword:
            skipped = True
            if "positional-only" in param.flags:
                raise Unusable(param.name)
            keywords.append(f"{param.name}={text}")
        else:
            values.append(text)
    if "assume_unique=True" in keywords or values[2:3] == ["True"] and \
            params[2].name == "assume_unique":
        # What comes of a promise that is broken is not defined.
        values[:2] = [f"np.unique({text})" for text in values[:2]]
    if method:
        node = arrays_object(case, values.pop(0))
        if "property" in op.flags:
            return f"{node.text}.{op.name}"
        prefix = f"{node.text}.{op.name}"
    else:
        prefix = f"{op.module}.{op.name}"
    return f"{prefix}({', '.join(values + keywords)})"


def arrays_object(case, text):
    node = case.node(text)
    if not isinstance(node.value, np.ndarray):
        node = case.node(f"np.array({text})")
    return case.name(node)


def operation(case):
    op = case.pick(case.table)
    if op.name in LEFT_OUT:
        raise Unusable(op.name)
    method = op.flags != {"function"} and (
        "function" not in op.flags or case.chance(0.4))
    if op.module == "np.random":
        case.setup.append(f"np.random.seed({case.random.randint(0, 99)})")
        exec(case.setup[-1], case.env)
        case.test(call_text(case, op, method))
        return
    if op.numpy_function() is None and not method:
        raise Unusable(op.name)
    if not op.params:
        raise Unusable(op.name)
    text = call_text(case, op, method)
    if method and case.setup and op.numpy_function() is None:
        # In place, as sort() and fill(): seen in the array itself.
        name = case.setup[-1].split(" ")[0]
        case.test(text)
        case.test(name)
        return
    names = [param.name for param in op.params]
    if "out" in names and not method and case.chance(0.12):
        into(case, text, names)
        return
    case.test_expression(text)


def into(case, text, names):
    """out= and where=."""
    value = case.node(text).value
    if not isinstance(value, (np.ndarray, np.generic)):
        raise Unusable(text)
    dtype = str(value.dtype) if case.chance(0.8) else \
        case.pick(["float64", "int64", "float32"])
    out = case.name(case.node(f"np.zeros({value.shape}, dtype='{dtype}')"))
    text = f"{text[:-1]}, out={out.text}"
    if "where" in names and case.chance(0.4):
        mask = arrays.array(case, arrays.compatible(case, value.shape),
                            "bool")
        text += f", where={mask.text}"
    case.test(text + ")")
    case.test(out.text)


def composed(case):
    """An operation of an operator of an operation."""
    node = arrays.operand(case)
    for _ in range(case.random.randint(2, 3)):
        node = case.attempt(compose, case, node)
    case.test(node.text)


def compose(case, node):
    kind = case.random.randint(0, 4)
    if kind == 0:
        symbol = case.pick(["+", "-", "*", "<", "==", ">="])
        return case.node(f"{node.atom} {symbol} "
                         f"{arrays.scalar(case, small=True).atom}")
    if kind == 1 and isinstance(node.value, np.ndarray):
        return arrays.view(case, node)
    op = case.pick(case.table)
    if op.name in LEFT_OUT | ROUNDED or op.module != "np" or \
            op.numpy_function() is None or not op.params or \
            op.params[0].kind != "tensor":
        raise Unusable(op.name)
    rest = [arguments.argument(case, op, param, node.value)
            for param in op.params[1:] if param.fallback is None]
    if kind == 2 and any(p.name == "axis" for p in op.params):
        rest.append("axis=" + arguments.axis(case, np.ndim(node.value)))
    result = case.node(f"np.{op.name}({', '.join([node.text] + rest)})")
    if not isinstance(result.value, (np.ndarray, np.generic)):
        raise Unusable(op.name)
    return result


# ----------------------------------------------------- indexing, assignment


def indexing(case):
    node = case.name(arrays.operand(case))
    text = f"{node.text}[{arrays.index(case, node.text, node.value.shape)}]"
    case.test_expression(text)
    if case.chance(0.1):
        case.test_expression(text + ".shape")


def assignment(case):
    node = case.name(arrays.operand(case), copy=True)
    where = arrays.index(case, node.text, node.value.shape)
    target = f"{node.text}[{where}]"
    try:
        shape = np.shape(case.node(target).value)
    except Unusable:
        shape = (2,)
    if case.chance(0.5):
        value = arrays.scalar(case)
    else:
        value = arrays.array(case, arrays.compatible(case, shape))
    symbol = case.pick(["=", "=", "=", "+=", "-=", "*=", "/=", "//=", "**=",
                        "%=", "|=", "&="])
    case.test(f"{target} {symbol} {value.text}")
    case.test(node.text)


def aliasing(case):
    """What is written into a view is seen in its array, and the other way."""
    base = case.name(arrays.array(case), copy=True)
    seen = case.attempt(arrays.view, case, base)
    if not isinstance(seen.value, np.ndarray):
        raise Unusable("aliasing")
    seen = case.name(seen)
    case.test(f"{seen.text}[...] = {arrays.scalar(case, small=True).text}")
    case.test(base.text)
    case.test(f"{base.text} {case.pick(['+=', '*=', '-='])} "
              f"{arrays.scalar(case, small=True).text}")
    case.test(seen.text)


def overlapping(case):
    """Sides that share memory."""
    base = case.name(arrays.array(case, case.pick([(5,), (4, 4), (7,)])),
                     copy=True)
    name = base.text
    left, right = case.pick([("[1:]", "[:-1]"), ("[:-1]", "[1:]"),
                             ("[::-1]", ""), ("[:]", "[::-1]"),
                             ("[...]", ".T"), ("[:2]", "[-2:]")])
    symbol = case.pick(["=", "+=", "-=", "*="])
    if left == "[::-1]" and symbol != "=":
        left = "[::-1]"
    case.test(f"{name}{left} {symbol} {name}{right}")
    case.test(name)


def augmented(case):
    left = case.name(arrays.operand(case), copy=True)
    shape = arrays.compatible(case, left.value.shape)
    right = arrays.scalar(case) if case.chance(0.4) else \
        arrays.operand(case, shape)
    symbol = case.pick(["+", "-", "*", "/", "//", "%", "**", "&", "|", "^",
                        "<<", ">>"])
    case.test(f"{left.text} {symbol}= {right.text}")
    case.test(left.text)


# ------------------------------------------------------- printing, Python


def printing(case):
    node = case.name(arrays.operand(case, wild=case.chance(0.5)))
    text = node.text
    case.test_expression(case.pick([
        f"print({text})", f"str({text})", f"repr({text})", f"{text}.tolist()",
        f"f'{{{text}}}'", f"print([{text}, {text}])", f"{text}.dtype",
        f"({text}, {text}.shape)", f"'%s' % ({text},)", text]))


def with_python(case):
    """Arrays where Python's own functions and statements use them."""
    node = case.name(arrays.operand(case))
    text = node.text
    case.test(case.pick([
        f"len({text})", f"list({text})", f"sum({text})", f"max({text})",
        f"min({text})", f"float({text})", f"int({text})", f"bool({text})",
        f"[x for x in {text}]", f"1 in {text}",
        f"for x in {text}: print(x)", f"sorted({text})", f"round({text})",
        f"tuple({text})", f"{text}.shape[0]", f"list(enumerate({text}))",
        f"list(zip({text}, {text}))", f"any({text})", f"all({text})",
        f"list(reversed({text}))", f"{text} if {text}.size else 0",
        f"p, *q = {text}", f"list(map(float, {text}))", f"{text} == None",
        f"{text} is None", f"isinstance({text}, np.ndarray)", f"abs({text})",
        f"divmod({text}, 2)", f"pow({text}, 2)", f"str({text}[0])",
        f"range(3)[{text}]", f"['a', 2, 3][{text}]", f"'ab' * {text}",
        f"{text} + 'a'", f"{text}()", f"{text}.nothing", f"[] + {text}",
        f"del {text}[0]", f"x, y = {text}", f"{text}[0][0]",
        f"type({text}[0])" if node.value.ndim else f"type({text})"]))


def wrong_call(case):
    """A name, a count or a value that the operation does not take."""
    op = case.pick(case.table)
    if op.name in LEFT_OUT or op.numpy_function() is None:
        raise Unusable(op.name)
    if not callable(op.numpy_function()):
        raise Unusable(op.name)
    text = call_text(case, op, False)
    if op.module == "np.random":
        case.setup.append("np.random.seed(0)")
        case.test(f"{op.module}.{op.name}('a')")
        return
    case.test_expression(case.pick([
        text[:-1] + ", axes=0)", text[:-1] + ", 1, 2, 3, 4, 5, 6, 7, 8, 9)",
        f"{op.module}.{op.name}()", f"{op.module}.{op.name}('a')",
        f"{op.module}.{op.name}(None)", text[:-1] + ", dtype='nothing')",
        f"{op.module}.{op.name}([[1, 2], [3]])"]))


KINDS = [(operation, 40), (operator, 14), (scalars, 6), (unary, 2),
         (matmul, 3), (composed, 10), (indexing, 8), (assignment, 7),
         (aliasing, 2), (overlapping, 1), (augmented, 4), (printing, 4),
         (with_python, 4), (wrong_call, 1)]


def generate(seed, number, table, only=None):
    """Case NUMBER of SEED; ONLY of these kinds."""
    for attempt in range(1000):
        case = Case(f"{seed}:{number}:{attempt}", table)
        functions = [function for function, weight in KINDS
                     if not only or function.__name__ in only]
        weights = [weight for function, weight in KINDS
                   if function in functions]
        kind = case.random.choices(functions, weights)[0]
        try:
            kind(case)
        except Unusable:
            continue
        if sum(map(len, case.setup + case.lines)) < 5000:
            case.kind = kind.__name__
            return case
    raise RuntimeError(f"no case for {seed}:{number}")
