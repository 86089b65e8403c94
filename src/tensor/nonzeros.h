/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The nonzeros of the left side of a product, listed row by row.
 */
#ifndef TENSOR_NONZEROS_H
#define TENSOR_NONZEROS_H

#include <stdint.h>
#include <string.h>

#include "tensor/storage.h"

/* The left side as seen from the product: ROWS x INNER, in memory either so
   or transposed. */
struct left {
    const float *data;
    bool transposed;
    int64_t rows, inner;
};

/* A value below and, above it, the row of the right side that it meets, counted
   among those that are used: one load gets both. */
typedef uint64_t nonzero;

static inline nonzero nonzero_of(float value, uint32_t row)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (uint64_t)row << 32 | bits;
}

static inline float nonzero_value(nonzero entry)
{
    uint32_t bits = (uint32_t)entry;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline uint32_t nonzero_row(nonzero entry)
{
    return (uint32_t)(entry >> 32);
}

struct nonzeros {
    struct storage *bounds, *lists;
    /* A bit for each number, as they lie in memory; a line of it begins a
       word. */
    int64_t words;
    uint64_t *masks;
    int64_t count;

    /* Rows of the right side that meet a nonzero at all: used[0] …
       used[used_count - 1]; number[k] is the place of row k among them. */
    uint32_t *used, *number;
    int64_t used_count;

    /* The right side is met slice by slice: slice s begins with its row
       first[s].  What row i of the left side has in slice s is entries[from]
       up to entries[to], both by nonzeros_range(). */
    int64_t slices, rows;
    int64_t *first, *cuts;
    nonzero *entries;
};

struct nonzeros_range {
    int64_t from, to;
};

static inline struct nonzeros_range
nonzeros_range(const struct nonzeros *nonzeros, int64_t row, int64_t slice)
{
    const int64_t *cut = nonzeros->cuts + slice * nonzeros->rows + row;
    return (struct nonzeros_range){cut[0], cut[nonzeros->rows]};
}

/* Looks where LEFT's nonzeros are and how many; threaded.  False when there
   is no memory for it. */
bool nonzeros_find(const struct left *left, struct nonzeros *ret);

/* Lists what was found, in slices of at most SLICE used rows, which is a word
   of bits or more; false when there is no memory. */
bool nonzeros_list(const struct left *left, int64_t slice,
                   struct nonzeros *nonzeros);

void nonzeros_done(struct nonzeros *nonzeros);

#endif
