/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sorting and partitioning where equal elements are told apart by their
 * position, in the order in which NumPy's introsort and introselect leave
 * them (D. R. Musser, Introspective Sorting and Selection Algorithms, 1997).
 *
 * Both work on ranks: 0 for the smallest value of a line, 1 for the next
 * one, equal ones for equal values.
 */
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "tensor/sort.h"

enum { SMALL = 15, MAX_PIVOTS = 50 };

/* An element: its rank, and where it was.  Both together, so that comparing
   neighbours stays in one place of memory. */
struct place {
    uint32_t rank, from;
};

struct line {
    struct place *places; /* being rearranged */
};

static inline uint32_t rank_at(const struct line *line, int64_t i)
{
    return line->places[i].rank;
}

static inline bool less(const struct line *line, int64_t i, int64_t j)
{
    return rank_at(line, i) < rank_at(line, j);
}

static inline void swap(const struct line *line, int64_t i, int64_t j)
{
    struct place kept = line->places[i];
    line->places[i] = line->places[j];
    line->places[j] = kept;
}

/* ---------------------------------------------------------------- quicksort */

static void insertion_sort(const struct line *line, int64_t low, int64_t high)
{
    for (int64_t i = low + 1; i <= high; i++) {
        struct place item = line->places[i];
        int64_t j = i;
        for (; j > low && item.rank < rank_at(line, j - 1); j--)
            line->places[j] = line->places[j - 1];
        line->places[j] = item;
    }
}

/* Splits LOW … HIGH around the median of three; where the pivot ends. */
static int64_t split(const struct line *line, int64_t low, int64_t high)
{
    int64_t middle = low + (high - low) / 2, i = low, j = high - 1;

    if (less(line, middle, low))
        swap(line, middle, low);
    if (less(line, high, middle))
        swap(line, high, middle);
    if (less(line, middle, low))
        swap(line, middle, low);
    uint32_t pivot = rank_at(line, middle);
    swap(line, middle, j);
    for (;;) {
        do
            i++;
        while (rank_at(line, i) < pivot);
        do
            j--;
        while (pivot < rank_at(line, j));
        if (i >= j)
            break;
        swap(line, i, j);
    }
    swap(line, i, high - 1);
    return i;
}

static void quicksort(const struct line *line, int64_t low, int64_t high)
{
    while (high - low > SMALL) {
        int64_t middle = split(line, low, high);
        if (middle - low < high - middle) { /* the smaller half recurses */
            quicksort(line, low, middle - 1);
            low = middle + 1;
        } else {
            quicksort(line, middle + 1, high);
            high = middle - 1;
        }
    }
    insertion_sort(line, low, high);
}

/* ---------------------------------------------------------------- selection */

/* Ends of parts that are in place already, nearest last. */
struct pivots {
    int count;
    int64_t at[MAX_PIVOTS];
};

static void remember(struct pivots *pivots, int64_t pivot, int64_t kth)
{
    if (pivot == kth && pivots->count == MAX_PIVOTS)
        pivots->at[pivots->count - 1] = pivot;
    else if (pivot >= kth && pivots->count < MAX_PIVOTS)
        pivots->at[pivots->count++] = pivot;
}

static void select_smallest(const struct line *line, int64_t low, int64_t high,
                            int64_t kth)
{
    for (int64_t i = low; i <= kth; i++) {
        int64_t smallest = i;
        for (int64_t k = i + 1; k <= high; k++)
            if (less(line, k, smallest))
                smallest = k;
        swap(line, i, smallest);
    }
}

/* The median of three goes to LOW, the smallest of them to LOW + 1. */
static void median_to_low(const struct line *line, int64_t low, int64_t middle,
                          int64_t high)
{
    if (less(line, high, middle))
        swap(line, high, middle);
    if (less(line, high, low))
        swap(line, high, low);
    if (less(line, low, middle))
        swap(line, low, middle);
    swap(line, middle, low + 1);
}

