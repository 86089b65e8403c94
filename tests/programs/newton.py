# SPDX-License-Identifier: GPL-3.0-or-later
import math
def newton(f, df, x0, tol=1e-10, max_iter=50):
    x = x0
    for n in range(max_iter):
        fx = f(x)
        if abs(fx) < tol:
            print(f'Found solution after {n} iterations.')
            return x
        d = df(x)
        if d == 0:
            print('Zero derivative. No solution found.')
            return None
        x = x - fx / d
    print('Exceeded maximum iterations. No solution found.')
    return None
print(newton(lambda x: x**3 - x**2 - 1, lambda x: 3*x**2 - 2*x, 1))
print(newton(lambda x: x**2 - 2, lambda x: 2*x, 1.0), math.sqrt(2))
print(newton(lambda x: x**2 + 1, lambda x: 2*x, 0.0))
def bisect(f, a, b, tol=1e-8):
    assert f(a) * f(b) < 0, "no sign change"
    while b - a > tol:
        m = (a + b) / 2
        if f(a) * f(m) <= 0: b = m
        else: a = m
    return (a + b) / 2
print(bisect(math.cos, 0, 3), "%.6e" % (bisect(math.cos, 0, 3) - math.pi / 2))
try:
    bisect(math.exp, 0, 1)
except AssertionError as e:
    print("AssertionError:", e)
def derivative(f, x, h=1e-5): return (f(x + h) - f(x - h)) / (2 * h)
for x in [0, 1, 2.5]:
    print(x, round(derivative(math.sin, x), 6), round(math.cos(x), 6))
def fixed_point(g, x):
    while True:
        yield x
        nx = g(x)
        if abs(nx - x) < 1e-6: return
        x = nx
print([round(v, 5) for v in fixed_point(math.cos, 1.0)][-3:])
def horner(c, x):
    r = 0
    for a in c: r = r * x + a
    return r
print(horner([2, -6, 2, -1], 3), sum(1 / math.factorial(k) for k in range(15)), math.e)
