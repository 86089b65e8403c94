/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/series.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tensor/tensor.h"

struct series *series_new(size_t count, struct error *err)
{
    struct series *series = NULL;
    if (count < (SIZE_MAX - sizeof *series) / sizeof *series->values)
        series = malloc(sizeof *series + count * sizeof *series->values);
    if (!series)
        return error_null(err, ERROR_MEMORY, "Unable to allocate %zu numbers",
                          count);
    series->references = 1;
    series->count = count;
    return series;
}

struct series *series_of(const struct tensor *tensor, struct error *err)
{
    struct tensor *numbers = tensor_astype(tensor, DTYPE_FLOAT64, err);
    if (!numbers)
        return NULL;
    struct series *series = series_new((size_t)numbers->size, err);
    if (series && series->count)
        memcpy(series->values, numbers->data,
               series->count * sizeof *series->values);
    tensor_unref(numbers);
    return series;
}

struct series *series_ref(struct series *series)
{
    if (series)
        __atomic_add_fetch(&series->references, 1, __ATOMIC_RELAXED);
    return series;
}

void series_unref(struct series *series)
{
    if (series &&
        __atomic_sub_fetch(&series->references, 1, __ATOMIC_ACQ_REL) == 0)
        free(series);
}
