/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The language against CPython 3.11: each program's output, and the last line
 * of its traceback, are what `/usr/bin/python3 -` prints for the same text.
 */
#include <check.h>
#include <stdlib.h>

#include "lang_session.h"

struct row {
    const char *program, *expected;
};

static const struct row programs[] = {
    {"print(1 + 2 * 3 ** 2, -2 ** 2, 7 // -2, -7 % 3, 2 ** -1, 1 / 4)",
     "19 -4 -4 2 0.5 0.25\n"},
    {"print(7.5 // -2, -7.5 % 2, 2 ** 0.5, 5 % -3.0, 1e308 * 10, -0.0)",
     "-4.0 0.5 1.4142135623730951 -1.0 inf -0.0\n"},
    {"print(True + True, 1 == 1.0, 3 & 5 | 8 ^ 1, ~7, 1 << 10, -9 >> 1, +True)",
     "2 True 9 -8 1024 -5 1\n"},
    {"print(1 < 2 < 3, 1 < 3 < 2, not 1, 1 and 0 or 'x', None is None, 3 is "
     "not None)",
     "True False False x True True\n"},
    {"print(1_000, 0xff, 0o17, 0b101, 1e3, .5, 5., 123456789.123, 1e-5, 10 ** "
     "15)",
     "1000 255 15 5 1000.0 0.5 5.0 123456789.123 1e-05 1000000000000000\n"},
    {"x = y = [1, 2]\n"
     "x += [3]\n"
     "print(y, x is y, x * 2, [0] * 3 == [0, 0, 0])",
     "[1, 2, 3] True [1, 2, 3, 1, 2, 3] True\n"},
    {"a, (b, *c), d = 1, (2, 3, 4), 5\n"
     "print(a, b, c, d)\n"
     "*a, b = 'xyz'\n"
     "print(a, b)",
     "1 2 [3, 4] 5\n"
     "['x', 'y'] z\n"},
    {"x = list(range(10))\n"
     "print(x[2:5], x[::-1], x[-3:], x[8:2:-2], x[20:])\n"
     "x[2:5] = ['a']\n"
     "del x[0], x[-1]\n"
     "x[::2] = [0, 0, 0]\n"
     "print(x)",
     "[2, 3, 4] [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] [7, 8, 9] [8, 6, 4] []\n"
     "[0, 'a', 0, 6, 0, 8]\n"},
    {"s = 'hello, world'\n"
     "print(s[1], s[-1], s[::-1], s[2:5], 'ell' in s, s.upper(), s.title())\n"
     "print(s.split(', '), s.split('o', 1), '  a b '.split(), '-'.join(['a', "
     "'b']))\n"
     "print(s.replace('l', 'L', 2), s.find('o'), s.rfind('o'), s.count('l'), "
     "s.startswith('he'))\n"
     "print('abc'.center(9, '*'), '7'.zfill(3), 'x'.ljust(3) + '|', "
     "'ab1'.isalnum(), 'A'.islower())",
     "e d dlrow ,olleh llo True HELLO, WORLD Hello, World\n"
     "['hello', 'world'] ['hell', ', world'] ['a', 'b'] a-b\n"
     "heLLo, world 4 8 3 True\n"
     "***abc*** 007 x  | True False\n"},
    {"print('a\\tb\\n\\'q\\' \"d\" \\x41 \\u4f60 \\\\', r'\\n', 'con' 'cat', "
     "\"\"\"tri\n"
     "ple\"\"\", 'it\\'s')\n"
     "print(repr('it\\'s'), repr('\"'), repr('a\\n\\t\\\\'), "
     "repr('\\x00\\x7f'), repr('你好'))",
     "a	b\n"
     "'q' \"d\" A 你 \\ \\n concat tri\n"
     "ple it's\n"
     "\"it's\" '\"' 'a\\n\\t\\\\' '\\x00\\x7f' '你好'\n"},
    {"print('你好'[1], '你好'[::-1], [c for c in '你a好'])",
     "好 好你 ['你', 'a', '好']\n"},
    {"d = {'a': 1, 2: 'b', (1, 2): None, True: 4}\n"
     "print(d, d['a'], d[2], d.get('z'), d.get('z', 0), 'a' in d, 1 in d, "
     "len(d))\n"
     "d['c'] = 3; del d['a']; d.update(e=5)\n"
     "print(d, list(d), list(d.items()), d.pop('c'), d.setdefault('q', 9), d)\n"
     "print({**d, 'x': 1}, {1: 'int', 1.0: 'float'}, {} == {}, {'a': [1]} == "
     "{'a': [1]})",
     "{'a': 1, 2: 'b', (1, 2): None, True: 4} 1 b None 0 True True 4\n"
     "{2: 'b', (1, 2): None, True: 4, 'e': 5, 'q': 9} [2, (1, 2), True, 'c', "
     "'e'] [(2, 'b'), ((1, 2), None), (True, 4), ('c', 3), ('e', 5)] 3 9 {2: "
     "'b', (1, 2): None, True: 4, 'e': 5, 'q': 9}\n"
     "{2: 'b', (1, 2): None, True: 4, 'e': 5, 'q': 9, 'x': 1} {1: 'float'} "
     "True True\n"},
    {"for i in range(5):\n"
     "    if i == 1: continue\n"
     "    if i == 3: break\n"
     "    print(i)\n"
     "else:\n"
     "    print('not reached')\n"
     "for i in []: pass\n"
     "else: print('else')\n"
     "n = 0\n"
     "while n < 3:\n"
     "    n += 1\n"
     "else: print('done', n)",
     "0\n"
     "2\n"
     "else\n"
     "done 3\n"},
    {"if 0:\n"
     "    print(1)\n"
     "elif '':\n"
     "    print(2)\n"
     "elif [] or {}:\n"
     "    print(3)\n"
     "else:\n"
     "    print(4)",
     "4\n"},
    {"def f(a, b=2, *args, c=3, **kw):\n"
     "    return (a, b, args, c, kw)\n"
     "print(f(1), f(1, 2, 3, 4, c=5, d=6), f(*[1, 2], **{'c': 9}), f(b=1, "
     "a=0))\n"
     "def g(x, /, y, *, z=1): return x + y + z\n"
     "print(g(1, 2), g(1, y=2, z=3))",
     "(1, 2, (), 3, {}) (1, 2, (3, 4), 5, {'d': 6}) (1, 2, (), 9, {}) (0, 1, "
     "(), 3, {})\n"
     "4 6\n"},
    {"def counter():\n"
     "    n = 0\n"
     "    def inc():\n"
     "        nonlocal n\n"
     "        n += 1\n"
     "        return n\n"
     "    return inc\n"
     "a = counter(); b = counter()\n"
     "print(a(), a(), b(), a())",
     "1 2 1 3\n"},
    {"def f(x=[]):\n"
     "    x.append(1)\n"
     "    return x\n"
     "f(); print(f())\n"
     "print((lambda x, y=2, *z: (x, y, z))(4), (lambda: 7)(), [g(2) for g in "
     "[lambda v: v * 2, lambda v: v ** 2]])",
     "[1, 1]\n"
     "(4, 2, ()) 7 [4, 4]\n"},
    {"fs = [lambda: i for i in range(3)]\n"
     "print([f() for f in fs])\n"
     "fs = [lambda i=i: i for i in range(3)]\n"
     "print([f() for f in fs])",
     "[2, 2, 2]\n"
     "[0, 1, 2]\n"},
    {"def outer():\n"
     "    x = 1\n"
     "    def middle():\n"
     "        def inner():\n"
     "            return x\n"
     "        return inner\n"
     "    x = 2\n"
     "    return middle()()\n"
     "print(outer())",
     "2\n"},
    {"x = 1\n"
     "def f():\n"
     "    global x\n"
     "    x = 5\n"
     "def g():\n"
     "    x = 7\n"
     "    return x\n"
     "f(); print(x, g(), x)",
     "5 7 5\n"},
    {"print([i * j for i in range(3) for j in range(3) if i != j if i + j < "
     "3])\n"
     "print({k: v for k, v in [('a', 1), ('b', 2)]}, [[j for j in range(i)] "
     "for i in range(3)])\n"
     "print(tuple(x * 2 for x in range(3)), [x for x, in [(1,), (2,)]])\n"
     "i = 'kept'\n"
     "[i for i in range(3)]\n"
     "print(i)",
     "[0, 0, 0, 0]\n"
     "{'a': 1, 'b': 2} [[], [0], [0, 1]]\n"
     "(0, 2, 4) [1, 2]\n"
     "kept\n"},
    {"def f():\n"
     "    k = 10\n"
     "    return [k + i for i in range(3)], [(lambda: k + i)() for i in "
     "range(2)]\n"
     "print(f())",
     "([10, 11, 12], [10, 11])\n"},
    {"x = 3.14159\n"
     "print(f\"{x:.2f} {x!r:>10} {'hi':*^10}| {1000000:,} {x:8.3f}| {42:05d} "
     "{-42:+d} {255:x} {255:#b} {0.25:%}\")\n"
     "print(f\"{x=} {x = :.1f} {{}} {'nested ' + f'{1 + 1}'} {[1, 2][0]} "
     "{x:{8}.{3}}\")\n"
     "print(f'{1e10} {1e-7:g} {12345.678:e} {1234567.891:,.1f} {True} "
     "{None!s:>6} {\"a\":<3}|')\n"
     "print(f\"{3.0:.3} {123456.0:.3} {0.0001:.2} {1e20:.4} {5:^7}| {5:<4}| "
     "{-5:=5}\")",
     "3.14    3.14159 ****hi****| 1,000,000    3.142| 00042 -42 ff 0b11111111 "
     "25.000000%\n"
     "x=3.14159 x = 3.1 {} nested 2 1     3.14\n"
     "10000000000.0 1e-07 1.234568e+04 1,234,567.9 True   None a  |\n"
     "3.0 1.23e+05 0.0001 1e+20    5   | 5   | -   5\n"},
    {"print(\"%5.2f|%d|%s|%-5s|%05d|%x|%e|%g|%%|%c|%r\" % (3.14159, 42, [1], "
     "'ab', 7, 255, 1234.5, 0.0001, 'z', 'q'))\n"
     "print(\"%(a)s %(b)d\" % {'a': 1, 'b': 2}, \"%s\" % 5, \"%.3s\" % "
     "'abcdef', '%d' % 3.9)\n"
     "print(\"{} {}\".format(1, 'x'), \"{1} {0:>5} {n:.1f}\".format(1, 2, "
     "n=2.55), \"{0[1]} {0[0]}\".format([3, 4]), \"{:{}}\".format(1, 4))",
     " 3.14|42|[1]|ab   |00007|ff|1.234500e+03|0.0001|%|z|'q'\n"
     "1 2 5 abc 3\n"
     "1 x 2     1 2.5 4 3    1\n"},
    {"class A:\n"
     "    count = 0\n"
     "    def __init__(self, x):\n"
     "        self.x = x\n"
     "        A.count += 1\n"
     "    def __repr__(self):\n"
     "        return f'A({self.x})'\n"
     "    def __add__(self, o):\n"
     "        return A(self.x + o.x)\n"
     "    def __radd__(self, o):\n"
     "        return A(o + self.x)\n"
     "    def __eq__(self, o): return self.x == o.x\n"
     "    def __lt__(self, o): return self.x < o.x\n"
     "    def __neg__(self): return A(-self.x)\n"
     "    def __bool__(self): return self.x != 0\n"
     "    def __contains__(self, v): return v == self.x\n"
     "    def __iter__(self): return iter_of(self.x)\n"
     "    @property\n"
     "    def double(self):\n"
     "        return self.x * 2\n"
     "    @staticmethod\n"
     "    def make(): return A(100)\n"
     "    @classmethod\n"
     "    def name(cls): return cls.__name__\n"
     "    def __call__(self, y):\n"
     "        return self.x + y\n"
     "    def __getitem__(self, i): return i * 10\n"
     "    def __setitem__(self, i, v): self.x = (i, v)\n"
     "def iter_of(n): return [n, n].__iter__() if False else It(n)\n"
     "class It:\n"
     "    def __init__(self, n): self.n = n; self.i = 0\n"
     "    def __iter__(self): return self\n"
     "    def __next__(self):\n"
     "        self.i += 1\n"
     "        if self.i > 2: raise StopIteration\n"
     "        return self.n\n"
     "class B(A):\n"
     "    def __init__(self, x, y):\n"
     "        super().__init__(x)\n"
     "        self.y = y\n"
     "    def __repr__(self): return 'B' + super().__repr__()\n"
     "b = B(1, 2)\n"
     "print(b, b + A(5), 3 + b, b.double, b(10), A.count, b[4], -b, not b, 1 "
     "in b, [v for v in b])\n"
     "print(b == A(1), b != A(1), b < A(2), A(2) > b, B.name(), b.make(), b.y, "
     "A)\n"
     "b[1] = 2\n"
     "print(b.x)\n"
     "b.z = 5; del b.z\n"
     "print([v for v in A(7)])",
     "BA(1) A(6) A(4) 2 11 4 40 A(-1) False True [1, 1]\n"
     "True False True True B A(100) 2 <class '__main__.A'>\n"
     "(1, 2)\n"
     "[7, 7]\n"},
    {"class Stack:\n"
     "    \"\"\"A stack.\"\"\"\n"
     "    def __init__(self): self.items = []\n"
     "    def push(self, x):\n"
     "        self.items.append(x)\n"
     "        return self\n"
     "    def __len__(self): return len(self.items)\n"
     "s = Stack().push(1).push(2)\n"
     "print(s.items, Stack.__doc__, bool_of(s) if False else (1 if s else 0))",
     "[1, 2] A stack. 1\n"},
    {"try:\n"
     "    1 / 0\n"
     "except ZeroDivisionError as e:\n"
     "    print('caught', e, repr(e))\n"
     "else:\n"
     "    print('no')\n"
     "finally:\n"
     "    print('finally')\n"
     "try:\n"
     "    {}['a']\n"
     "except (IndexError, KeyError) as e:\n"
     "    print('key', e, e.args)\n"
     "try:\n"
     "    [][0]\n"
     "except LookupError as e: print(e)\n"
     "try:\n"
     "    pass\n"
     "except: print('never')\n"
     "else: print('else')",
     "caught division by zero ZeroDivisionError('division by zero')\n"
     "finally\n"
     "key 'a' ('a',)\n"
     "list index out of range\n"
     "else\n"},
    {"class MyError(ValueError):\n"
     "    def __init__(self, msg, code):\n"
     "        super().__init__(msg)\n"
     "        self.code = code\n"
     "try:\n"
     "    raise MyError('boo', 7)\n"
     "except ValueError as e:\n"
     "    print(e, e.code, repr(e), e.args)\n"
     "try:\n"
     "    try:\n"
     "        raise KeyError('k')\n"
     "    except KeyError:\n"
     "        raise\n"
     "except Exception as e:\n"
     "    print(repr(e))\n"
     "try:\n"
     "    try:\n"
     "        1 + 'a'\n"
     "    except TypeError as e:\n"
     "        raise RuntimeError('wrapped') from e\n"
     "except RuntimeError as e:\n"
     "    print(e)",
     "boo 7 MyError('boo') ('boo',)\n"
     "KeyError('k')\n"
     "wrapped\n"},
    {"def g():\n"
     "    try:\n"
     "        return 'body'\n"
     "    finally:\n"
     "        print('in finally')\n"
     "print(g())\n"
     "def h():\n"
     "    for i in range(3):\n"
     "        try:\n"
     "            continue\n"
     "        finally:\n"
     "            print(i)\n"
     "    while True:\n"
     "        try:\n"
     "            break\n"
     "        finally:\n"
     "            print('left')\n"
     "    return 'end'\n"
     "print(h())",
     "in finally\n"
     "body\n"
     "0\n"
     "1\n"
     "2\n"
     "left\n"
     "end\n"},
    {"class C:\n"
     "    def __enter__(self): print('enter'); return 5\n"
     "    def __exit__(self, *a): print('exit', a[1]); return True\n"
     "with C() as v, C():\n"
     "    print(v)\n"
     "    raise ValueError('x')\n"
     "with C() as w: pass\n"
     "print('after')",
     "enter\n"
     "enter\n"
     "5\n"
     "exit x\n"
     "exit None\n"
     "enter\n"
     "exit None\n"
     "after\n"},
    {"l = [3, 1, 2]\n"
     "l.sort(); print(l); l.sort(reverse=True); print(l); l.sort(key=lambda v: "
     "(v % 2, v)); print(l)\n"
     "l.append(9); l.insert(1, 'x'); l.extend((7, 8)); print(l, l.pop(), "
     "l.pop(0), l.index(9), l.count(7))\n"
     "l.remove('x'); l.reverse(); print(l, l.copy() == l); l.clear(); "
     "print(l)\n"
     "print((1, 2) + (3,), (1, 2) * 2, (1, 2, 1).count(1), (1,), (), (1, 2) < "
     "(1, 3), [1] < [1, 0], 'a' < 'b')",
     "[1, 2, 3]\n"
     "[3, 2, 1]\n"
     "[2, 1, 3]\n"
     "['x', 1, 3, 9, 7] 8 2 3 1\n"
     "[7, 9, 3, 1] True\n"
     "[]\n"
     "(1, 2, 3) (1, 2, 1, 2) 2 (1,) () True True True\n"},
    {"print(range(5), range(1, 10, 3), list(range(5, 0, -2)), range(10)[2:5], "
     "range(10)[-1], 3 in range(0, 9, 3), len(range(0, -5, -2)))",
     "range(0, 5) range(1, 10, 3) [5, 3, 1] range(2, 5) 9 True 3\n"},
    {"x = 10\n"
     "x -= 3; x *= 2; x /= 4; x //= 1; x **= 2; x %= 5\n"
     "print(x)\n"
     "s = 'a'; s += 'b'; s *= 2; print(s)\n"
     "d = {'n': 1}; d['n'] += 5; print(d)\n"
     "l = [[1, 2], [3]]; l[0][1] *= 10; l[1] += [4]; print(l)",
     "4.0\n"
     "abab\n"
     "{'n': 6}\n"
     "[[1, 20], [3, 4]]\n"},
    {"if (n := 10) > 5: print(n)\n"
     "print([y := 3, y ** 2], y)",
     "10\n"
     "[3, 9] 3\n"},
    {"x = (1 +\n"
     "     2); y = [1,\n"
     "  2, # comment\n"
     "  3]\n"
     "z = 1 + \\\n"
     "    2\n"
     "print(x, y, z)\n"
     "if x == 3: print('one line'); print('two')",
     "3 [1, 2, 3] 3\n"
     "one line\n"
     "two\n"},
    {"@staticmethod\n"
     "def deco_dummy(): pass\n"
     "def deco(f):\n"
     "    def wrapped(*args, **kw):\n"
     "        return 'wrapped ' + str(f(*args, **kw))\n"
     "    return wrapped\n"
     "@deco\n"
     "def f(x): return x + 1\n"
     "print(f(3))",
     "wrapped 4\n"},
    {"def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\n"
     "print([fib(i) for i in range(15)])",
     "[0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377]\n"},
    {"a = [1, 2, 3]\n"
     "for i, in [(1,), (2,)]: print(i)\n"
     "for a[0] in range(3): pass\n"
     "print(a)\n"
     "x, y = 1, 2\n"
     "x, y = y, x\n"
     "print(x, y)\n"
     "print(*[1, 2], *'ab', (*range(2), 5), [*{'k': 1}])",
     "1\n"
     "2\n"
     "[2, 2, 3]\n"
     "2 1\n"
     "1 2 a b (0, 1, 5) ['k']\n"},
    {"print(None, ..., NotImplementedError, 1.0, -1.5e300, 1e22, 0.1 + 0.2, "
     "1/3, 100000.0, 1e15)",
     "None Ellipsis <class 'NotImplementedError'> 1.0 -1.5e+300 1e+22 "
     "0.30000000000000004 0.3333333333333333 100000.0 1000000000000000.0\n"},
    {"def f():\n"
     "    \"doc string\"\n"
     "    x: int = 3\n"
     "    y: int\n"
     "    assert x == 3, 'never'\n"
     "    return x\n"
     "print(f(), f.__doc__, f.__name__)",
     "3 doc string f\n"},
    {"print((5).bit_length(), (2.0).is_integer(), (3).real, 'a' 'b'.upper())",
     "3 True 3 AB\n"},
    {"变量 = 5\n"
     "def 函数(参数): return 参数 * 2\n"
     "print(函数(变量), '长度', len('中文'))",
     "10 长度 2\n"},
};

