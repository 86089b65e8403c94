# SPDX-License-Identifier: GPL-3.0-or-later
import heapq, bisect
from collections import deque, defaultdict
def bubble(a):
    a = a[:]
    for i in range(len(a)):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]: a[j], a[j + 1] = a[j + 1], a[j]
    return a
def quick(a):
    if len(a) <= 1: return a
    p = a[len(a) // 2]
    return quick([x for x in a if x < p]) + [x for x in a if x == p] + quick([x for x in a if x > p])
def merge_sort(a):
    if len(a) < 2: return a
    m = len(a) // 2
    l, r = merge_sort(a[:m]), merge_sort(a[m:])
    out = []; i = j = 0
    while i < len(l) and j < len(r):
        if l[i] <= r[j]: out.append(l[i]); i += 1
        else: out.append(r[j]); j += 1
    return out + l[i:] + r[j:]
data = [38, 27, 43, 3, 9, 82, 10]
print(bubble(data), quick(data), merge_sort(data), data)
def binary_search(a, x):
    lo, hi = 0, len(a) - 1
    while lo <= hi:
        mid = (lo + hi) // 2
        if a[mid] == x: return mid
        if a[mid] < x: lo = mid + 1
        else: hi = mid - 1
    return -1
s = sorted(data); print(binary_search(s, 43), binary_search(s, 5), bisect.bisect_left(s, 10), bisect.bisect(s, 10)); bisect.insort(s, 11); print(s)
graph = {'A': ['B', 'C'], 'B': ['D'], 'C': ['D', 'E'], 'D': ['F'], 'E': ['F'], 'F': []}
def bfs(g, s):
    seen, q, order = {s}, deque([s]), []
    while q:
        v = q.popleft(); order.append(v)
        for w in g[v]:
            if w not in seen: seen.add(w); q.append(w)
    return order
def dfs(g, v, seen=None):
    if seen is None: seen = []
    seen.append(v)
    for w in g[v]:
        if w not in seen: dfs(g, w, seen)
    return seen
print(bfs(graph, 'A'), dfs(graph, 'A'))
W = {'A': {'B': 1, 'C': 4}, 'B': {'C': 2, 'D': 6}, 'C': {'D': 3}, 'D': {}}
def dijkstra(g, s):
    dist = {v: float('inf') for v in g}; dist[s] = 0; pq = [(0, s)]
    while pq:
        d, v = heapq.heappop(pq)
        if d > dist[v]: continue
        for w, c in g[v].items():
            if d + c < dist[w]: dist[w] = d + c; heapq.heappush(pq, (d + c, w))
    return dist
print(dijkstra(W, 'A'))
def fib(n, memo={}):
    if n in memo: return memo[n]
    if n < 2: return n
    memo[n] = fib(n - 1) + fib(n - 2); return memo[n]
print([fib(i) for i in range(15)], fib(60))
def primes(n):
    sieve = [True] * (n + 1); sieve[0:2] = [False, False]
    for i in range(2, int(n ** 0.5) + 1):
        if sieve[i]: sieve[i*i::i] = [False] * len(sieve[i*i::i])
    return [i for i, p in enumerate(sieve) if p]
print(primes(50))
def hanoi(n, a='A', b='B', c='C'):
    if n == 0: return 0
    return hanoi(n-1, a, c, b) + 1 + hanoi(n-1, c, b, a)
print(hanoi(6), heapq.nlargest(3, data), heapq.nsmallest(2, data)); h = data[:]; heapq.heapify(h); print([heapq.heappop(h) for _ in range(len(h))])
def lcs(a, b):
    dp = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            dp[i][j] = dp[i-1][j-1] + 1 if x == y else max(dp[i-1][j], dp[i][j-1])
    return dp[-1][-1]
def edit(a, b):
    prev = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        cur = [i]
        for j, y in enumerate(b, 1): cur.append(min(prev[j] + 1, cur[-1] + 1, prev[j-1] + (x != y)))
        prev = cur
    return prev[-1]
print(lcs('AGGTAB', 'GXTXAYB'), edit('kitten', 'sitting'))
def permutations(xs):
    if not xs: yield []; return
    for i, x in enumerate(xs):
        for rest in permutations(xs[:i] + xs[i+1:]): yield [x] + rest
print(list(permutations([1, 2, 3])))
def queens(n, row=0, cols=()):
    if row == n: yield cols; return
    for c in range(n):
        if all(c != q and abs(c - q) != row - r for r, q in enumerate(cols)): yield from queens(n, row + 1, cols + (c,))
print(len(list(queens(6))), next(queens(8)))
caesar = lambda s, k: ''.join(chr((ord(c) - 97 + k) % 26 + 97) if c.islower() else c for c in s)
print(caesar('hello, world', 3), caesar(caesar('abc xyz', 5), -5), 'racecar' == 'racecar'[::-1])
def gcd(a, b):
    while b: a, b = b, a % b
    return a
print(gcd(48, 18), [n for n in range(1, 500) if sum(d for d in range(1, n) if n % d == 0) == n], bin(10), int('1010', 2), hex(255))
inv = defaultdict(list)
for i, w in enumerate('the cat the dog a cat'.split()): inv[w].append(i)
print(dict(inv))
for i in range(1, 16): print('FizzBuzz' if i % 15 == 0 else 'Fizz' if i % 3 == 0 else 'Buzz' if i % 5 == 0 else i, end=' ')
print()
