# SPDX-License-Identifier: GPL-3.0-or-later
from functools import partial, reduce, lru_cache, wraps, cache, cmp_to_key, total_ordering
print(reduce(lambda a, b: a * b, [1,2,3,4]), reduce(lambda a,b: a+b, [], 10))
p = partial(pow, 2); print(p(5)); q = partial(print, 'a', sep='-'); q('b', 'c')
print(p.func, p.args, p.keywords)
@lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n-1) + fib(n-2)
print(fib(80), fib.cache_info()); fib.cache_clear()
def deco(f):
    @wraps(f)
    def w(*a, **k): 'doc'; print('call', f.__name__); return f(*a, **k)
    return w
@deco
def foo(x): "foo doc"; return x
print(foo(3), foo.__name__, foo.__doc__)
print(sorted([3,1,2], key=cmp_to_key(lambda a, b: b - a)))
@total_ordering
class V:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __lt__(s, o): return s.v < o.v
print(V(1) <= V(2), V(3) > V(2))

import itertools as it
print(list(it.product([1,2],'ab')), list(it.permutations([1,2,3],2)), list(it.combinations('abc',2)))
print(list(it.chain([1],[2,3])), list(it.chain.from_iterable([[1],[2]])), list(it.islice(it.count(5,2),3)), list(it.zip_longest([1],[2,3],fillvalue=0)))
print(list(it.accumulate([1,2,3])), list(it.accumulate([1,2,3], lambda a,b:a*b)), list(it.repeat(7,2)), list(it.islice(it.cycle('ab'),5)))
for k, g in it.groupby('aabbbc'): print(k, list(g))
print(list(it.takewhile(lambda x: x<3,[1,2,3,1])), list(it.dropwhile(lambda x:x<3,[1,2,3,1])), list(it.starmap(pow,[(2,3)])), list(it.compress('abc',[1,0,1])), list(it.filterfalse(lambda x:x%2,[1,2,3])), list(it.pairwise([1,2,3])), list(it.combinations_with_replacement('ab',2)))
a, b = it.tee([1,2]); print(list(a), list(b))
print(it.count())

from collections import namedtuple, defaultdict, deque, OrderedDict, Counter, ChainMap
P = namedtuple('P', 'x y'); p = P(1, y=2)
print(p, p.x, p[1], p._asdict(), p._replace(x=5), P._fields, p == (1,2), isinstance(p, tuple)); x, y = p; print(x, y, p + (3,))
P2 = namedtuple('P2', ['a','b'], defaults=[5]); print(P2(1), P2._make([3,4]))
d = defaultdict(list); d['a'].append(1); print(d, dict(d)); di = defaultdict(int); di['z'] += 1; print(di, 'q' in di)
dd = defaultdict(lambda: defaultdict(int)); dd['a']['b'] += 1; print(dd['a']['b'])
q = deque([1,2,3], maxlen=3); q.append(4); q.appendleft(0); print(q, q.popleft(), q.pop(), len(q), q[0]); q.rotate(1); q.extend([7,8]); print(q, list(q))
o = OrderedDict(); o['b']=1; o['a']=2; print(o, list(o)); o.move_to_end('b'); print(o.popitem(last=False))
c = Counter('abracadabra'); print(c, c.most_common(2), c['z'], c + Counter('aa'), sum(c.values()), list(c.elements())[:3]); c.update('zz'); print(c['z'], c - Counter('a'))

from pathlib import Path
Path('dd').mkdir(exist_ok=True)
p = Path('dd') / 'x.txt'
p.write_text('hi\nyo\n')
print(p, p.name, p.stem, p.suffix, p.exists(), p.read_text(), p.parent, repr(p))
print(sorted(str(q) for q in Path('dd').glob('*.txt')))
with p.open() as f: print(f.readline())
p.unlink(); Path('qq').mkdir(exist_ok=True); print(Path('qq').is_dir())

import json
d = {'a': [1, 2.5, None, True], 'b': {'c': 'é"\n'}}
s = json.dumps(d); print(s); print(json.loads(s) == d); print(json.dumps(d, indent=2)); print(json.dumps({'b':1,'a':2}, sort_keys=True), json.dumps('é', ensure_ascii=False))
with open('j.json', 'w') as f: json.dump(d, f)
with open('j.json') as f: print(json.load(f))
try: json.loads('{bad')
except json.JSONDecodeError as e: print(e)
try: json.dumps({1, 2})
except TypeError as e: print(e)
print(json.dumps([1,2],separators=(',',':')), json.loads('[1e3, -2, "\\u00e9"]'), json.dumps((1,2)), json.dumps({1:2}))

import copy
a = [[1,2],{'k':[3]}]; b = copy.deepcopy(a); b[0].append(9); print(a, b); c = copy.copy(a); c[0].append(7); print(a)
class N:
    def __init__(s): s.l=[1]