static const struct row errors[] = {
    {"1 / 0", "ZeroDivisionError: division by zero"},
    {"1 // 0", "ZeroDivisionError: integer division or modulo by zero"},
    {"1 % 0", "ZeroDivisionError: integer modulo by zero"},
    {"1.0 // 0", "ZeroDivisionError: float floor division by zero"},
    {"1.0 % 0", "ZeroDivisionError: float modulo"},
    {"0.0 ** -1",
     "ZeroDivisionError: 0.0 cannot be raised to a negative power"},
    {"1 + 'a'",
     "TypeError: unsupported operand type(s) for +: 'int' and 'str'"},
    {"'a' + 1", "TypeError: can only concatenate str (not \"int\") to str"},
    {"[1] + (2,)",
     "TypeError: can only concatenate list (not \"tuple\") to list"},
    {"'a' * 'b'",
     "TypeError: can't multiply sequence by non-int of type 'str'"},
    {"1 < 'a'",
     "TypeError: '<' not supported between instances of 'int' and 'str'"},
    {"-'a'", "TypeError: bad operand type for unary -: 'str'"},
    {"None + 1",
     "TypeError: unsupported operand type(s) for +: 'NoneType' and 'int'"},
    {"x = None; x += 1",
     "TypeError: unsupported operand type(s) for +=: 'NoneType' and 'int'"},
    {"foo", "NameError: name 'foo' is not defined"},
    {"def f():\n"
     "    x = x + 1\n"
     "f()",
     "UnboundLocalError: cannot access local variable 'x' where it is not "
     "associated with a value"},
    {"[1][5]", "IndexError: list index out of range"},
    {"[1]['a']", "TypeError: list indices must be integers or slices, not str"},
    {"(1,)[3]", "IndexError: tuple index out of range"},
    {"'abc'[10]", "IndexError: string index out of range"},
    {"'abc'['a']", "TypeError: string indices must be integers, not 'str'"},
    {"{}['k']", "KeyError: 'k'"},
    {"range(3)[5]", "IndexError: range object index out of range"},
    {"3[0]", "TypeError: 'int' object is not subscriptable"},
    {"3(4)", "TypeError: 'int' object is not callable"},
    {"for x in 5: pass", "TypeError: 'int' object is not iterable"},
    {"a, b = 1", "TypeError: cannot unpack non-iterable int object"},
    {"a, b = 1, 2, 3", "ValueError: too many values to unpack (expected 2)"},
    {"a, b, c = 1, 2",
     "ValueError: not enough values to unpack (expected 3, got 2)"},
    {"a, *b, c = [1]",
     "ValueError: not enough values to unpack (expected at least 2, got 1)"},
    {"[1, 2].foo", "AttributeError: 'list' object has no attribute 'foo'"},
    {"(5).foo", "AttributeError: 'int' object has no attribute 'foo'"},
    {"def f(a, b): pass\n"
     "f(1)",
     "TypeError: f() missing 1 required positional argument: 'b'"},
    {"def f(a, b): pass\n"
     "f()",
     "TypeError: f() missing 2 required positional arguments: 'a' and 'b'"},
    {"def f(a, b, c): pass\n"
     "f()",
     "TypeError: f() missing 3 required positional arguments: 'a', 'b', and "
     "'c'"},
    {"def f(a, b): pass\n"
     "f(1, 2, 3)",
     "TypeError: f() takes 2 positional arguments but 3 were given"},
    {"def f(a, b=1): pass\n"
     "f(1, 2, 3)",
     "TypeError: f() takes from 1 to 2 positional arguments but 3 were given"},
    {"def f(a): pass\n"
     "f(1, b=2)",
     "TypeError: f() got an unexpected keyword argument 'b'"},
    {"def f(a): pass\n"
     "f(1, a=2)",
     "TypeError: f() got multiple values for argument 'a'"},
    {"def f(*, k): pass\n"
     "f()",
     "TypeError: f() missing 1 required keyword-only argument: 'k'"},
    {"class A:\n"
     "    def m(self, x): pass\n"
     "A().m()",
     "TypeError: A.m() missing 1 required positional argument: 'x'"},
    {"class A: pass\n"
     "A(1)",
     "TypeError: A() takes no arguments"},
    {"class A: pass\n"
     "A().x",
     "AttributeError: 'A' object has no attribute 'x'"},
    {"class A: pass\n"
     "A() + 1",
     "TypeError: unsupported operand type(s) for +: 'A' and 'int'"},
    {"class A: pass\n"
     "A() < A()",
     "TypeError: '<' not supported between instances of 'A' and 'A'"},
    {"raise ValueError('bad')", "ValueError: bad"},
    {"raise ValueError", "ValueError"},
    {"raise 3", "TypeError: exceptions must derive from BaseException"},
    {"assert 1 == 2, 'no good'", "AssertionError: no good"},
    {"assert 0", "AssertionError"},
    {"class E(Exception): pass\n"
     "raise E('mine')",
     "E: mine"},
    {"raise", "RuntimeError: No active exception to reraise"},
    {"[3, 'a'].sort()",
     "TypeError: '<' not supported between instances of 'str' and 'int'"},
    {"{[1]: 2}", "TypeError: unhashable type: 'list'"},
    {"[].pop()", "IndexError: pop from empty list"},
    {"[1].remove(5)", "ValueError: list.remove(x): x not in list"},
    {"[1].index(5)", "ValueError: 5 is not in list"},
    {"'x'.index('y')", "ValueError: substring not found"},
    {"'%d' % 'a'", "TypeError: %d format: a real number is required, not str"},
    {"'%s %s' % 1", "TypeError: not enough arguments for format string"},
    {"'%s' % (1, 2)",
     "TypeError: not all arguments converted during string formatting"},
    {"'{}'.format()",
     "IndexError: Replacement index 0 out of range for positional args tuple"},
    {"f\"{'a':d}\"",
     "ValueError: Unknown format code 'd' for object of type 'str'"},
    {"f\"{1.5:d}\"",
     "ValueError: Unknown format code 'd' for object of type 'float'"},
    {"f\"{[1]:5}\"",
     "TypeError: unsupported format string passed to list.__format__"},
    {"1 in 5", "TypeError: argument of type 'int' is not iterable"},
    {"1 in 'abc'",
     "TypeError: 'in <string>' requires string as left operand, not int"},
    {"','.join([1])",
     "TypeError: sequence item 0: expected str instance, int found"},
    {"f(*5) if False else print(*5)",
     "TypeError: print() argument after * must be an iterable, not int"},
    {"del zz", "NameError: name 'zz' is not defined"},
    {"with 3: pass",
     "TypeError: 'int' object does not support the context manager protocol"},
    {"(1, 2)[0] = 5",
     "TypeError: 'tuple' object does not support item assignment"},
    {"'abc'[0] = 'x'",
     "TypeError: 'str' object does not support item assignment"},
    {"import nothing_there",
     "ModuleNotFoundError: No module named 'nothing_there'"},
    {"def f(): g()\n"
     "def g(): 1 / 0\n"
     "f()",
     "ZeroDivisionError: division by zero"},
    {"try:\n"
     "    1 / 0\n"
     "except 3: pass",
     "TypeError: catching classes that do not inherit from BaseException is "
     "not allowed"},
    {"1 << -1", "ValueError: negative shift count"},
    {"[1, 2][::0]", "ValueError: slice step cannot be zero"},
    {"def f(n): return f(n + 1)\n"
     "f(1)",
     "RecursionError: maximum recursion depth exceeded"},
};

