# SPDX-License-Identifier: GPL-3.0-or-later
x = 5
print(eval("x + 1"), eval("  2*3"))
exec("y = x*2\nprint(y)")
print(y)
def f(a):
    b = a + 1
    print(locals())
    c = [i for i in range(2)]
    exec("z = b*10; print(z)")
    return eval("a + b")
print(f(3))
d = {"a": 2}
exec("b = a + 1", d)
print(d["b"], eval("a*b", d), eval("a*b", {}, {"a": 4, "b": 5}))
try:
    eval("1 +")
except SyntaxError as e:
    print("syntax", type(e).__name__)
try:
    eval("nothing_here")
except NameError as e:
    print(e)
try:
    exec(5)
except TypeError as e:
    print(e)
def g():
    n = 0
    def h():
        return n
    print(sorted(k for k in locals() if k != 'h'))
    return eval("n + 1")
print(g())
exec("""
def twice(q):
    return 2*q
""")
print(twice(4))
a = 10
print(eval("a"), 'b' in globals())