/* For floats the largest element is looked for directly. */
static void largest_to_end(const struct line *line, int64_t low, int64_t high)
{
    int64_t largest = low;
    for (int64_t k = low + 1; k <= high; k++)
        if (!less(line, k, largest))
            largest = k;
    swap(line, high, largest);
}

/* One partition of LOW … HIGH; *RET_LOW and *RET_HIGH are where the two sides
   met. */
static void partition_once(const struct line *line, int64_t low, int64_t high,
                           int64_t *ret_low, int64_t *ret_high)
{
    int64_t up = low + 1, down = high;

    median_to_low(line, low, low + (high - low) / 2, high);
    uint32_t pivot = rank_at(line, low);
    for (;;) {
        do
            up++;
        while (rank_at(line, up) < pivot);
        do
            down--;
        while (pivot < rank_at(line, down));
        if (down < up)
            break;
        swap(line, up, down);
    }
    swap(line, low, down);
    *ret_low = up;
    *ret_high = down;
}

static void introselect(const struct line *line, int64_t n, int64_t kth,
                        bool is_float, struct pivots *pivots)
{
    int64_t low = 0, high = n - 1, up, down;

    while (pivots->count > 0) {
        int64_t last = pivots->at[pivots->count - 1];
        if (last > kth) {
            high = last - 1;
            break;
        }
        if (last == kth)
            return;
        low = last + 1;
        pivots->count--;
    }
    if (kth - low < 3) {
        select_smallest(line, low, high, kth);
        remember(pivots, kth, kth);
        return;
    }
    if (is_float && kth == n - 1) {
        largest_to_end(line, low, high);
        return;
    }
    while (low + 1 < high) {
        partition_once(line, low, high, &up, &down);
        if (down != kth)
            remember(pivots, down, kth);
        if (down >= kth)
            high = down - 1;
        if (down <= kth)
            low = up;
    }
    if (high == low + 1 && less(line, high, low))
        swap(line, high, low);
    remember(pivots, kth, kth);
}

/* -------------------------------------------------------------------- lines */

bool scalar_same(struct scalar a, struct scalar b)
{
    if (!dtype_is_float(a.dtype))
        return a.i == b.i;
    return a.f == b.f || (a.f != a.f && b.f != b.f);
}

/* scalar_same() of the elements at A and B. */
static inline bool same_at(enum dtype dtype, const char *a, const char *b)
{
    if (dtype == DTYPE_FLOAT32) {
        float x, y;
        memcpy(&x, a, sizeof x);
        memcpy(&y, b, sizeof y);
        return x == y || (x != x && y != y);
    }
    return scalar_same(scalar_load(dtype, a), scalar_load(dtype, b));
}

/* The places of the N elements at X as they are, their ranks from ORDER, which
   sorts them.  Are any equal? */
static bool rank_line(enum dtype dtype, const char *x, int64_t n,
                      const int64_t *order, struct place *places)
{
    size_t size = dtype_size(dtype);
    const char *before = NULL;
    uint32_t next = 0;

    for (int64_t i = 0; i < n; i++) {
        const char *at = x + (size_t)order[i] * size;
        next += before && !same_at(dtype, at, before);
        before = at;
        places[order[i]] = (struct place){next, (uint32_t)order[i]};
    }
    return n > 0 && (int64_t)next < n - 1;
}

/* A with AXIS last, in C order. */
static struct tensor *axis_last(struct tensor *a, int axis, struct error *err)
{
    int64_t axes[TENSOR_MAX_DIMS];
    int n = 0;

    for (int i = 0; i < a->ndim; i++)
        if (i != axis)
            axes[n++] = i;
    axes[n] = axis;
    struct tensor *view = tensor_transpose(a, axes, err);
    struct tensor *plain =
        view ? tensor_contiguous(view, a->dtype, err) : NULL;
    tensor_unref(view);
    return plain;
}

/* Takes A, whose last axis goes back to AXIS. */
static struct tensor *axis_back(struct tensor *a, int axis, struct error *err)
{
    int64_t axes[TENSOR_MAX_DIMS];