static const struct parse_options file = {false, false};
static const struct parse_options typed = {true, false};

static char *run(const char *text, size_t length, struct parse_options options)
{
    struct strbuf output = STRBUF_INIT;
    struct interp *interp = session_new(&output);
    session_run(interp, text, length, options, options.shorthand, &output);
    interp_free(interp);
    return strbuf_steal(&output);
}

static char *run_text(const char *text, struct parse_options options)
{
    return run(text, strlen(text), options);
}

START_TEST(output_is_cpythons)
{
    const struct row *row = &programs[_i];
    char *output = run_text(row->program, file);
    ck_assert_str_eq(output, row->expected);
    free(output);
}
END_TEST

/* The line with the exception: hints may follow it. */
static char *exception_line(const char *output)
{
    const char *hint = strstr(output, "\nhint: ");
    const char *end = hint ? hint : output + strlen(output);
    while (end > output && end[-1] == '\n')
        end--;
    const char *start = end;
    while (start > output && start[-1] != '\n')
        start--;
    return xstrndup(start, (size_t)(end - start));
}

START_TEST(error_is_cpythons)
{
    const struct row *row = &errors[_i];
    char *output = run_text(row->program, file);
    char *line = exception_line(output);
    ck_assert_msg(!strcmp(line, row->expected), "%s\n%s\nwant %s", row->program,
                  output, row->expected);
    free(line);
    free(output);
}
END_TEST

