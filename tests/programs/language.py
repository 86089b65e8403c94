# SPDX-License-Identifier: GPL-3.0-or-later
def f(x):
    match x:
        case 0: return 'zero'
        case 1 | 2: return 'small'
        case -1: return 'neg'
        case 'a': return 'str a'
        case None: return 'none'
        case True: return 'true'
        case [a, b]: return f'pair {a} {b}'
        case [a, *rest]: return f'list {a} {rest}'
        case {'k': v, **rest}: return f'map {v} {rest}'
        case int(n) if n > 100: return f'big {n}'
        case str() as s: return f'str {s}'
        case (): return 'empty'
        case _: return 'other'
for x in [0, 1, 2, -1, 'a', 'zzz', None, True, [1, 2], (3, 4), [1, 2, 3], {'k': 1, 'z': 2}, 101, 50, [], {}, 2.5]:
    print(repr(x), f(x))

from dataclasses import dataclass
@dataclass
class Point:
    x: int
    y: int = 0
class Color:
    RED = 1
def g(p):
    match p:
        case Point(x=0, y=0): return 'origin'
        case Point(0, y): return f'y {y}'
        case Point(x, 0): return f'x {x}'
        case Point(): return 'somewhere'
        case Color.RED: return 'red'
        case [Point(x=a), Point(x=b)]: return a + b
print(g(Point(0, 0)), g(Point(0, 3)), g(Point(4)), g(Point(1, 1)), g(1), g([Point(1), Point(2)]), g(99))

from enum import Enum, auto, IntEnum
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = auto()
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color['BLUE'], list(Color), Color.RED == Color.RED, Color.RED is Color(1), len(Color))
for c in Color: print(c)
print(isinstance(Color.RED, Color), {Color.RED: 1}, Color.BLUE.value, Color.RED in Color)
class P(IntEnum):
    LOW = 1
    HIGH = 2
print(P.LOW < P.HIGH, P.LOW + 1, P.HIGH, repr(P.HIGH))
try: Color(7)
except ValueError as e: print(e)

from enum import Enum
class Planet(Enum):
    EARTH = (5.97e24, 6.37e6)
    MARS = (6.4e23, 3.39e6)
    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius
    @property
    def g(self): return self.mass / self.radius
print(Planet.EARTH.mass, Planet.MARS.g)
class Op(str, Enum):
    A = 'a'
print(Op.A == 'a', Op.A.value)

from dataclasses import dataclass, field
from typing import List, Optional, Dict, Tuple, Union, Callable, Any
@dataclass(order=True, frozen=True)
class P:
    x: float
    y: float = 0.0
    tags: List[str] = field(default_factory=list, compare=False)
p = P(1, 2)
print(p, p == P(1, 2), p < P(2, 0), sorted([P(3), P(1)]))
try: p.x = 5
except Exception as e: print(type(e).__name__, e)
from dataclasses import asdict, astuple, replace
print(asdict(p), astuple(p), replace(p, x=9))

def g():
    x = (yield 1) + 1
    print('got', x)
    y = yield x
    print('y', y)
    f = [(yield 3), (yield 4)]
    print(f)
    print((yield 5), end='!\n')
    return 10
it = g()
print(next(it)); print(it.send(5)); print(it.send(7)); print(next(it)); print(it.send(1))
try:
    while True: print(it.send(2))
except StopIteration as e: print('stop', e.value)

def inner():
    a = yield 1
    print('inner got', a)
    return 'r'
def outer():
    x = yield from inner()
    print('outer', x)
    yield 2
o = outer()
print(next(o), o.send('hello'))
def w():
    while (x := (yield)) is not None: print('got', x)
c = w(); next(c); c.send(1); c.send(2)
try: c.send(None)
except StopIteration: print('done')

class CM:
    def __enter__(self): print('enter'); return self
    def __exit__(self, t, v, tb): print('exit', t.__name__ if t else None, v); return t is ValueError
with CM() as c: print('in')
with CM(): raise ValueError('x')
try:
    with CM(): raise KeyError('x')
except KeyError: print('ke')
with CM() as a, CM() as b: pass
with (CM() as a, CM() as b): print('p')
from contextlib import contextmanager
@contextmanager
def cm(x):
    print('pre')
    try: yield x
    finally: print('post')
with cm(3) as v: print(v)

def g():
    try:
        yield 1
        yield 2
    finally: print('cleanup')
it = g(); next(it); it.close(); print('closed')
it = g(); next(it); del it; print('deleted')
for x in g(): break
print('x')

def g():
    a = 1
    r = [a, (yield a), a + (yield 2)]
    print(r)
    d = {'x': (yield 3), (yield 4): a}
    print(d, f'{(yield 5)!r:>5}|{a}')
    w = yield (yield 6)
    print('w', w)
    if (yield 7) > 3: print('big')
    elif a: print('small')
    x = (yield 8) or 'none'; print(x)
    s = (v := (yield 9)) * 2; print(s, v)
    print(-(yield 10), not (yield 11), (yield 12)[0], (yield 13).upper(), len((yield 14)))
    a += (yield 15); print(a)
    assert (yield 16) == 1
    return (yield 17), (yield 18)
def drive(gen, values):
    try:
        v = next(gen)
        for x in values: 
            print('->', v); v = gen.send(x)
    except StopIteration as e: print('ret', e.value)
drive(g(), [10, 20, 30, 'k', 'five', 66, 67, 5, 0, 4, 1, 1, [3], 'up', 'four', 2, 1, 'p', 'q'])

def w():
    while (x := (yield)) is not None: print('got', x)
    print('end')
c = w(); next(c); c.send(1); c.send(2)
try: c.send(None)
except StopIteration: print('done')
def avg():
    total = n = 0
    while True:
        total += (yield total / n if n else None); n += 1
a = avg(); next(a); print(a.send(10), a.send(20))
