/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statements, the same text here and in Python with NumPy, in turn.  Both
 * times are of a loop inside a function, clock included.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "lang/lang.h"
#include "tests/bench/bench.h"

enum { ROUNDS = 7, LARGE = 10000000, SMALL = 10 };
/* Seconds that one measurement should take. */
static const double span = 0.03;

struct row {
    const char *setup; /* inside the function; NULL: nothing */
    const char *statement;
    double elements; /* time is told for one of these */
};

/* What rows find: names ending in 64 are float64, others float32. */
static const char prelude[] =
    "import time\n"
    "np.random.seed(1)\n"
    "a64 = np.random.rand(10000000)\n"
    "b64 = np.random.rand(10000000) + 0.01\n"
    "a, b = a64.astype('float32'), b64.astype('float32')\n"
    "s, s64 = (a - np.float32(0.5)) * np.float32(20), (a64 - 0.5) * 20\n"
    "out, out64 = np.empty_like(a), np.empty_like(a64)\n"
    "bytes_ = (a * 255).astype('uint8')\n"
    "ints = (a * 1000).astype('int32')\n"
    "longs = ints.astype('int64')\n"
    "mask = a > 0.5\n"
    "places = (a64 * 10000000).astype('int64')\n"
    "m, m64 = a[:9998244].reshape(3162, 3162), "
    "a64[:9998244].reshape(3162, 3162)\n"
    "row, column = m[0].copy(), m[:, :1].copy()\n"
    "row64, column64 = m64[0].copy(), m64[:, :1].copy()\n"
    "k = a[:1000000].reshape(1000, 1000)\n"
    "unsorted, unsorted64 = a[:1000000], a64[:1000000]\n"
    "unsorted_ints = longs[:1000000]\n";