/* What is typed at the prompt: values are shown, lists of numbers are arrays
   (python3 -c with np.array around them). */
static const struct row prompt[] = {
    {"[1, 2, 3]\n", "array([1, 2, 3])\n"},
    {"[[1, 2], [3, 4]] + 1\n", "array([[2, 3],\n       [4, 5]])\n"},
    {"[1, 'a']\n", "[1, 'a']\n"},
    {"[[1, 2], [3]]\n", "[[1, 2], [3]]\n"},
    {"[]\n", "[]\n"},
    {"[True, False]\n", "array([ True, False])\n"},
    {"[1, 2.5]\n", "array([1. , 2.5])\n"},
    {"[x for x in [1, 2]]\n", "[1, 2]\n"},
    {"for i in [1, 2]: print(i)\n", "1\n2\n"},
    {"3 in [1, 2, 3]\n", "True\n"},
    {"x = [1, 2, 3]; x[0] = 5; x[1:] *= 2; x\n", "array([5, 4, 6])\n"},
    {"x = [1, 2]; y = x; y += 1; x\n", "array([2, 3])\n"},
    {"x = [[1, 2], [3, 4]]\nx[:, 1] += 10\nx[[0, 1], [1, 0]]\n",
     "array([12,  3])\n"},
    {"x = [[1, 2], [3, 4]]; x[1, 0], x[-1], x[..., 1], x[None].tolist\n",
     "AttributeError"},
    {"1; 2;\n", "1\n"},
    {"5;\n_ + 1\n", "6\n"},
    {"None\n", ""},
    {"for i in range(2): i\n", "0\n1\n"},
    {"{'a': [1, 2]}\n", "{'a': array([1, 2])}\n"},
    {"'a'\n", "'a'\n"},
};

