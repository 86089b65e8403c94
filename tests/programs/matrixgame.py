# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
payoff = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
names = ["rock", "paper", "scissors"]
print("maximin:", payoff.min(axis=1).max(), "minimax:", payoff.max(axis=0).min())
counts1, counts2 = np.zeros(3), np.zeros(3)
a = b = 0
for t in range(3000):
    counts1[a] += 1; counts2[b] += 1
    a = int(np.argmax(payoff @ counts2)); b = int(np.argmin(counts1 @ payoff))
print((counts1 / counts1.sum()).round(2), (counts2 / counts2.sum()).round(2))
pd = {('C', 'C'): (3, 3), ('C', 'D'): (0, 5), ('D', 'C'): (5, 0), ('D', 'D'): (1, 1)}
class Player:
    name = 'base'
    def __init__(self): self.history, self.score = [], 0
    def move(self, opp): raise NotImplementedError
class TitForTat(Player):
    name = 'tit for tat'
    def move(self, opp): return opp.history[-1] if opp.history else 'C'
class AlwaysDefect(Player):
    name = 'defector'
    def move(self, opp): return 'D'
class Grudger(Player):
    name = 'grudger'
    def move(self, opp): return 'D' if 'D' in opp.history else 'C'
class Alternator(Player):
    name = 'alternator'
    def move(self, opp): return 'CD'[len(self.history) % 2]
table = {}
classes = [TitForTat, AlwaysDefect, Grudger, Alternator]
for i, A in enumerate(classes):
    for B in classes[i:]:
        p, q = A(), B()
        for _ in range(10):
            m, n = p.move(q), q.move(p)
            p.history.append(m); q.history.append(n)
            x, y = pd[m, n]; p.score += x; q.score += y
        print(f"{A.name:>12} vs {B.name:<12} {p.score:3} : {q.score:<3}", ''.join(p.history))
        table[A.name] = table.get(A.name, 0) + p.score
        if A is not B: table[B.name] = table.get(B.name, 0) + q.score
for name, s in sorted(table.items(), key=lambda t: t[1], reverse=True): print(name, s)
def tictactoe_winner(board):
    b = np.array([list(r) for r in board]) if False else board
    lines = [r for r in b] + [''.join(c) for c in zip(*b)] + [''.join(b[i][i] for i in range(3)), ''.join(b[i][2-i] for i in range(3))]
    return next((l[0] for l in lines if l in ('XXX', 'OOO')), None)
print(tictactoe_winner(['XOX', 'OXO', 'OXX']), tictactoe_winner(['XOX', 'OXO', 'OXO']))
