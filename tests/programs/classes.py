# SPDX-License-Identifier: GPL-3.0-or-later
class A:
    def hi(self): print('A'); 
class B(A):
    def hi(self): print('B'); super().hi()
class C(A):
    def hi(self): print('C'); super().hi()
class D(B, C):
    def hi(self): print('D'); super().hi()
D().hi()
print([k.__name__ for k in D.__mro__])
print(D.mro())
print(issubclass(D, A), isinstance(D(), C))
print(D.__bases__)

class Stack(list):
    def push(self, x): self.append(x)
    def peek(self): return self[-1]
s = Stack()
s.push(1); s.push(2)
print(s, len(s), s.peek(), isinstance(s, list), s == [1,2])
s2 = Stack([3,4]); print(s2); print(repr(s2), [x for x in s2], s2[0:1], type(s2[0:1]))

class D(dict):
    def __missing__(self, k):
        return k * 2
d = D(a=1)
print(d['a'], d['zz'], d, len(d), isinstance(d, dict))
for k, v in d.items(): print(k, v)

class AttrDict(dict):
    def __getattr__(self, k):
        try: return self[k]
        except KeyError: raise AttributeError(k)
    def __setattr__(self, k, v): self[k] = v
d = AttrDict(x=1)
d.y = 5
print(d.x, d['y'], d)
try: d.zz
except AttributeError as e: print('AE', e)

class S(str):
    def shout(self): return self.upper() + '!'
s = S('abc')
print(s, s.shout(), len(s), s + 'd', repr(s), isinstance(s, str), s == 'abc', {s: 1}['abc'])

class I(int):
    def double(self): return self * 2
i = I(5)
print(i, i.double(), i + 1, isinstance(i, int), [1,2,3,4,5,6][i], repr(i), hash(i) == hash(5))

class F(float):
    pass
print(F(2.5) * 2, F(1), isinstance(F(1), float))

class MyErr(Exception):
    def __init__(self, msg, code):
        super().__init__(msg)
        self.code = code
try: raise MyErr('bad', 3)
except MyErr as e: print(e, e.code, e.args, repr(e))
class E2(ValueError): pass
try: raise E2('x', 2)
except ValueError as e: print(type(e).__name__, e, e.args)
class E3(Exception):
    def __str__(self): return 'custom'
try: raise E3()
except Exception as e: print(e, repr(e))

class E4(KeyError, ValueError): pass
try: raise E4('k')
except ValueError as e: print(repr(e), str(e))

class I:
    def __index__(self): return 2
print([1,2,3][I()], range(5)[I()], hex(I()), 'abc'[I()], [1,2,3,4][:I()])

class A:
    def __getattr__(self, n): return 'missing ' + n
    def __setattr__(self, n, v):
        print('set', n); object.__setattr__(self, n, v)
    def __delattr__(self, n): print('del', n); super().__delattr__(n)
a = A(); a.x = 3; print(a.x, a.y); del a.x; print(a.x)
class B:
    def __getattribute__(self, n):
        print('get', n); return super().__getattribute__(n)
b = B(); b.z = 1; print(b.z)

class C:
    n = 0
    @classmethod
    def make(cls, *a): cls.n += 1; return cls(*a)
    @staticmethod
    def add(a, b): return a + b
    def __init__(self, v=0): self.v = v
    @property
    def dbl(self): return self.v * 2
    @dbl.setter
    def dbl(self, x): self.v = x / 2
    @dbl.deleter
    def dbl(self): print('deleted')
c = C.make(3); print(c.v, C.n, C.add(1,2), c.add(3,4), c.dbl); c.dbl = 10; print(c.v); del c.dbl
class D(C): pass
print(type(D.make()).__name__, D.n, C.n)

class S:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = 1
s = S(); print(s.a)
try: s.c = 2
except AttributeError as e: print(e)
try: s.b
except AttributeError as e: print(e)