START_TEST(prompt_shows_values)
{
    const struct row *row = &prompt[_i];
    char *output = run_text(row->program, typed);
    if (!strcmp(row->expected, "AttributeError"))
        ck_assert_ptr_nonnull(strstr(output, row->expected));
    else
        ck_assert_str_eq(output, row->expected);
    free(output);
}
END_TEST

/* Carets: DESIGN, "The language". */
static const struct row rendered[] = {
    {"A = [[1, 2, 3], [4, 5, 6]]; y = [1, 2];\nA.dot(y)",
     "line 2:\n    A.dot(y)\n    ^ (2, 3) ^ (2,)\n"
     "ValueError: shapes (2,3) and (2,) not aligned: 3 (dim 1) != 2 (dim 0)\n"},
    {"'中文' + zzz", "    '中文' + zzz\n             ^^^\n"
                     "NameError: name 'zzz' is not defined\n"},
    {"pritn(3)", "    pritn(3)\n    ^^^^^\n"
                 "NameError: name 'pritn' is not defined\n"
                 "hint: did you mean 'print'?\n"},
    {"x = (1 + ]", "    x = (1 + ]\n             ^\n"
                   "SyntaxError: closing parenthesis ']' does not match "
                   "opening parenthesis '('\n"},
    {"def f(a):\n    return a / 0\n\ndef g():\n    return f(3)\n\ng()\n",
     "line 2 of f:\n        return a / 0\n               ^^^^^\n"
     "called from line 5 of g:\n        return f(3)\n"
     "called from line 7:\n    g()\n"
     "ZeroDivisionError: division by zero\n"},
};

