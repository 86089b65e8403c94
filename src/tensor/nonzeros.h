/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The nonzeros of the left side of a product, listed row by row.
 */
#ifndef TENSOR_NONZEROS_H
#define TENSOR_NONZEROS_H

#include "tensor/storage.h"

/* The left side as seen from the product: ROWS x INNER, in memory either so
   or transposed. */
struct left {
    const float *data;
    bool transposed;
    int64_t rows, inner;
};

struct nonzero {
    float value;
    uint32_t index; /* row of the right side, among those that are used */
};

struct nonzeros {
    struct storage *bounds, *lists;
    /* A bit for each number, as they lie in memory; a line of it begins a
       word. */
    int64_t words;
    uint64_t *masks;
    int64_t count;

    /* Row i's are entries[start[i]] … entries[end[i] - 1]. */
    int64_t *start, *end;
    struct nonzero *entries;

    /* Rows of the right side that meet a nonzero at all: used[0] …
       used[used_count - 1]; number[k] is the place of row k among them. */
    uint32_t *used, *number;
    int64_t used_count;
};

/* Looks where LEFT's nonzeros are and how many; threaded.  False when there
   is no memory for it. */
bool nonzeros_find(const struct left *left, struct nonzeros *ret);

/* Lists what was found; false when there is no memory. */
bool nonzeros_list(const struct left *left, struct nonzeros *nonzeros);

void nonzeros_done(struct nonzeros *nonzeros);

#endif
