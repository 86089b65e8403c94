# SPDX-License-Identifier: GPL-3.0-or-later
import random
random.seed(10)
TARGET = "HELLO"
ALPHA = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
def fitness(s): return sum(a == b for a, b in zip(s, TARGET))
def mutate(s, rate=0.1): return ''.join(random.choice(ALPHA) if random.random() < rate else c for c in s)
def crossover(a, b):
    k = random.randint(1, len(a) - 1); return a[:k] + b[k:]
pop = [''.join(random.choices(ALPHA, k=len(TARGET))) for _ in range(100)]
for gen in range(200):
    pop.sort(key=fitness, reverse=True)
    if gen % 5 == 0 or pop[0] == TARGET: print(gen, pop[0], fitness(pop[0]))
    if pop[0] == TARGET: break
    elite = pop[:20]
    pop = elite + [mutate(crossover(*random.sample(elite, 2))) for _ in range(80)]
def anneal(f, x, T=1.0, steps=300):
    best = x
    for i in range(steps):
        y = x + random.gauss(0, 0.5)
        import math
        if f(y) < f(x) or random.random() < math.exp((f(x) - f(y)) / T): x = y
        if f(x) < f(best): best = x
        T *= 0.98
    return best
print(round(anneal(lambda x: (x - 2) ** 2 + 1, -5.0), 2))
cards = [f"{r}{s}" for s in "SHDC" for r in "23456789TJQKA"]; random.shuffle(cards); hand, rest = cards[:5], cards[5:]
print(hand, len(rest), sorted(hand, key=lambda c: ("23456789TJQKA".index(c[0]), c[1])))
print([random.randrange(0, 100, 5) for _ in range(5)], random.choice(range(10)), round(random.uniform(0, 1), 6))
