#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What `save` writes is Python: it runs with NumPy and prints what the session
# printed.  $TENSOR names the program.  Skipped where there is no NumPy.
: "${TENSOR:?names the program}"
python=
for candidate in ${PYTHON-} python3 /usr/bin/python3; do
    if "$candidate" -c 'import numpy
import sys
sys.exit(not numpy.__version__.startswith("1.2"))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "no NumPy 1.2x here"
    exit 77
fi
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export XDG_STATE_HOME="$dir/state" XDG_CONFIG_HOME="$dir/config"
failures=0 sessions=0

# session NAME: the entries on standard input, of which all that show
# something do it by print()
session()
{
    sessions=$((sessions + 1))
    rm -f "$dir/work.py"
    { cat; printf '\nsave %s/work.py\n' "$dir"; } >"$dir/in"
    (cd "$dir" && "$TENSOR" -i <in >out 2>err)
    grep -v ' written to .*work\.py$' "$dir/out" >"$dir/printed"
    if ! (cd "$dir" && "$python" -W ignore work.py >python 2>problem) ||
        ! cmp -s "$dir/printed" "$dir/python"; then
        echo "FAIL: $1"
        cat "$dir/err" "$dir/problem"
        diff "$dir/printed" "$dir/python"
        sed 's/^/    | /' "$dir/work.py"
        failures=$((failures + 1))
    fi
}

session 'lists of numbers are arrays' <<'END'
x = [1, 2, 3]
y = [4.5, 5, 6]
print(x + y, x * 2, x.dot(y))
A = [[1, 2], [3, 4]]
print(A @ A, A.T, A.shape)
print([1, 2] + [3, 4])
print([True, False], [[0.1, 0.2]])
END

session 'lists of other things stay lists' <<'END'
words = ['a', 'b', 'c']
print(words + ['d'], len(words))
pairs = [(1, 2), (3, 4)]
print(pairs)
parts = [[1, 2], [3]]
print(parts)
empty = []
empty.append(3)
print(empty)
print([i * i for i in range(4)])
END

session 'one list display, now an array, now a list' <<'END'
for last in (3, 'c'):
    print(['a', last])

def pair(a, b):
    return [a, b]

print(pair('x', 'y'))
END

session 'bare names of functions' <<'END'
a = zeros((2, 3))
b = arange(6).reshape(2, 3)
print(a + b, sqrt(b), ones(3), exp(0))
print(linspace(0, 1, 5), concatenate([a, b]), maximum(1, 2))
print(eye(2), full(2, 7), cumsum(b), argmax(b))
END

session 'Python keeps its own names' <<'END'
print(sum([1, 2, 3]), max(3, 4), min([5, 6]), abs(-3), round(2.567, 2))
print(all([True, False]), any([True, False]), sorted([3, 1, 2]))
print(len('abc'), list(range(3)), type(3), isinstance(3, int))
print(divmod(7, 2), pow(2, 5), ord('a'), chr(98), bin(5), hex(255))
END

session 'classes and functions' <<'END'
class Layer:
    def __init__(self, n):
        self.w = np.ones((n, 2))
        self.b = [0, 1]
    def __call__(self, x):
        return x @ self.w + self.b
    @property
    def size(self):
        return self.w.size

layer = Layer(3)
print(layer([1, 2, 3]), layer.size)

def f(x, *args, scale=2, **kwargs):
    """Scales."""
    return x * scale + len(args) + len(kwargs)

print(f([1, 2], 1, 2, scale=3, more=1))
g = lambda v: v ** 2
print(g([1, 2, 3]))
END

session 'random numbers of a seed' <<'END'
np.random.seed(42)
print(np.random.rand(3), np.random.randn(2, 2))
print(np.random.randint(0, 10, 5), np.random.choice([1, 2, 3], 4))
print(np.random.permutation(5), np.random.normal(5, 2, 3))
rng = np.random.default_rng(7)
print(rng.random(3), rng.integers(1, 7, size=4), rng.normal(size=(2, 2)))
print(rng.choice([10, 20, 30], 2), rng.permutation(4))
r = np.random.RandomState(3)
print(r.poisson(4, 5), r.binomial(10, 0.3, 4), r.exponential(2, 2))
words = ['a', 'b', 'c', 'd']
np.random.shuffle(words)
print(words)
END

