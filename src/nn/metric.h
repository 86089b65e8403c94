/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is watched beside the loss. */
#ifndef NN_METRIC_H
#define NN_METRIC_H

#include "nn/loss.h"

struct metric {
    struct named named; /* the name is what progress lines and history show */
    double (*value)(int64_t columns, const float *y, const float *target,
                    int32_t label);
    bool needs_values; /* has no meaning for class numbers */
};

extern const struct metric metrics[];

const struct metric *metric_find(const char *name, struct error *err);

/* Sum over ROWS samples. */
double metric_sum(const struct metric *metric, int64_t rows, int64_t columns,
                  const float *y, struct targets targets);

#endif