START_TEST(errors_point_at_the_place)
{
    char *output = run_text(rendered[_i].program, typed);
    ck_assert_str_eq(output, rendered[_i].expected);
    free(output);
}
END_TEST

/* "ab" TIMES times, between HEAD and TAIL. */
static char *repeated(const char *head, const char *middle, int times,
                      const char *tail)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_adds(&sb, head);
    for (int i = 0; i < times; i++)
        strbuf_adds(&sb, middle);
    strbuf_adds(&sb, tail);
    return strbuf_steal(&sb);
}

static const struct {
    const char *head, *middle;
    int times;
    const char *tail, *expected;
} hostile[] = {
    {"", "(", 10000, "1", "SyntaxError: too many nested parentheses"},
    {"", "[", 10000, "1", "SyntaxError: too many nested parentheses"},
    {"", "-", 100000, "1", "SyntaxError: the expression is nested too deeply"},
    {"", "not ", 100000, "1",
     "SyntaxError: the expression is nested too deeply"},
    {"1", "+1", 100000, "", "SyntaxError: the expression is nested too deeply"},
    {"1", "**1", 100000, "",
     "SyntaxError: the expression is nested too deeply"},
    {"a", ".a", 100000, "", "SyntaxError: the expression is nested too deeply"},
    {"", "lambda: ", 100000, "1",
     "SyntaxError: the expression is nested too deeply"},
    {"", "1 if 1 else ", 100000, "1",
     "SyntaxError: the expression is nested too deeply"},
    {"if 0: pass\n", "elif 0: pass\n", 100000, "else: print('end')", "end"},
    {"print('", "a", 10000000, "'[-3:])", "aaa"},
    {"x = [", "1,", 500000, "]; print(len(x))", "500000"},
    {"x = 1", "0", 10000000, "", "SyntaxError: int too large for 64 bits"},
    {"x = '\xff", "", 0, "'",
     "SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xff in "
     "position 5: invalid byte"},
    {"def f(n): return f(n + 1)\nf(0)", "", 0, "",
     "RecursionError: maximum recursion depth exceeded"},
    {"class A:\n  def __add__(a, b): return a + b\nA() + A()", "", 0, "",
     "RecursionError: maximum recursion depth exceeded"},
    {"a = []\na.append(a)\nprint(a)\na.clear()", "", 0, "", "[[...]]"},
    {"class A: pass\na = A()\na.me = a\nf = lambda: f\nprint(1)", "", 0, "",
     "1"},
    {"def f():\n  def g(): return g\n  return g\nprint(f()() is None)", "", 0,
     "", "False"},
};

