/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sorting unsigned keys, alone or with the position that each came from.
 * Every dtype's order is the order of such keys, so these four are all there
 * is to sort.  Stable.
 */
#ifndef TENSOR_SORT_ITEMS_H
#define TENSOR_SORT_ITEMS_H

#include <stdint.h>

struct item32 {
    uint32_t key, index;
};

struct item64 {
    uint64_t key;
    int64_t index;
};

/* Sort N elements; SPARE has room for as many.  The sorted ones are in the
   array that is returned, A or SPARE. */
uint32_t *sort_key32(uint32_t *a, uint32_t *spare, int64_t n);
uint64_t *sort_key64(uint64_t *a, uint64_t *spare, int64_t n);
struct item32 *sort_item32(struct item32 *a, struct item32 *spare, int64_t n);
struct item64 *sort_item64(struct item64 *a, struct item64 *spare, int64_t n);

#endif