def f(): pass
f.me = f
f.count = 3
print(f.count, f.__dict__.keys())

class Meta(type):
    def __init__(cls, name, bases, ns):
        super().__init__(name, bases, ns)
        print('made', name, [b.__name__ for b in bases])
    def __call__(cls, *a, **k):
        print('calling', cls.__name__)
        return super().__call__(*a, **k)
    def __len__(cls): return 42
    def __getitem__(cls, k): return k
    def __iter__(cls): return iter('xy')
    def __contains__(cls, x): return x == 1
class A(metaclass=Meta):
    def __init__(self, x): self.x = x
class B(A): pass
print(A(3).x, B(4).x, len(A), A[7], list(A), 1 in A, type(A), isinstance(A, Meta), isinstance(A, type))

class Singleton(type):
    _inst = {}
    def __call__(cls, *a, **k):
        if cls not in cls._inst: cls._inst[cls] = super().__call__(*a, **k)
        return cls._inst[cls]
class Cfg(metaclass=Singleton): 
    def __init__(self): self.v = 1
print(Cfg() is Cfg())
class S2:
    _i = None
    def __new__(cls, *args):
        if cls._i is None:
            cls._i = super().__new__(cls)
        return cls._i
    def __init__(self, v): self.v = v
a = S2(1); b = S2(2); print(a is b, a.v)
class S3:
    def __new__(cls, v):
        o = object.__new__(cls); o.w = v * 2; return o
print(S3(4).w)

class Upper(type):
    def __new__(mcs, name, bases, ns):
        up = {k.upper() if not k.startswith('__') else k: v for k, v in ns.items()}
        return super().__new__(mcs, name, bases, up)
class X(metaclass=Upper):
    foo = 1
    def bar(self): return super().__hash__() is not None
print(X.FOO, X().BAR(), hasattr(X, 'foo'), type(X).__name__)

class Typed:
    def __init__(self, t): self.t = t
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, owner):
        if obj is None: return self
        return obj.__dict__.get(self.name)
    def __set__(self, obj, v):
        if not isinstance(v, self.t): raise TypeError(f'{self.name} must be {self.t.__name__}')
        obj.__dict__[self.name] = v
class P:
    name = Typed(str); age = Typed(int)
    def __init__(self, n, a): self.name = n; self.age = a
p = P('a', 3); print(p.name, p.age); p.age = 4; print(p.age, p.__dict__)
try: p.age = 'x'
except TypeError as e: print(e)

class Base:
    registry = []
    def __init_subclass__(cls, tag=None, **kw):
        super().__init_subclass__(**kw); cls.registry.append((cls.__name__, tag))
class A(Base, tag='a'): pass
class B(Base): pass
print(Base.registry)

class V:
    def __init__(self, **kw): self.__dict__.update(kw)
v = V(a=1, b=2); print(v.a, v.b, vars(v)); v.__dict__['c'] = 3; print(v.c)

print((5).__add__(3), 'abc'.__len__(), [1,2].__getitem__(0), (5).__class__.__name__, 'a'.__class__, (2.5).__mul__(2), [3].__contains__(3), {'a':1}.__getitem__('a'), (5).__add__('a'), 'x'.__eq__('x'), (7).__floordiv__(2), (3).__radd__(4))
print(hasattr([], '__len__'), hasattr(5, '__len__'), hasattr(5, '__iter__'), hasattr('a', '__iter__'), hasattr({}, '__getitem__'), hasattr(print, '__call__'), hasattr(lambda: 1, '__name__'))
import numpy as np
x = np.arange(3); print(hasattr(x, '__len__'), hasattr(x, '__iter__'), x.__len__(), x.__class__.__name__)
print(int.__add__(2, 3), str.__len__('abc'), list.__len__([1]))

from abc import ABC, abstractmethod, ABCMeta
class Shape(ABC):
    @abstractmethod
    def area(self): pass
    @abstractmethod
    def per(self): ...
    def desc(self): return f'{type(self).__name__} {self.area():.2f}'