static const struct row large_rows[] = {
    {NULL, "a + b", LARGE},
    {NULL, "a64 + b64", LARGE},
    {NULL, "np.add(a, b, out=out)", LARGE},
    {NULL, "np.add(a64, b64, out=out64)", LARGE},
    {NULL, "a * b", LARGE},
    {NULL, "a * 2", LARGE},
    {NULL, "a / b", LARGE},
    {NULL, "a64 / b64", LARGE},
    {NULL, "a > b", LARGE},
    {NULL, "a64 > 0.5", LARGE},
    {NULL, "longs == 7", LARGE},
    {NULL, "np.where(mask, a, b)", LARGE},
    {NULL, "np.where(a64 > 0.5, a64, 0)", LARGE},
    {NULL, "np.maximum(a, 0)", LARGE},
    {NULL, "np.maximum(a64, 0)", LARGE},
    {NULL, "np.sqrt(a)", LARGE},
    {NULL, "np.sqrt(a64)", LARGE},
    {NULL, "np.exp(s)", LARGE},
    {NULL, "np.exp(s64)", LARGE},
    {NULL, "np.exp(a, out=out)", LARGE},
    {NULL, "np.log(b)", LARGE},
    {NULL, "np.log(b64)", LARGE},
    {NULL, "np.tanh(s)", LARGE},
    {NULL, "np.tanh(s64)", LARGE},
    {NULL, "np.sin(s)", LARGE},
    {NULL, "np.sin(s64)", LARGE},
    {NULL, "np.cos(s)", LARGE},
    {NULL, "np.cos(s64)", LARGE},
    {NULL, "np.power(b, 3)", LARGE},
    {NULL, "np.power(b, a)", LARGE},
    {NULL, "np.power(b64, a64)", LARGE},
    {NULL, "b ** 2", LARGE},
    {NULL, "m + row", LARGE},
    {NULL, "m64 + row64", LARGE},
    {NULL, "m * column", LARGE},
    {NULL, "m64 * column64", LARGE},
    {NULL, "a.sum()", LARGE},
    {NULL, "a64.sum()", LARGE},
    {NULL, "m.sum(axis=0)", LARGE},
    {NULL, "m64.sum(axis=0)", LARGE},
    {NULL, "m.sum(axis=1)", LARGE},
    {NULL, "m64.sum(axis=1)", LARGE},
    {NULL, "ints.sum()", LARGE},
    {NULL, "longs.sum()", LARGE},
    {NULL, "bytes_.sum()", LARGE},
    {NULL, "a.mean()", LARGE},
    {NULL, "m.mean(axis=0)", LARGE},
    {NULL, "a.std()", LARGE},
    {NULL, "a64.std()", LARGE},
    {NULL, "a.max()", LARGE},
    {NULL, "a64.max()", LARGE},
    {NULL, "longs.max()", LARGE},
    {NULL, "m.max(axis=1)", LARGE},
    {NULL, "a.argmax()", LARGE},
    {NULL, "a64.argmax()", LARGE},
    {NULL, "m.argmax(axis=1)", LARGE},
    {NULL, "m.argmax(axis=0)", LARGE},
    {NULL, "np.cumsum(a)", LARGE},
    {NULL, "np.cumsum(a64)", LARGE},
    {NULL, "np.count_nonzero(mask)", LARGE},
    {NULL, "bytes_.astype('float32') / 255", LARGE},
    {NULL, "a.astype('float64')", LARGE},
    {NULL, "a64.astype('float32')", LARGE},
    {NULL, "a.astype('int32')", LARGE},
    {NULL, "a.copy()", LARGE},
    {NULL, "m.T.copy()", LARGE},
    {NULL, "m64.T.copy()", LARGE},
    {NULL, "np.concatenate([a, b])", 2 * LARGE},
    {NULL, "np.concatenate([m, m], axis=1)", 2 * LARGE},
    {NULL, "np.sort(unsorted)", 1000000},
    {NULL, "np.sort(unsorted64)", 1000000},
    {NULL, "np.sort(unsorted_ints)", 1000000},
    {NULL, "np.argsort(unsorted)", 1000000},
    {NULL, "np.argsort(unsorted64)", 1000000},
    {NULL, "np.sort(k, axis=1)", 1000000},
    {NULL, "a[mask]", LARGE},
    {NULL, "a64[mask]", LARGE},
    {NULL, "np.nonzero(mask)", LARGE},
    {NULL, "a[places]", LARGE},
    {NULL, "np.take(a64, places)", LARGE},
    {NULL, "m[places[:3162] % 3162]", LARGE},
    {"e = None",
     "e = np.exp(m - m.max(axis=1, keepdims=True)); "
     "e / e.sum(axis=1, keepdims=True)",
     LARGE},
};

static const struct row small_rows[] = {
    {"x = np.ones(10)", "x + x", SMALL},
    {"x = np.ones(10, dtype='float32')", "x * 2", SMALL},
    {"x = np.ones(10)", "np.exp(x)", SMALL},
    {"x = np.ones(10)", "np.maximum(x, 0)", SMALL},
    {"x = np.ones(10)", "x.sum()", SMALL},
    {"x = np.ones(10)", "x.argmax()", SMALL},
    {"x = np.ones(10)", "x.std()", SMALL},
    {"x = np.ones(10)", "x > 0.5", SMALL},
    {"x = np.ones(10)", "x[x > 0.5]", SMALL},
    {"x = np.ones(10)", "np.sort(x)", SMALL},
    {"x = np.ones((3, 3)); y = np.ones(3)", "x @ y", SMALL},
    {"x = np.ones((2, 5))", "x.T.copy()", SMALL},
};