START_TEST(hostile_text_is_harmless)
{
    char *text = repeated(hostile[_i].head, hostile[_i].middle,
                          hostile[_i].times, hostile[_i].tail);
    char *output = run_text(text, file);
    char *line = exception_line(output);
    ck_assert_str_eq(line, hostile[_i].expected);
    ck_assert_uint_lt(strlen(output), 3000);
    free(line);
    free(output);
    free(text);
}
END_TEST

START_TEST(null_bytes_are_refused)
{
    char *output = run("x\0y", 3, file);
    ck_assert_ptr_nonnull(strstr(output, "cannot contain null bytes"));
    free(output);
}
END_TEST

START_TEST(globals_keep_their_order)
{
    struct strbuf output = STRBUF_INIT;
    struct interp *interp = session_new(&output);
    const char *text = "b = 1; a = 2; c = 3; del a; a = 4";
    const char *name;
    struct value value;
    struct strbuf names = STRBUF_INIT;
    session_run(interp, text, strlen(text), file, false, &output);
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);)
        strbuf_addf(&names, "%s ", name);
    ck_assert_str_eq(names.text, "np b c a ");
    strbuf_done(&names);
    strbuf_done(&output);
    interp_free(interp);
}
END_TEST

#define ROWS(table) (int)(sizeof table / sizeof *table)

int main(void)
{
    Suite *suite = suite_create("lang");
    TCase *tests = tcase_create("programs");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, output_is_cpythons, 0, ROWS(programs));
    tcase_add_loop_test(tests, error_is_cpythons, 0, ROWS(errors));
    tcase_add_loop_test(tests, prompt_shows_values, 0, ROWS(prompt));
    tcase_add_loop_test(tests, errors_point_at_the_place, 0, ROWS(rendered));
    tcase_add_loop_test(tests, hostile_text_is_harmless, 0, ROWS(hostile));
    tcase_add_test(tests, null_bytes_are_refused);
    tcase_add_test(tests, globals_keep_their_order);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
