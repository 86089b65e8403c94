/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/metric.h"

static int64_t largest(int64_t columns, const float *row)
{
    int64_t best = 0;
    for (int64_t i = 1; i < columns; i++)
        if (row[i] > row[best])
            best = i;
    return best;
}

/* By class numbers; one-hot rows; or, for one output, by its side of 0.5. */
static double accuracy_value(int64_t columns, const float *y,
                             const float *target, int32_t label)
{
    if (!target)
        return largest(columns, y) == label;
    if (columns == 1)
        return (y[0] > 0.5f) == (target[0] > 0.5f);
    return largest(columns, y) == largest(columns, target);
}

const struct metric metrics[] = {
    {{"acc",
      "accuracy categorical_accuracy sparse_categorical_accuracy "
      "binary_accuracy",
      "share of samples whose class was found"},
     accuracy_value,
     false},
    {{"mse", "mean_squared_error", "mean of the squared differences"},
     loss_squared,
     true},
    {{"mae", "mean_absolute_error", "mean of the absolute differences"},
     loss_absolute,
     true},
    {{NULL, NULL, NULL}, NULL, false},
};

const struct metric *metric_find(const char *name, struct error *err)
{
    return named_find(metrics, sizeof *metrics, "metric function", name, err);
}

double metric_sum(const struct metric *metric, int64_t rows, int64_t columns,
                  const float *y, struct targets targets)
{
    double sum = 0.0;
    for (int64_t i = 0; i < rows; i++)
        sum +=
            metric->value(columns, y + i * columns,
                          targets.values ? targets.values + i * columns : NULL,
                          targets.labels ? targets.labels[i] : 0);
    return sum;
}