    for (int i = 0; i < a->ndim; i++)
        axes[i] = i < axis ? i : i == axis ? a->ndim - 1 : i - 1;
    struct tensor *view = tensor_transpose(a, axes, err);
    struct tensor *copy = view ? tensor_copy(view, err) : NULL;
    tensor_unref(view);
    tensor_unref(a);
    return copy;
}

/* Which elements of a line shall be in their places. */
struct wanted {
    int count;
    const int64_t *kth; /* ascending */
};

/* What is done to a line whose ranks are known; false: the stable order is
   the only one. */
typedef bool rearrange(const struct line *line, int64_t n, bool ties,
                       bool is_float, const struct wanted *wanted);

static bool sort_line(const struct line *line, int64_t n, bool ties,
                      bool is_float, const struct wanted *wanted)
{
    (void)is_float;
    (void)wanted;
    if (!ties || n <= SMALL + 1)
        return false;
    quicksort(line, 0, n - 1);
    return true;
}

static bool partition_line(const struct line *line, int64_t n, bool ties,
                           bool is_float, const struct wanted *wanted)
{
    struct pivots pivots = {.count = 0};

    (void)ties;
    for (int i = 0; i < wanted->count; i++)
        introselect(line, n, wanted->kth[i], is_float, &pivots);
    return true;
}

/* The positions along AXIS after BODY has been at every line. */
static struct tensor *rearranged(struct tensor *tensor, int axis,
                                 rearrange *body, const struct wanted *wanted,
                                 struct error *err)
{
    struct tensor *plain = axis_last(tensor, axis, err);
    struct tensor *order =
        plain ? tensor_sort(plain, plain->ndim - 1, true, err) : NULL;
    int64_t n = tensor->shape[axis];
    struct line line = {malloc((size_t)(n + 1) * sizeof *line.places)};
    bool done = order && line.places;

    if (order && !line.places)
        error_set(err, ERROR_MEMORY, "Unable to allocate %lld ranks",
                  (long long)n);
    for (int64_t first = 0; done && n && first < plain->size; first += n) {
        int64_t *at = (int64_t *)(void *)order->data + first;
        bool ties = rank_line(
            plain->dtype, plain->data + (size_t)first * dtype_size(plain->dtype),
            n, at, line.places);
        if (body(&line, n, ties, dtype_is_float(plain->dtype), wanted))
            for (int64_t i = 0; i < n; i++)
                at[i] = line.places[i].from;
        done = interrupt_check(err);
    }
    free(line.places);
    tensor_unref(plain);
    if (done)
        return axis_back(order, axis, err);
    tensor_unref(order);
    return NULL;
}

struct tensor *tensor_argsort(struct tensor *tensor, int axis, bool stable,
                              struct error *err)
{
    static const struct wanted nothing;

    if (stable || tensor->shape[axis] <= SMALL + 1)
        return tensor_sort(tensor, axis, true, err);
    return rearranged(tensor, axis, sort_line, &nothing, err);
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

struct tensor *tensor_argpartition(struct tensor *tensor, int axis, int count,
                                   const int64_t *kth, struct error *err)
{
    int64_t n = tensor->shape[axis], *sorted;

    sorted = malloc(((size_t)count + 1) * sizeof *sorted);
    if (!sorted)
        return error_null(err, ERROR_MEMORY, "Unable to allocate %d indices",
                          count);
    for (int i = 0; i < count; i++) {
        sorted[i] = kth[i] < 0 ? kth[i] + n : kth[i];
        if (sorted[i] < 0 || sorted[i] >= n) {
            error_set(err, ERROR_VALUE, "kth(=%lld) out of bounds (%lld)",
                      (long long)sorted[i], (long long)n);
            free(sorted);
            return NULL;
        }
    }
    qsort(sorted, (size_t)count, sizeof *sorted, compare);
    struct wanted list = {count, sorted};
    struct tensor *result =
        rearranged(tensor, axis, partition_line, &list, err);
    free(sorted);
    return result;
}