session 'control flow' <<'END'
total = 0
for i, v in enumerate([10, 20, 30]):
    if v > 15:
        total += v * i
    else:
        total -= 1

print(total)
while total > 50:
    total //= 2

print(total)
try:
    [1, 2] @ [1, 2, 3]
except ValueError as e:
    print('error:', e)

try:
    1 / 0
except ZeroDivisionError as e:
    print(e)
finally:
    print('done')

with np.printoptions(precision=2):
    print(np.array([1.23456, 2.5]))

END

session 'strings' <<'END'
name = 'tensor'
v = 3.14159
print(f'{name:>10} {v:.2f} {[1, 2]}', '%5d|%s' % (3, name))
print('{} {:.1f}'.format(name, v), "it's", 'a\tb')
text = """two
lines"""
print(text)
print(f'{np.float32(0.1)} {[0.5, 1.5]}')
# a comment with [1, 2]
print('not [1, 2] an array')
END

session 'silent and shown values, errors left out' <<'END'
x = [1, 2, 3];
x.sum();
print(x)
y = undefined_name
x = x * 2; print(x)
print(x[1:], x[[0, 2]], x[x > 2])
x[0] = 10; x[1:] = [7, 8]
print(x)
z = [1, 2] @ [3]
print(x.mean(axis=0), x.tolist())
END

session 'modules' <<'END'
import math
import numpy.linalg as la
from math import sqrt as root, floor
print(math.pi, root(16), floor(2.7), la.norm([3, 4]))
print(np.linalg.inv([[2, 0], [0, 4]]))
import time
t = time.time()
print(t > 0, math.factorial(5))
END

session 'files' <<'END'
a = np.arange(6.0).reshape(2, 3)
np.save('a.npy', a)
print(np.load('a.npy'))
np.savez('b', a=a, b=[1, 2])
with np.load('b.npz') as d:
    print(d.files, d['b'])

np.savetxt('c.csv', a, delimiter=',', header='x,y,z')
print(open('c.csv').read())
print(np.loadtxt('c.csv', delimiter=','))
with open('d.txt', 'w') as f:
    count = f.write('1 2\n3 4\n')
    print('end', file=f)

for line in open('d.txt'):
    print(line.strip().split())

END

session 'nested displays, calls and comprehensions' <<'END'
print(np.array([[1, 2], [3, 4]]), np.vstack(([1, 2], [3, 4])))
rows = [[i, i + 1] for i in range(3)]
print(rows)
d = {'w': [1.0, 2.0], 'names': ['a', 'b']}
print(d['w'] * 2, d['names'])
print(np.stack([[1, 2], [3, 4]], axis=1), ([1, 2], [3, 4])[0] + 1)
t = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
print(t.shape, t[0] + t[1])
print([1, 2] == [1, 2], [1, 2] is None)
END

session 'a definition with blank lines, typed' <<'END'
class A:
    def f(self):
        return 1

    def g(self):
        return 2

print(A().f() + A().g())
END
[ "$(grep -c '^class A' "$dir/work.py")" = 1 ] || {
    echo "FAIL: a definition that was begun is saved, too"
    failures=$((failures + 1))
}

session 'print options' <<'END'
np.set_printoptions(precision=3, suppress=True)
print([1e-10, 1.23456, 100])
np.set_printoptions(formatter={'float': lambda v: '%.1f' % v})
print([1.25, 2.5], np.array2string(np.arange(3), separator=', '))
np.set_printoptions()
print([1.25, 2.5])
END

echo "$sessions sessions, $failures differ from Python"
[ "$failures" -eq 0 ]