/* Loops of the language: told for one round of the loop. */
static const struct row loop_rows[] = {
    {NULL, "pass", 1},
    {"w = np.ones(10)", "w = w - 0.1*2*w", 1},
    {"w = np.float64(1)", "w = w - 0.1*2*w", 1},
    {"w = 1.0", "w = w - 0.1*2*w", 1},
    {"x = np.ones(10); t = 0.0", "t += x[i % 10]", 1},
    {"items = [1, 2, 3]", "t = items[i % 3]", 1},
    {"items = []", "items.append(i)", 1},
    {"items = [1, 2, 3]", "t = len(items)", 1},
    {"counts = {'a': 0}", "counts['a'] += 1", 1},
    {"s = ''", "s += 'x'", 1},
    {"f = lambda x: x + 1; t = 0", "t = f(t)", 1},
    {"account = Account()", "account.pay(1)", 1},
    {NULL, "fib(15)", 1},
    {NULL, "primes(100)", 1},
    {NULL, "[x * x for x in range(100)]", 1},
    {NULL, "sum(x * x for x in range(100))", 1},
    {"x = np.random.rand(20, 100) - 0.5; y = np.random.rand(20, 100)",
     "naive_add(naive_relu(x), y)", 1},
    {"x = np.random.rand(1000); y = np.random.rand(1000)",
     "naive_vector_dot(x, y)", 1},
    {"x = np.random.rand(20, 100); y = np.random.rand(100)",
     "naive_matrix_vector_dot(x, y)", 1},
    {"x = np.random.rand(20, 100); y = np.random.rand(100, 20)",
     "naive_matrix_dot(x, y)", 1},
};

/* The book's naive functions (Chollet, Deep Learning with Python, 2.3). */
static const char naive[] = "def naive_relu(x):\n"
                            "    x = x.copy()\n"
                            "    for i in range(x.shape[0]):\n"
                            "        for j in range(x.shape[1]):\n"
                            "            x[i, j] = max(x[i, j], 0)\n"
                            "    return x\n"
                            "def naive_add(x, y):\n"
                            "    x = x.copy()\n"
                            "    for i in range(x.shape[0]):\n"
                            "        for j in range(x.shape[1]):\n"
                            "            x[i, j] += y[i, j]\n"
                            "    return x\n"
                            "def naive_vector_dot(x, y):\n"
                            "    z = 0.\n"
                            "    for i in range(x.shape[0]):\n"
                            "        z += x[i] * y[i]\n"
                            "    return z\n"
                            "def naive_matrix_vector_dot(x, y):\n"
                            "    z = np.zeros(x.shape[0])\n"
                            "    for i in range(x.shape[0]):\n"
                            "        for j in range(x.shape[1]):\n"
                            "            z[i] += x[i, j] * y[j]\n"
                            "    return z\n"
                            "def naive_matrix_dot(x, y):\n"
                            "    z = np.zeros((x.shape[0], y.shape[1]))\n"
                            "    for i in range(x.shape[0]):\n"
                            "        for j in range(y.shape[1]):\n"
                            "            z[i, j] = naive_vector_dot(x[i, :], "
                            "y[:, j])\n"
                            "    return z\n";

/* What else the rows of loops call. */
static const char helpers[] = "def fib(n):\n"
                              "    return n if n < 2 else "
                              "fib(n - 1) + fib(n - 2)\n"
                              "def primes(n):\n"
                              "    found = []\n"
                              "    k = 2\n"
                              "    while k < n:\n"
                              "        d = 2\n"
                              "        while d * d <= k and k % d != 0:\n"
                              "            d += 1\n"
                              "        if d * d > k:\n"
                              "            found.append(k)\n"
                              "        k += 1\n"
                              "    return found\n"
                              "class Account:\n"
                              "    def __init__(self):\n"
                              "        self.balance = 0\n"
                              "    def pay(self, amount):\n"
                              "        self.balance += amount\n"
                              "        return self.balance\n";

/* Runs TEXT in INTERP; the seconds that it left in `elapsed`. */
static double run_here(struct interp *interp, const char *text)
{
    bench_run(interp, text);
    return bench_number(interp, "elapsed");
}

static double run_there(struct peer *peer, const char *text)
{
    if (!peer)
        return NAN;
    peer_write(peer, text);
    peer_write(peer, "run\n");
    const char *answer = peer_read(peer);
    if (!answer)
        bench_give_up("the NumPy peer ended", NULL);
    return atof(answer);
}