n = N(); m = copy.deepcopy(n); m.l.append(2); print(n.l, m.l)
import numpy as np
x = [np.zeros(2)]; y = copy.deepcopy(x); y[0][0]=1; print(x, y)
l = [1]; l.append(l); k = copy.deepcopy(l); print(k, k[1] is k)

import statistics as st
d = [1,2,2,3,4.5]
print(st.mean(d), st.median(d), st.mode(d), st.stdev(d), st.variance(d), st.pstdev(d), st.pvariance([1,2,3]), st.mean([1,2,3]), st.median([1,2,3,4]), st.median_low([1,2,3,4]), st.fmean([1,2]), st.quantiles([1,2,3,4,5]), st.multimode('aabb'), st.harmonic_mean([1,2,4]), st.geometric_mean([1,2,4]))
print(st.correlation([1,2,3],[1,2,4]), st.linear_regression([1,2,3],[1,2,4]))

import string, operator as op
print(string.ascii_lowercase, string.digits, string.punctuation, string.ascii_letters, repr(string.whitespace), string.ascii_uppercase, string.hexdigits)
print(op.add(1,2), op.itemgetter(1)([3,4]), op.attrgetter('real')(3), op.mul(2,3), op.itemgetter(0,2)('abc'), op.methodcaller('upper')('a'), sorted({'a':2,'b':1}.items(), key=op.itemgetter(1)))
print('abc'.translate(str.maketrans('', '', string.punctuation)), string.capwords('a b'))
t = string.Template('$x is'); print(t.substitute(x=3))

import struct, gzip
import numpy as np
d = struct.pack('>IIf', 2051, 3, 1.5); print(d, struct.unpack('>IIf', d), struct.calcsize('<hq'), struct.unpack('<hH', b'\xff\xff\x01\x00'))
print(np.frombuffer(b'\x01\x02\x03\x04', dtype=np.uint8), np.frombuffer(b'\x00' * 16, np.float64, offset=8), np.frombuffer(bytes(range(8)), dtype=np.int16, count=2))
with open('x.bin', 'wb') as f: f.write(d + b'ab')
with open('x.bin', 'rb') as f: print(f.read(4), f.read())
print(str(b'abc', 'utf-8'), bytes('é', 'utf-8'), 'abc'.encode('ascii'), b'a,b'.split(b','), b' x '.strip(), b'ab' * 2, b'a' < b'b', sorted([b'b', b'a']), b'abc'[::-1])
try: b'\xff'.decode()
except UnicodeDecodeError as e: print(e)
try: 'a' + b'b'
except TypeError as e: print(e)

import io, csv, heapq, textwrap, pprint, fractions, warnings, types, timeit, bisect
from fractions import Fraction as F
print(F(1, 3) + F(1, 6), F(3, 4) * 2, 1 - F(1, 4), F('0.25'), F(0.5), F(2, 4), repr(F(-1, 3)), F(1, 2) < F(2, 3), float(F(1, 4)), F(1, 3) ** 2, F(3.141592653589793).limit_denominator(100), sum([F(1, k) for k in range(1, 5)]), F(1,2) == 0.5, 2 / F(1, 2))
b = io.StringIO(); b.write('a,b\n'); print('x', 1, file=b); print(repr(b.getvalue())); b.seek(0); print(b.readline(), list(b))
w = csv.writer(b := io.StringIO()); w.writerow([1, 'a,b', 'q"x', None, 2.5]); print(repr(b.getvalue())); print(list(csv.reader(io.StringIO('a,"b, c","d ""e"""\n1,,3\n'))))
d = csv.DictWriter(b := io.StringIO(), fieldnames=['x', 'y']); d.writeheader(); d.writerows([{'x': 1, 'y': 2}]); print(repr(b.getvalue()))
print(textwrap.fill('The quick brown fox jumps over the lazy dog', 20)); print(textwrap.dedent('  a\n    b\n  c'), textwrap.shorten('hello big world', 12))
pprint.pprint({'b': [1, 2, 3], 'a': {'x': 'y' * 30, 'z': list(range(20))}, 'c': ('q' * 40, 'w' * 40)}); pprint.pprint([1, 2])
n = types.SimpleNamespace(a=1, b='x'); print(n, n.a); warnings.filterwarnings('ignore'); print(timeit.timeit(lambda: None, number=10) >= 0)
h = []; [heapq.heappush(h, x) for x in [5, 2, 8, 1, 9, 3]]; print(h, heapq.heapreplace(h, 4), h, heapq.heappushpop(h, 0), list(heapq.merge([1, 3], [2, 4])))
x = [5, 3, 8, 1]; heapq.heapify(x); print(x)
