# SPDX-License-Identifier: GPL-3.0-or-later
class Node:
    def __init__(self, data, next=None): self.data, self.next = data, next
class LinkedList:
    def __init__(self, items=()):
        self.head = None; self.size = 0
        for x in items: self.append(x)
    def append(self, x):
        if not self.head: self.head = Node(x)
        else:
            cur = self.head
            while cur.next: cur = cur.next
            cur.next = Node(x)
        self.size += 1
    def reverse(self):
        prev, cur = None, self.head
        while cur: cur.next, prev, cur = prev, cur, cur.next
        self.head = prev
    def __iter__(self):
        cur = self.head
        while cur: yield cur.data; cur = cur.next
    def __len__(self): return self.size
    def __str__(self): return ' -> '.join(map(str, self)) + ' -> None'
    def __getitem__(self, i):
        if i < 0: i += len(self)
        for k, x in enumerate(self):
            if k == i: return x
        raise IndexError('list index out of range')
    def __contains__(self, x): return any(x == y for y in self)
l = LinkedList([1, 2, 3]); l.append(4); print(l, len(l), l[1], l[-1], 3 in l); l.reverse(); print(l, sorted(l))
try: l[10]
except IndexError as e: print('IndexError', e)
class Stack:
    def __init__(self): self.__items = []
    def push(self, x): self.__items.append(x)
    def pop(self):
        if not self.__items: raise IndexError('pop from empty stack')
        return self.__items.pop()
    def __bool__(self): return bool(self.__items)
def balanced(s):
    st, pairs = Stack(), {')': '(', ']': '[', '}': '{'}
    for c in s:
        if c in '([{': st.push(c)
        elif c in pairs:
            if not st or st.pop() != pairs[c]: return False
    return not st
print([balanced(s) for s in ['([]{})', '([)]', '((', '']])
class BST:
    class _Node:
        __slots__ = ('key', 'left', 'right')
        def __init__(self, key): self.key, self.left, self.right = key, None, None
    def __init__(self): self.root = None
    def insert(self, key):
        def go(n):
            if n is None: return self._Node(key)
            if key < n.key: n.left = go(n.left)
            elif key > n.key: n.right = go(n.right)
            return n
        self.root = go(self.root)
    def inorder(self):
        def walk(n):
            if n: yield from walk(n.left); yield n.key; yield from walk(n.right)
        return walk(self.root)
    def height(self, n='root'):
        n = self.root if n == 'root' else n
        return 0 if n is None else 1 + max(self.height(n.left), self.height(n.right))
t = BST()
for k in [50, 30, 70, 20, 40, 60, 80, 30]: t.insert(k)
print(list(t.inorder()), t.height())
def rpn(expr):
    st = []
    ops = {'+': lambda a, b: a + b, '-': lambda a, b: a - b, '*': lambda a, b: a * b, '/': lambda a, b: a / b}
    for tok in expr.split():
        if tok in ops: b, a = st.pop(), st.pop(); st.append(ops[tok](a, b))
        else: st.append(float(tok))
    return st[0]
print(rpn('3 4 + 2 *'), rpn('5 1 2 + 4 * + 3 -'))
class Matrix:
    def __init__(self, rows): self.rows = [list(r) for r in rows]
    @property
    def shape(self): return len(self.rows), len(self.rows[0])
    def __matmul__(self, o): return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*o.rows)] for r in self.rows])
    def __add__(self, o): return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, o.rows)])
    def __mul__(self, k): return Matrix([[a * k for a in r] for r in self.rows])
    __rmul__ = __mul__
    def __eq__(self, o): return self.rows == o.rows
    def __repr__(self): return 'Matrix(' + repr(self.rows) + ')'
    def T(self): return Matrix(zip(*self.rows))
    def __getitem__(self, ij):
        i, j = ij; return self.rows[i][j]
    def __setitem__(self, ij, v): self.rows[ij[0]][ij[1]] = v
m = Matrix([[1, 2], [3, 4]]); print(m @ m, 2 * m + m, m.T(), m[1, 0], m == Matrix([[1, 2], [3, 4]]), m.shape); m[0, 0] = 9; print(m)
class LRU:
    def __init__(self, cap):
        from collections import OrderedDict
        self.d, self.cap = OrderedDict(), cap
    def get(self, k):
        if k not in self.d: return -1
        self.d.move_to_end(k); return self.d[k]
    def put(self, k, v):
        self.d[k] = v; self.d.move_to_end(k)
        if len(self.d) > self.cap: self.d.popitem(last=False)
c = LRU(2); c.put(1, 'a'); c.put(2, 'b'); c.get(1); c.put(3, 'c'); print(c.get(2), c.get(1), list(c.d))
