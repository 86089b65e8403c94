/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two passes: sums and extremes, then the deviations from the mean, which do
 * not cancel as a difference of squares would.
 */
#include "tensor/summary.h"

#include <math.h>

#include "tensor/loop.h"

struct pass {
    enum dtype dtype;
    bool second;
    double sum, squares, scale; /* scale: bins for each unit */
    struct tensor_summary *summary;
};

static void take(struct pass *pass, double x)
{
    struct tensor_summary *summary = pass->summary;
    if (!isfinite(x)) {
        if (!pass->second)
            isnan(x) ? summary->nans++ : summary->infinities++;
        return;
    }
    if (pass->second) {
        int bin = (int)((x - summary->min) * pass->scale);
        summary->bins[bin < SUMMARY_BINS ? bin : SUMMARY_BINS - 1]++;
        pass->squares += (x - summary->mean) * (x - summary->mean);
        return;
    }
    if (summary->finite++ == 0)
        summary->min = summary->max = x;
    summary->min = x < summary->min ? x : summary->min;
    summary->max = x > summary->max ? x : summary->max;
    pass->sum += x;
}

static void take_all(int64_t n, char *const *data, const int64_t *strides,
                     const void *context)
{
    struct pass *pass = *(struct pass *const *)context;
    const char *at = data[0];
    switch (pass->dtype) {
#define X(identifier, name, type, kind, character)               \
    case DTYPE_##identifier:                                     \
        for (int64_t i = 0; i < n; i++, at += strides[0])        \
            take(pass, (double)*(const type *)(const void *)at); \
        break;
        DTYPES(X)
#undef X
    case DTYPE_COUNT:
    default:
        break;
    }
}

bool tensor_summarize(struct tensor *tensor, struct tensor_summary *ret,
                      struct error *err)
{
    struct pass pass = {.dtype = tensor->dtype, .summary = ret};
    const struct pass *context = &pass;
    struct loop loop;
    *ret = (struct tensor_summary){.finite = 0};
    loop_init(&loop, 1, &tensor, tensor->ndim, tensor->shape);
    if (!loop_run(&loop, take_all, &context, false, err))
        return false;
    if (ret->finite == 0)
        return true;
    double range = ret->max - ret->min;
    ret->mean = pass.sum / (double)ret->finite;
    pass.second = true;
    pass.scale = range > 0 && isfinite(range) ? SUMMARY_BINS / range : 0;
    if (!loop_run(&loop, take_all, &context, false, err))
        return false;
    ret->std = sqrt(pass.squares / (double)ret->finite);
    return true;
}
