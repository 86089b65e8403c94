/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keras's losses (keras.io/api/losses). */
#include "nn/loss.h"

#include <math.h>
#include <string.h>

#include "tensor/neural.h"

static double row_sum(int64_t columns, const float *row)
{
    double sum = 0.0;
    for (int64_t i = 0; i < columns; i++)
        sum += (double)row[i];
    return sum;
}

static double crossentropy_value(int64_t columns, const float *y,
                                 const float *target, int32_t label)
{
    return crossentropy_row(columns, y, target, label);
}

static void crossentropy_gradient(int64_t columns, const float *y,
                                  const float *target, int32_t label,
                                  float scale, float *gradient)
{
    crossentropy_row_gradient(columns, y, target, label, scale, gradient);
}

double loss_squared(int64_t columns, const float *y, const float *target,
                    int32_t label)
{
    (void)label;
    double sum = 0.0;
    for (int64_t i = 0; i < columns; i++) {
        double error = (double)y[i] - (double)target[i];
        sum += error * error;
    }
    return sum / (double)columns;
}

static void squared_gradient(int64_t columns, const float *y,
                             const float *target, int32_t label, float scale,
                             float *gradient)
{
    (void)label;
    for (int64_t i = 0; i < columns; i++)
        gradient[i] = scale * 2.0f * (y[i] - target[i]) / (float)columns;
}

double loss_absolute(int64_t columns, const float *y, const float *target,
                     int32_t label)
{
    (void)label;
    double sum = 0.0;
    for (int64_t i = 0; i < columns; i++)
        sum += fabs((double)y[i] - (double)target[i]);
    return sum / (double)columns;
}

static void absolute_gradient(int64_t columns, const float *y,
                              const float *target, int32_t label, float scale,
                              float *gradient)
{
    (void)label;
    for (int64_t i = 0; i < columns; i++) {
        float sign = (float)((y[i] > target[i]) - (y[i] < target[i]));
        gradient[i] = scale * sign / (float)columns;
    }
}

const struct loss losses[] = {
    {{"categorical_crossentropy", "CategoricalCrossentropy",
      "-log of the probability given to the right class; one-hot targets"},
     TARGET_VALUES,
     crossentropy_value,
     crossentropy_gradient,
     "softmax"},
    {{"sparse_categorical_crossentropy", "SparseCategoricalCrossentropy",
      "-log of the probability given to the right class; class numbers"},
     TARGET_LABELS,
     crossentropy_value,
     crossentropy_gradient,
     "softmax"},
    {{"mse", "mean_squared_error MeanSquaredError",
      "mean of the squared differences"},
     TARGET_VALUES,
     loss_squared,
     squared_gradient,
     NULL},
    {{"mae", "mean_absolute_error MeanAbsoluteError",
      "mean of the absolute differences"},
     TARGET_VALUES,
     loss_absolute,
     absolute_gradient,
     NULL},
    {{NULL, NULL, NULL}, TARGET_VALUES, NULL, NULL, NULL},
};

const struct loss *loss_find(const char *name, struct error *err)
{
    return named_find(losses, sizeof *losses, "loss function", name, err);
}

bool loss_is_fused(const struct loss *loss, const struct activation *activation)
{
    return loss->fused_with && activation &&
           !strcmp(loss->fused_with, activation->named.name);
}

static const float *target_row(struct targets targets, int64_t row,
                               int64_t columns, int32_t *label)
{
    *label = targets.labels ? targets.labels[row] : 0;
    return targets.values ? targets.values + row * columns : NULL;
}

double loss_sum(const struct loss *loss, int64_t rows, int64_t columns,
                const float *y, struct targets targets)
{
    double sum = 0.0;
    for (int64_t i = 0; i < rows; i++) {
        int32_t label;
        const float *target = target_row(targets, i, columns, &label);
        sum += loss->value(columns, y + i * columns, target, label);
    }
    return sum;
}

/* d/dz of the cross-entropy of softmax(z): y * sum(target) - target */
static void fused_row(int64_t columns, const float *y, const float *target,
                      int32_t label, float scale, float *gradient)
{
    float weight = target ? (float)row_sum(columns, target) : 1.0f;
    for (int64_t i = 0; i < columns; i++)
        gradient[i] =
            scale * (weight * y[i] - (target ? target[i] : i == label));
}

void loss_gradient(const struct loss *loss, bool fused, int64_t rows,
                   int64_t columns, const float *y, struct targets targets,
                   float *gradient)
{
    float scale = 1.0f / (float)rows;
    for (int64_t i = 0; i < rows; i++) {
        int32_t label;
        const float *target = target_row(targets, i, columns, &label);
        (fused ? fused_row : loss->gradient)(columns, y + i * columns, target,
                                             label, scale,
                                             gradient + i * columns);
    }
}
