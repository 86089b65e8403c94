/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums over the rows of a batch. */
#ifndef NN_ROWS_H
#define NN_ROWS_H

#include <stdint.h>

/* SUM (COLUMNS) of the rows of A, threaded; each column is summed in order by
   one thread. */
void sum_rows(int64_t rows, int64_t columns, const float *a, float *sum);

/* The same for the products of A and B, element by element. */
void sum_row_products(int64_t rows, int64_t columns, const float *a,
                      const float *b, float *sum);

#endif
