# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
def life_step(X):
    nbrs = sum(np.roll(np.roll(X, i, 0), j, 1)
               for i in (-1, 0, 1) for j in (-1, 0, 1)
               if (i != 0 or j != 0))
    return (nbrs == 3) | (X & (nbrs == 2))
grid = np.zeros((8, 8), dtype=int)
grid[1:4, 1:4] = [[0, 1, 0], [0, 0, 1], [1, 1, 1]]
for gen in range(5):
    print("Generation", gen)
    for row in grid:
        print(''.join('#' if c else '.' for c in row))
    grid = life_step(grid).astype(int)
print(grid.sum(), np.argwhere(grid).tolist())
def step(grid):
    n = [[0]*len(grid[0]) for _ in grid]
    for r in range(len(grid)):
        for c in range(len(grid[0])):
            live = 0
            for dr in (-1, 0, 1):
                for dc in (-1, 0, 1):
                    if dr == dc == 0: continue
                    rr, cc = r + dr, c + dc
                    if 0 <= rr < len(grid) and 0 <= cc < len(grid[0]):
                        live += grid[rr][cc]
            n[r][c] = 1 if live == 3 or (grid[r][c] and live == 2) else 0
    return n
g = [[0, 0, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 1, 0, 0], [0, 0, 1, 0, 0], [0] * 5]
for row in step(g): print(*row)