/* Asks both sides for COUNT rounds of ROW's statement. */
static void program_of(const struct row *row, int64_t count, struct strbuf *sb)
{
    strbuf_clear(sb);
    strbuf_addf(sb, "def measure(count):\n");
    if (row->setup)
        strbuf_addf(sb, "    %s\n", row->setup);
    strbuf_addf(sb,
                "    start = time.perf_counter()\n"
                "    for i in range(count):\n"
                "        %s\n"
                "    return time.perf_counter() - start\n"
                "elapsed = measure(%lld)\n",
                row->statement, (long long)count);
}

/* Rounds of the loop that take about SPAN seconds on a side that needed
   SECONDS for one. */
static int64_t rounds_for(double seconds)
{
    double count = span / fmax(seconds, 1e-8);
    return count < 1 ? 1 : count > 1e6 ? 1000000 : (int64_t)count;
}

static double calibrate(double (*run)(void *, const char *), void *side,
                        const struct row *row, struct strbuf *text)
{
    double seconds = 0;
    for (int64_t count = 1; count <= 100000 && seconds < span / 10;
         count *= 10) {
        program_of(row, count, text);
        seconds = run(side, text->text);
        if (seconds >= span / 10 || count == 100000)
            return seconds / (double)count;
    }
    return seconds;
}

static double here(void *side, const char *text)
{
    return run_here(side, text);
}

static double there(void *side, const char *text)
{
    return run_there(side, text);
}

static void bench_row(struct interp *interp, struct peer *peer,
                      const struct row *row)
{
    struct strbuf text = STRBUF_INIT;
    double ours[ROUNDS], theirs[ROUNDS], ratios[ROUNDS];
    int64_t count[2] = {rounds_for(calibrate(here, interp, row, &text)), 0};

    if (peer)
        count[1] = rounds_for(calibrate(there, peer, row, &text));
    for (int i = 0; i < ROUNDS; i++) {
        program_of(row, count[0], &text);
        ours[i] = run_here(interp, text.text) / (double)count[0];
        program_of(row, count[1], &text);
        theirs[i] = run_there(peer, text.text) / (double)count[1];
        ratios[i] = theirs[i] / ours[i];
    }
    double ns = 1e9 / row->elements;
    printf("    %-44.44s %10.3f", row->statement,
           ns * bench_median(ours, ROUNDS));
    if (peer)
        printf(" %10.3f %8.2f", ns * bench_median(theirs, ROUNDS),
               bench_median(ratios, ROUNDS));
    printf("\n");
    strbuf_done(&text);
}

static void bench_table(struct interp *interp, struct peer *peer,
                        const char *title, const struct row *rows, size_t count,
                        const char *filter)
{
    printf("%-48.48s %10s", title, "here");
    if (peer)
        printf(" %10s %8s", "NumPy", "times");
    printf("\n");
    for (size_t i = 0; i < count; i++)
        if (!filter || strstr(rows[i].statement, filter))
            bench_row(interp, peer, &rows[i]);
}

#define TABLE(title, rows)                                                \
    bench_table(interp, peer, title, rows, sizeof(rows) / sizeof *(rows), \
                filter)

void bench_rows(const char *peers, const char *filter)
{
    struct peer *peer = peer_start(peers, "numpy_rows.py", NULL);
    struct interp *interp = bench_interp();

    bench_run(interp, prelude);
    bench_run(interp, naive);
    bench_run(interp, helpers);
    if (peer) {
        peer_write(peer, prelude);
        peer_write(peer, naive);
        peer_write(peer, helpers);
        peer_write(peer, "elapsed = 0\n");
        run_there(peer, "");
    }
    TABLE("ns for each of 10^7 (sorting: 10^6) elements", large_rows);
    TABLE("ns for each of 10 elements", small_rows);
    TABLE("ns for one round of a loop", loop_rows);
    interp_free(interp);
    peer_end(peer);
}
