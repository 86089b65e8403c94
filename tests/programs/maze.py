# SPDX-License-Identifier: GPL-3.0-or-later
import sys
from collections import deque
from enum import Enum, auto
from dataclasses import dataclass, field
from typing import Optional
import heapq
class Cell(Enum):
    WALL = '#'
    FREE = '.'
    START = 'S'
    END = 'E'
class Dir(Enum):
    UP = (-1, 0); DOWN = (1, 0); LEFT = (0, -1); RIGHT = (0, 1)
    def step(self, p): return p[0] + self.value[0], p[1] + self.value[1]
MAZE = """\
S.#.....
..#.###.
.##.#...
......#E"""
grid = [[Cell(c) for c in line] for line in MAZE.splitlines()]
H, W = len(grid), len(grid[0])
def find(kind): return next((r, c) for r in range(H) for c in range(W) if grid[r][c] is kind)
def neighbours(p):
    for d in Dir:
        r, c = d.step(p)
        if 0 <= r < H and 0 <= c < W and grid[r][c] is not Cell.WALL: yield d, (r, c)
start, end = find(Cell.START), find(Cell.END)
@dataclass(order=True)
class Item:
    cost: int
    pos: tuple = field(compare=False)
    parent: Optional['Item'] = field(default=None, compare=False, repr=False)
def astar(start, end):
    heap, seen, n = [Item(0, start)], {}, 0
    h = lambda p: abs(p[0] - end[0]) + abs(p[1] - end[1])
    g = {start: 0}
    while heap:
        it = heapq.heappop(heap); n += 1
        if it.pos == end: return it, n
        for d, q in neighbours(it.pos):
            new = g[it.pos] + 1
            if new < g.get(q, sys.maxsize):
                g[q] = new; heapq.heappush(heap, Item(new + h(q), q, it))
    return None, n
node, n = astar(start, end)
path = []
while node: path.append(node.pos); node = node.parent
path.reverse(); print(len(path) - 1, path[:4], Item(3, (1, 1)))
for r in range(H): print(''.join('o' if (r, c) in path and grid[r][c] is Cell.FREE else grid[r][c].value for c in range(W)))
def describe(cell):
    match cell:
        case Cell.WALL: return 'blocked'
        case Cell.START | Cell.END as c: return f'special {c.name.lower()}'
        case _: return 'free'
print([describe(grid[0][c]) for c in range(4)], Dir.UP, [d.name for d in Dir], Cell['WALL'].value)
def parse(cmd):
    match cmd.split():
        case ['go', ('north' | 'south') as where]: return f'going {where}'
        case ['go', *rest]: return f'cannot go {" ".join(rest)}'
        case ['take', n, what] if n.isdigit(): return (int(n), what)
        case []: return 'nothing'
        case [x]: return f'just {x}'
        case _: return 'eh?'
for c in ['go north', 'go far away', 'take 3 apples', '', 'look', 'a b c']: print(parse(c))
