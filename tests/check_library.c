/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modules of the library beside numpy. */
#include "lang_programs.h"

static const struct row rows[] = {
    {"import math, time\n"
     "print(math.floor(2.7), math.ceil(2.1), math.sqrt(16), math.pi, "
     "math.e, math.log(10), math.log(8, 2), math.exp(1), math.inf, "
     "math.nan, math.factorial(5), math.gcd(12, 18), math.comb(5, 2), "
     "math.perm(5, 2), math.isclose(0.1 + 0.2, 0.3), math.prod([1, 2, "
     "3]), math.fsum([0.1] * 10), math.dist([0, 0], [3, 4]), "
     "math.hypot(3, 4), math.lcm(4, 6), math.isqrt(17), math.modf(2.5), "
     "math.frexp(8.0), math.trunc(-2.5), math.cbrt(27.0), math.exp2(3), "
     "math.acosh(2), math.asinh(1), math.atanh(.5), math.erfc(1), "
     "math.ldexp(1.0, 3), math.remainder(7, 3), math.ulp(1.0), "
     "math.nextafter(1, 2), math.hypot(1,2,3), math.gcd(4,6,8))",
     "2 3 4.0 3.141592653589793 2.718281828459045 2.302585092994046 3.0 "
     "2.718281828459045 inf nan 120 6 10 20 True 6 1.0 5.0 5.0 12 4 "
     "(0.5, 2.0) (0.5, 4) -2 3.0000000000000004 8.0 1.3169578969248166 "
     "0.881373587019543 0.5493061443340548 0.15729920705028513 8.0 1.0 "
     "2.220446049250313e-16 1.0000000000000002 3.7416573867739413 2\n"},
    {"import random\n"
     "random.seed(42)\n"
     "print(random.random(), random.randint(1, 10), random.uniform(0, "
     "5))\n"
     "x = list(range(10)); random.shuffle(x); print(x)\n"
     "print(random.sample(range(100), 5), random.choice('abc'), "
     "random.gauss(0, 1), random.choices([1,2,3], k=4), "
     "random.randrange(0, 100, 5), random.normalvariate(0, 1))\n"
     "random.seed(0); print([random.random() for _ in range(3)])",
     "0.6394267984578837 1 3.7077524987991644\n"
     "[8, 1, 7, 6, 4, 0, 5, 2, 9, 3]\n"
     "[4, 3, 11, 27, 29] c -1.0288009176018047 [3, 3, 2, 2] 40 "
     "1.7380254673355275\n"
     "[0.8444218515250481, 0.7579544029403025, 0.420571580830845]\n"},
    {"import itertools\n"
     "print(list(itertools.product([1, 2], 'ab')), "
     "list(itertools.chain([1], [2, 3])), "
     "list(itertools.combinations([1, 2, 3], 2)), "
     "list(itertools.permutations([1, 2, 3], 2)), "
     "list(itertools.islice(itertools.count(5), 3)), "
     "list(zip(itertools.cycle('ab'), range(3))), "
     "list(itertools.repeat(1, 2)), list(itertools.accumulate([1, 2, "
     "3])), list(itertools.zip_longest([1, 2], [3])), "
     "list(itertools.takewhile(lambda x: x < 3, [1, 2, 3, 1])), "
     "list(itertools.dropwhile(lambda x: x < 3, [1, 3, 1])), [(k, "
     "list(g)) for k, g in itertools.groupby('aabbc')], "
     "list(itertools.starmap(pow, [(2, 3)])), "
     "list(itertools.chain.from_iterable([[1], [2]])), "
     "list(itertools.pairwise([1,2,3])), "
     "list(itertools.combinations_with_replacement([1,2],2)), "
     "list(itertools.product([0,1], repeat=2)))",
     "[(1, 'a'), (1, 'b'), (2, 'a'), (2, 'b')] [1, 2, 3] [(1, 2), (1, "
     "3), (2, 3)] [(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)] [5, "
     "6, 7] [('a', 0), ('b', 1), ('a', 2)] [1, 1] [1, 3, 6] [(1, 3), "
     "(2, None)] [1, 2] [3, 1] [('a', ['a', 'a']), ('b', ['b', 'b']), "
     "('c', ['c'])] [8] [1, 2] [(1, 2), (2, 3)] [(1, 1), (1, 2), (2, "
     "2)] [(0, 0), (0, 1), (1, 0), (1, 1)]\n"},
    {"from functools import reduce, partial, lru_cache, wraps\n"
     "print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, "
     "b: a + b, [], 5), partial(pow, 2)(5))\n"
     "@lru_cache(maxsize=None)\n"
     "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\n"
     "print(fib(50))\n"
     "def deco(f):\n"
     "    @wraps(f)\n"
     "    def inner(*a, **k):\n"
     "        print('before')\n"
     "        r = f(*a, **k)\n"
     "        print('after')\n"
     "        return r\n"
     "    return inner\n"
     "@deco\n"
     "def add(a, b):\n"
     "    \"adds\"\n"
     "    return a + b\n"
     "print(add(1, 2), add.__name__, add.__doc__)",
     "24 5 32\n"
     "12586269025\n"
     "before\n"
     "after\n"
     "3 add adds\n"},
    {"from collections import Counter, defaultdict, namedtuple, deque, "
     "OrderedDict\n"
     "c = Counter('hello'); print(c, c['l'], c['z'], c.most_common(1), "
     "sum(c.values()), dict(c))\n"
     "c.update('lo'); print(c)\n"
     "d = defaultdict(list); d['a'].append(1); d['b']; print(dict(d), "
     "d)\n"
     "d2 = defaultdict(int)\n"
     "for w in 'a b a'.split(): d2[w] += 1\n"
     "print(d2['a'], len(d2), 'z' in d2, sorted(d2.items()))\n"
     "P = namedtuple('P', ['x', 'y']); p = P(1, y=2); print(p, p.x, "
     "p[1], tuple(p), p._replace(x=5), p._asdict()); x, y = p; print(x, "
     "y)\n"
     "q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); "
     "print(q, q.popleft(), q.pop(), len(q), list(q))",
     "Counter({'l': 2, 'h': 1, 'e': 1, 'o': 1}) 2 0 [('l', 2)] 5 {'h': "
     "1, 'e': 1, 'l': 2, 'o': 1}\n"
     "Counter({'l': 3, 'o': 2, 'h': 1, 'e': 1})\n"
     "{'a': [1], 'b': []} defaultdict(<class 'list'>, {'a': [1], 'b': "
     "[]})\n"
     "2 2 False [('a', 2), ('b', 1)]\n"
     "P(x=1, y=2) 1 2 (1, 2) P(x=5, y=2) {'x': 1, 'y': 2}\n"
     "1 2\n"
     "deque([2], maxlen=3) 0 3 1 [2]\n"},
    {"import copy\n"
     "a = [[1, 2], 3]; b = copy.copy(a); c = copy.deepcopy(a); a[0][0] "
     "= 9; print(b, c)\n"
     "class T:\n"
     "    def __init__(self): self.v = [1]\n"
     "t = T(); u = copy.deepcopy(t); t.v.append(2); print(u.v, "
     "copy.copy(t).v)\n"
     "d = {'a': [1]}; e = copy.deepcopy(d); d['a'].append(2); print(e)",
     "[[9, 2], 3] [[1, 2], 3]\n"
     "[1] [1, 2]\n"
     "{'a': [1]}\n"},
    {"import sys, os\n"
     "print(sys.version_info[0] >= 3, sys.maxsize)\n"
     "print(os.path.join('a', 'b'), os.path.basename('/x/y.txt'), "
     "os.path.splitext('a.txt'), os.path.exists('/nonexistent'))",
     "True 9223372036854775807\n"
     "a/b y.txt ('a', '.txt') False\n"},
    {"from typing import List, Dict, Optional, Tuple, Callable, Union, "
     "Any\n"
     "def f(x: List[int], y: Optional[str] = None, *args: int, **kw: "
     "Dict[str, int]) -> Tuple[int, ...]:\n"
     "    z: int = 3\n"
     "    w: float\n"
     "    return (x[0], z)\n"
     "print(f([1]))\n"
     "x: 'list[int]' = [1]\n"
     "print(x)",
     "(1, 3)\n"
     "[1]\n"},
    {"import statistics as st, operator\n"
     "print(st.mean([1, 2, 3]), st.mean([1.5, 2]), st.median([3, 1, "
     "2]), st.median([1, 2, 3, 4]), st.mode('aab'), st.stdev([1, 2, 3, "
     "4]), st.pstdev([1, 2]), st.variance([1, 2, 3]))\n"
     "print(sorted([(2, 'a'), (1, 'b')], key=operator.itemgetter(0)), "
     "operator.add(1, 2), list(map(operator.mul, [1, 2], [3, 4])), "
     "operator.attrgetter('real')(3))\n"
     "st.mean([])",
     "2 1.75 2 2.5 a 1.2909944487358056 0.5 1\n"
     "[(1, 'b'), (2, 'a')] 3 [3, 8] 3\n"
     "StatisticsError: mean requires at least one data point\n"},
    {"from functools import reduce\n"
     "reduce(lambda a, b: a, [])",
     "TypeError: reduce() of empty iterable with no initial value\n"},
    {"import random\n"
     "random.choice([])",
     "IndexError: Cannot choose from an empty sequence\n"},
    {"from collections import defaultdict\n"
     "d = defaultdict(lambda: [0])\n"
     "d['a'].append(1)\n"
     "print(d['a'], d.get('q'), isinstance(d, dict), {**d})\n"
     "defaultdict(None)['x']",
     "[0, 1] None True {'a': [0, 1]}\n"
     "KeyError: 'x'\n"},
    {"import itertools\n"
     "it = itertools.chain([1], [2])\n"
     "print(next(it), next(it))\n"
     "next(it)",
     "1 2\n"
     "StopIteration\n"},
    {"import math\n"
     "math.comb(5, -1)",
     "ValueError: k must be a non-negative integer\n"},
    {"from dataclasses import dataclass, field\n"
     "@dataclass\n"
     "class Config:\n"
     "    lr: float = 0.01\n"
     "    epochs: int = 5\n"
     "    names: list = field(default_factory=list)\n"
     "c = Config(epochs=3)\n"
     "print(c, c.lr, c == Config(0.01, 3))\n"
     "from dataclasses import asdict, replace\n"
     "@dataclass(order=True)\n"
     "class P:\n"
     "    x: int\n"
     "    y: int = 0\n"
     "    def norm(self): return self.x ** 2 + self.y ** 2\n"
     "print(P(1) < P(2), P(3, 4).norm(), asdict(P(1, 2)), replace(P(1), "
     "y=5), P(1) == 3)\n"
     "P()",
     "Config(lr=0.01, epochs=3, names=[]) 0.01 True\n"
     "True 25 {'x': 1, 'y': 2} P(x=1, y=5) False\n"
     "TypeError: P.__init__() missing 1 required positional argument: "
     "'x'\n"},
    {"from abc import ABC, abstractmethod\n"
     "class Shape(ABC):\n"
     "    @abstractmethod\n"
     "    def area(self): ...\n"
     "class Sq(Shape):\n"
     "    def __init__(self, s): self.s = s\n"
     "    def area(self): return self.s ** 2\n"
     "print(Sq(3).area())",
     "9\n"},
    {"import string\n"
     "print(string.ascii_letters, string.punctuation)",
     "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ "
     "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\n"},
};

int main(void)
{
    return run_rows("library", (int)(sizeof rows / sizeof *rows));
}
