# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
from math import exp, sin, cos, pi, sqrt
def trapezoid(f, a, b, n):
    h = (b - a) / n
    return h * (0.5 * f(a) + sum(f(a + i * h) for i in range(1, n)) + 0.5 * f(b))
def simpson(f, a, b, n):
    if n % 2: n += 1
    h = (b - a) / n
    s = f(a) + f(b)
    for i in range(1, n):
        s += (4 if i % 2 else 2) * f(a + i * h)
    return s * h / 3
for n in (4, 8, 16, 32):
    print(f"{n:4d} {trapezoid(sin, 0, pi, n):.10f} {simpson(sin, 0, pi, n):.10f}")
def euler(f, y0, t0, t1, n):
    h = (t1 - t0) / n; t, y = t0, y0
    out = [(t, y)]
    for _ in range(n):
        y += h * f(t, y); t += h
        out.append((t, y))
    return out
def rk4(f, y0, t0, t1, n):
    h = (t1 - t0) / n; t, y = t0, y0
    for _ in range(n):
        k1 = f(t, y); k2 = f(t + h/2, y + h/2*k1); k3 = f(t + h/2, y + h/2*k2); k4 = f(t + h, y + h*k3)
        y += h/6*(k1 + 2*k2 + 2*k3 + k4); t += h
    return y
for t, y in euler(lambda t, y: -2 * y, 1.0, 0, 1, 5): print(f"{t:.2f}\t{y:.6f}")
print(round(rk4(lambda t, y: -2 * y, 1.0, 0, 1, 10), 8), round(exp(-2), 8))
A = np.array([[4., -1, 0], [-1, 4, -1], [0, -1, 4]]); b = np.array([2., 6, 2])
x = np.zeros(3)
for k in range(25):
    x_new = (b - (A - np.diag(np.diag(A))) @ x) / np.diag(A)
    if np.linalg.norm(x_new - x, np.inf) < 1e-8: break
    x = x_new
print(k, x.round(6), np.linalg.solve(A, b))
def gauss(A, b):
    M = np.hstack([A.astype(float), b.reshape(-1, 1)]); n = len(M)
    for i in range(n):
        p = i + np.argmax(np.abs(M[i:, i])); M[[i, p]] = M[[p, i]]
        for j in range(i + 1, n): M[j] -= M[i] * (M[j, i] / M[i, i])
    x = np.zeros(n)
    for i in reversed(range(n)): x[i] = (M[i, -1] - M[i, i+1:n] @ x[i+1:]) / M[i, i]
    return x
print(gauss(A, b).round(10), np.linalg.det(A).round(6), np.linalg.norm(A @ gauss(A, b) - b) < 1e-12)
v = np.ones(3)
for _ in range(100): v = A @ v; v /= np.linalg.norm(v)
print((v @ A @ v).round(8), np.linalg.eigvalsh(A).round(8))
xs = np.linspace(0, 1, 5); ys = xs ** 3
print(np.interp(0.3, xs, ys), np.polyfit(xs, ys, 3).round(8) + 0.0, np.gradient(ys, xs).round(4), np.trapz(ys, xs))
