# SPDX-License-Identifier: GPL-3.0-or-later
class count:
    def __init__(self, start=0, step=1):
        self._next, self._step = start, step

    def __iter__(self):
        return self

    def __next__(self):
        value = self._next
        self._next += self._step
        return value

    def __repr__(self):
        step = '' if self._step == 1 else f', {self._step}'
        return f'count({self._next}{step})'


def cycle(iterable):
    kept = []
    for item in iterable:
        kept.append(item)
        yield item
    while kept:
        yield from kept


def repeat(object, times=None):
    while times is None or times > 0:
        yield object
        if times is not None:
            times -= 1


def _chain(iterables):
    for iterable in iterables:
        yield from iterable


class chain:
    def __init__(self, *iterables):
        self._items = _chain(iterables)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)

    @staticmethod
    def from_iterable(iterables):
        return _chain(iterables)


def islice(iterable, *bounds):
    wanted = slice(*bounds)
    start = wanted.start or 0
    stop = wanted.stop
    step = 1 if wanted.step is None else wanted.step
    if start < 0 or step < 1 or (stop is not None and stop < 0):
        raise ValueError('Indices for islice() must be None or an integer: '
                         '0 <= x <= sys.maxsize.')
    if stop is not None and stop <= 0:
        return
    at = 0
    for item in iterable:
        if at >= start and (at - start) % step == 0:
            if stop is not None and at >= stop:
                return
            yield item
        at += 1
        if stop is not None and at >= stop:
            return


def accumulate(iterable, func=None, *, initial=None):
    items = iter(iterable)
    total = initial
    if total is None:
        for total in items:
            break
        else:
            return
    yield total
    for item in items:
        total = total + item if func is None else func(total, item)
        yield total


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def dropwhile(predicate, iterable):
    items = iter(iterable)
    for item in items:
        if not predicate(item):
            yield item
            break
    yield from items


def filterfalse(predicate, iterable):
    for item in iterable:
        if not (predicate(item) if predicate else item):
            yield item


def compress(data, selectors):
    for item, wanted in zip(data, selectors):
        if wanted:
            yield item


def starmap(function, iterable):
    for arguments in iterable:
        yield function(*arguments)


def pairwise(iterable):
    items = iter(iterable)
    for before in items:
        break
    for item in items:
        yield before, item
        before = item


def zip_longest(*iterables, fillvalue=None):
    sources = [iter(iterable) for iterable in iterables]
    missing = object()
    active = [True] * len(sources)
    while sources:
        row = []
        for i, source in enumerate(sources):
            item = next(source, missing) if active[i] else missing
            if item is missing:
                active[i] = False
                item = fillvalue
            row.append(item)
        if not any(active):
            return
        yield tuple(row)


def groupby(iterable, key=None):
    group = []
    for item in iterable:
        this = item if key is None else key(item)
        if group and this != last:
            yield last, iter(group)
            group = []
        last = this
        group.append(item)
    if group:
        yield last, iter(group)


def tee(iterable, n=2):
    items = list(iterable)
    return tuple(iter(items) for _ in range(n))


def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    chosen = [0] * len(pools)
    if not all(pools):
        return
    while True:
        yield tuple(pool[i] for pool, i in zip(pools, chosen))
        for at in range(len(pools) - 1, -1, -1):
            chosen[at] += 1
            if chosen[at] < len(pools[at]):
                break
            chosen[at] = 0
        else:
            return


def _choose(count, r, first, free):
    """Indices by r, each not before first(the one before); free: unused."""
    if r == 0:
        yield ()
        return
    for head in _choose(count, r - 1, first, free):
        for i in range(first(head) if head else 0, count):
            if not free or i not in head:
                yield head + (i,)


def combinations(iterable, r):
    pool = tuple(iterable)
    for chosen in _choose(len(pool), r, lambda head: head[-1] + 1, False):
        yield tuple(pool[i] for i in chosen)


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    for chosen in _choose(len(pool), r, lambda head: head[-1], False):
        yield tuple(pool[i] for i in chosen)


def permutations(iterable, r=None):
    pool = tuple(iterable)
    r = len(pool) if r is None else r
    for chosen in _choose(len(pool), r, lambda head: 0, True):
        yield tuple(pool[i] for i in chosen)
