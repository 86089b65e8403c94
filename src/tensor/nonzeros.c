/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One pass over the numbers leaves a bit for each.  All else is read from the
 * bits: 64 zeros cost one comparison, and from one nonzero to the next it
 * takes no branch that could be guessed wrong.
 */
#include "tensor/nonzeros.h"

#include "tensor/parallel.h"

enum { WORD = 64 };

/* In memory the left side is line_count() lines of line_length() numbers. */
static int64_t line_count(const struct left *left)
{
    return left->transposed ? left->inner : left->rows;
}

static int64_t line_length(const struct left *left)
{
    return left->transposed ? left->rows : left->inner;
}

/* --------------------------------------------------------------- memory */

static int64_t cache_lines(int64_t bytes)
{
    return (bytes + 63) / 64 * 64;
}

static bool bounds_allocate(const struct left *left, struct nonzeros *ret)
{
    struct error err = ERROR_INIT;
    *ret = (struct nonzeros){.words = (line_length(left) + WORD - 1) / WORD,
                             .rows = left->rows};
    int64_t most_slices = (left->inner + WORD - 1) / WORD + 1;
    int64_t masks = cache_lines(line_count(left) * ret->words *
                                (int64_t)sizeof *ret->masks);
    int64_t inner = cache_lines((left->inner + 1) * (int64_t)sizeof *ret->used);
    int64_t first =
        cache_lines((most_slices + 1) * (int64_t)sizeof *ret->first);
    int64_t cuts = cache_lines((most_slices + 1) * left->rows *
                               (int64_t)sizeof *ret->cuts);
    ret->bounds = storage_new(masks + 2 * inner + first + cuts, &err);
    error_clear(&err);
    if (!ret->bounds)
        return false;
    char *memory = ret->bounds->bytes;
    ret->masks = (uint64_t *)(void *)memory;
    ret->used = (uint32_t *)(void *)(memory += masks);
    ret->number = (uint32_t *)(void *)(memory += inner);
    ret->first = (int64_t *)(void *)(memory += inner);
    ret->cuts = (int64_t *)(void *)(memory + first);
    return true;
}

static bool lists_allocate(struct nonzeros *nonzeros)
{
    struct error err = ERROR_INIT;
    nonzeros->lists =
        storage_new(nonzeros->count * (int64_t)sizeof *nonzeros->entries, &err);
    error_clear(&err);
    if (nonzeros->lists)
        nonzeros->entries = (nonzero *)(void *)nonzeros->lists->bytes;
    return nonzeros->lists != NULL;
}

void nonzeros_done(struct nonzeros *nonzeros)
{
    storage_unref(nonzeros->bounds);
    storage_unref(nonzeros->lists);
    *nonzeros = (struct nonzeros){0};
}

/* ---------------------------------------------------------------- masks */

/* Bit i tells whether a[i] is not zero. */
static inline uint64_t mask_of(int64_t n, const float *a)
{
    uint64_t mask = 0;
    for (int64_t i = 0; i < n; i++)
        mask |= (uint64_t)(a[i] != 0.0f) << i;
    return mask;
}

/* Fills the words of one line; how many bits are set. */
MULTI_TARGET
static int64_t mask_line(int64_t n, const float *a, uint64_t *words)
{
    int64_t count = 0;
    for (; n >= WORD; n -= WORD, a += WORD) {
        *words = mask_of(WORD, a);
        count += __builtin_popcountll(*words++);
    }
    if (n > 0) {
        *words = mask_of(n, a);
        count += __builtin_popcountll(*words);
    }
    return count;
}

bool nonzeros_find(const struct left *left, struct nonzeros *ret)
{
    int64_t n = line_length(left), total = 0;
    if (!bounds_allocate(left, ret))
        return false;
    int threads = parallel_threads_for(left->rows * left->inner);
#pragma omp parallel num_threads(threads) reduction(+ : total)
    {
        struct part part = parallel_part(line_count(left), 1);
        for (int64_t i = part.first; i < part.end; i++) {
            int64_t count =
                mask_line(n, left->data + i * n, ret->masks + i * ret->words);
            if (!left->transposed)
                ret->cuts[i] = count;
            total += count;
        }
    }
    ret->count = total;
    return true;
}

/* ---------------------------------------------------------------- lists */

MULTI_TARGET
static void count_by_column(int64_t n, const float *a, int64_t *counts)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        counts[i] += a[i] != 0.0f;
}

/* The rows of PART are columns in memory: their counts. */
static void count_columns(const struct left *left, struct part part,
                          int64_t *counts)
{
    int64_t n = part.end - part.first;
    memset(counts + part.first, 0, (size_t)n * sizeof *counts);
    for (int64_t k = 0; k < left->inner; k++)
        count_by_column(n, left->data + k * left->rows + part.first,
                        counts + part.first);
}