class Sq(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
    def per(self): return 4 * self.s
class Half(Shape):
    def area(self): return 1
try: Shape()
except TypeError as e: print(e)
try: Half()
except TypeError as e: print(e)
print(Sq(2).desc(), isinstance(Sq(1), Shape))
class M(metaclass=ABCMeta):
    @property
    @abstractmethod
    def x(self): ...
try: M()
except TypeError as e: print(e)

class A:
    def __init__(self): print('A'); super().__init__()
class B:
    def __init__(self): print('B'); super().__init__()
class C(A, B):
    def __init__(self): print('C'); super().__init__()
C()
class Mixin:
    def save(self): return 'saved ' + self.name
class Doc(Mixin, object):
    name = 'd'
print(Doc().save())
class P1:
    def __init__(self, a, **k): super().__init__(**k); self.a = a
class P2:
    def __init__(self, b, **k): super().__init__(**k); self.b = b
class P3(P1, P2):
    def __init__(self, **k): super().__init__(**k)
p = P3(a=1, b=2); print(p.a, p.b)

class T(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    @property
    def a(self): return self[0]
t = T(1, 2); print(t, t.a, len(t), t == (1,2), isinstance(t, tuple)); x, y = t; print(x, y, t + (3,), hash(t) == hash((1,2)))
class Celsius(float):
    def __new__(cls, v): return super().__new__(cls, v + 1)
    def f(self): return self * 9 / 5 + 32
c = Celsius(99); print(c, c.f(), f'{c:.1f}', round(c, 1), c > 5, max([c, 3]), int(c), float(c), abs(c), -c, c.is_integer())
class L(list):
    def append(self, x):
        print('adding', x); super().append(x)
    def __getitem__(self, i): return super().__getitem__(i - 1)
    def __repr__(self): return 'L' + super().__repr__()
l = L([1,2,3]); l.append(4); print(l[1], l, len(l), sum(l), sorted(l), 3 in l, l + [5], list(l), l.index(2), str(l)); l += [9]; print(type(l).__name__, l)
for i in l: print(i, end=' ')
print(bool(L()), L() == [], [1,2,3] == L([1,2,3]), l[::-1] if False else '')
import numpy as np
print(np.array(L([1,2])), np.mean(L([1,2])))

class Matrix(list):
    def __init__(self, rows): super().__init__(rows); self.n = len(rows)
    def __mul__(self, o): return Matrix([[sum(a*b for a, b in zip(r, c)) for c in zip(*o)] for r in self])
m = Matrix([[1,2],[3,4]]); print(m * m, m.n, (m*m).n)
class Cfg(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
c = Cfg(a=1); c.b = 2; print(c.a, c.b, c.zz, c)
class DD(dict):
    def __init__(self, *a, **k): super().__init__(*a, **k); self.extra = 1
    def __setitem__(self, k, v): super().__setitem__(k, v * 2)
d = DD({'x': 1}, y=2); d['z'] = 3; print(d, d.extra, dict(d), {**d}, 'x' in d, d.get('q', 5), list(d), d.pop('x'), len(d), sorted(d.items())); del d['y']; print(d)

class A:
    x = 1
    def f(self): return self.x
a = A(); b = A(); a.x = 5; print(a.f(), b.f(), A.x, A.f(b)); A.x = 7; print(b.x); print(a.__class__.__name__, a.__dict__, b.__dict__, A.__name__, a.f.__name__, A.f.__name__)
print(getattr(a, 'x'), hasattr(a, 'q'), isinstance(a, object), callable(a.f), type(a) is A, type(a) == A, id(a) == id(a))
print(A.__dict__['x'], '__init__' in dir(a) or True, str(A), repr(A))
class Emp:
    count = 0
    def __init__(self, n): self.n = n; Emp.count += 1
    def __del__(self): pass
    def __str__(self): return f'Emp({self.n})'
    def __lt__(self, o): return self.n < o.n
    def __bool__(self): return self.n > 0
    def __hash__(self): return hash(self.n)
    def __eq__(self, o): return isinstance(o, Emp) and self.n == o.n
print([str(e) for e in sorted([Emp(3), Emp(1)])], Emp.count, bool(Emp(0)), len({Emp(1), Emp(1)}), f'{Emp(2)}', '%s' % Emp(2), '{}'.format(Emp(4)))

X = type('X', (), {'a': 1, 'f': lambda self: self.a + 1})
print(X().f(), X.__name__, X)
Y = type('Y', (X,), {}); print(Y().a, issubclass(Y, X))

class Node:
    def __init__(self, v, l=None, r=None): self.v, self.l, self.r = v, l, r
    def __iter__(self):
        if self.l: yield from self.l
        yield self.v
        if self.r: yield from self.r
print(list(Node(2, Node(1), Node(3))))
class Count:
    def __init__(self, n): self.n = n
    def __iter__(self): self.i = 0; return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1; return self.i
print(list(Count(3)), sum(Count(4)), [x for x in Count(2)], max(Count(5)), tuple(Count(2)), 2 in Count(3), dict(zip(Count(2), 'ab')))
class Poly:
    def __init__(self, *c): self.c = c
    def __call__(self, x): return sum(a * x**i for i, a in enumerate(self.c))
    def __add__(self, o): return Poly(*[a+b for a, b in zip(self.c, o.c)])
    def __repr__(self): return f'Poly{self.c}'
    def __getitem__(self, i): return self.c[i]
    def __len__(self): return len(self.c)
    def __contains__(self, x): return x in self.c
    def __neg__(self): return Poly(*[-a for a in self.c])
    def __pow__(self, n): return n
    def __rmul__(self, k): return Poly(*[k*a for a in self.c])
    def __matmul__(self, o): return 'mm'
    def __iadd__(self, o): self.c = self.c + (o,); return self
p = Poly(1, 2, 3); print(p(2), p + p, p[1], len(p), 3 in p, -p, p ** 2, 3 * p, p @ p); p += 4; print(p, reversed(p) is not None, list(p))
class R:
    def __radd__(self, o): return o + 10
    def __rsub__(self, o): return 'rs'
print(sum([R()]), 5 - R())

x: int = 5
def f(a: 'int', /, b, *, c: float = 2.0) -> None: return a, b, c
print(f(1, 2), f(1, b=3, c=4))
def g(*args, sep=' ', **kw): return args, sep, sorted(kw.items())
print(g(1, 2, sep='-', z=1, y=2), (lambda *a, **k: (a, k))(1, b=2))
a, *b, c = range(5); print(a, b, c); (d, e), f2 = (1, 2), 3; print(d, e, f2)
print(f'{3.14159:.2f} {5:>5d}|{"a":<4}|{1e6:,.0f} {0.25:.1%} {10:#x} {7:03d} {"x"!r} {1+1=} {[1,2]}')
if (n := 10) > 5: print(n)
print(*[1,2,3], sep=', '); print({**{'a':1}, 'b':2}, [*range(3), *'ab'], {*[1,2]})
def outer():
    x = 1
    def inner():
        nonlocal x; x += 1; return x
    return inner
i = outer(); i(); print(i())
try: print(1/0)
except (ValueError, ZeroDivisionError) as e: print('caught', e)
else: print('no')
finally: print('fin')
for i in range(3):
    if i == 5: break
else: print('else')
print([i*j for i in range(3) for j in range(3) if i != j], {k: v for k, v in zip('ab', [1,2])}, {x % 3 for x in range(9)}, 1 if True else 2, not None, 3 < 4 < 5, 'a' in 'abc', [] or 'x', 0 and 1)
global_var = 1
def h():
    global global_var; global_var = 2
h(); print(global_var); assert True, 'x'; del global_var
print('global_var' in globals(), __name__)
if __name__ == '__main__': print('main')