/* From the counts of the rows to where their lists begin. */
static void place_lists(struct nonzeros *nonzeros)
{
    int64_t position = 0;
    for (int64_t i = 0; i < nonzeros->rows; i++) {
        int64_t count = nonzeros->cuts[i];
        nonzeros->cuts[i] = position;
        position += count;
    }
}

static void number_row(struct nonzeros *nonzeros, int64_t k, bool used)
{
    nonzeros->number[k] = (uint32_t)nonzeros->used_count;
    nonzeros->used[nonzeros->used_count] = (uint32_t)k;
    nonzeros->used_count += used;
}

/* All words AT, AT + STEP… of COUNT. */
static uint64_t union_of(int64_t count, const uint64_t *at, int64_t step)
{
    uint64_t all = 0;
    for (int64_t i = 0; i < count; i++)
        all |= at[i * step];
    return all;
}

static void number_rows(const struct left *left, struct nonzeros *nonzeros)
{
    int64_t words = nonzeros->words;
    uint64_t bits = 0;
    nonzeros->used_count = 0;
    for (int64_t k = 0; k < left->inner; k++, bits >>= 1) {
        if (left->transposed)
            bits = union_of(words, nonzeros->masks + k * words, 1) != 0;
        else if (k % WORD == 0)
            bits = union_of(left->rows, nonzeros->masks + k / WORD, words);
        number_row(nonzeros, k, bits & 1);
    }
    number_row(nonzeros, left->inner, false);
}

/* A slice takes one word of rows after the other, while they fit. */
static void cut_slices(int64_t inner, int64_t slice, struct nonzeros *nonzeros)
{
    const uint32_t *number = nonzeros->number;
    int64_t *first = nonzeros->first;
    first[0] = 0;
    nonzeros->slices = 1;
    for (int64_t k = 0; k < inner; k += WORD) {
        int64_t end = k + WORD < inner ? k + WORD : inner;
        int64_t begin = first[nonzeros->slices - 1];
        if (number[end] - number[begin] > slice && k > begin)
            first[nonzeros->slices++] = k;
    }
    first[nonzeros->slices] = inner;
}

MULTI_TARGET
static void list_row(const struct left *left, int64_t row,
                     const struct nonzeros *nonzeros)
{
    const float *a = left->data + row * left->inner;
    const uint64_t *words = nonzeros->masks + row * nonzeros->words;
    int64_t *cut = nonzeros->cuts + row;
    nonzero *entry = nonzeros->entries + *cut;
    for (int64_t s = 0; s < nonzeros->slices; s++) {
        for (int64_t k = nonzeros->first[s]; k < nonzeros->first[s + 1];
             k += WORD)
            for (uint64_t bits = *words++; bits; bits &= bits - 1) {
                int64_t i = k + __builtin_ctzll(bits);
                *entry++ = nonzero_of(a[i], nonzeros->number[i]);
            }
        *(cut += nonzeros->rows) = entry - nonzeros->entries;
    }
}

/* The rows FIRST … LAST-1, columns in memory that share a word of bits, grow
   together line by line. */
MULTI_TARGET
static void list_columns(const struct left *left, int64_t first, int64_t last,
                         const struct nonzeros *nonzeros)
{
    size_t size = (size_t)(last - first) * sizeof *nonzeros->cuts;
    for (int64_t s = 0; s < nonzeros->slices; s++) {
        int64_t *ends = nonzeros->cuts + (s + 1) * nonzeros->rows + first;
        memcpy(ends, ends - nonzeros->rows, size);
        for (int64_t k = nonzeros->first[s]; k < nonzeros->first[s + 1]; k++) {
            const float *a = left->data + k * left->rows + first;
            uint64_t bits = nonzeros->masks[k * nonzeros->words + first / WORD];
            for (; bits; bits &= bits - 1) {
                int i = __builtin_ctzll(bits);
                nonzeros->entries[ends[i]++] =
                    nonzero_of(a[i], nonzeros->number[k]);
            }
        }
    }
}

static void list_share(const struct left *left, struct part part,
                       const struct nonzeros *nonzeros)
{
    if (!left->transposed)
        for (int64_t i = part.first; i < part.end; i++)
            list_row(left, i, nonzeros);
    else
        for (int64_t i = part.first; i < part.end; i += WORD)
            list_columns(left, i, i + WORD < part.end ? i + WORD : part.end,
                         nonzeros);
}

bool nonzeros_list(const struct left *left, int64_t slice,
                   struct nonzeros *nonzeros)
{
    if (!lists_allocate(nonzeros))
        return false;
    int threads = parallel_threads_for(left->rows * left->inner);
#pragma omp parallel num_threads(threads)
    {
        struct part part = parallel_part(left->rows, WORD);
        if (left->transposed)
            count_columns(left, part, nonzeros->cuts);
#pragma omp barrier
#pragma omp single
        {
            place_lists(nonzeros);
            number_rows(left, nonzeros);
            cut_slices(left->inner, slice, nonzeros);
        }
        list_share(left, part, nonzeros);
    }
    return true;
}
