/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keras's losses (keras.io/api/losses).  Cross-entropies of probabilities
 * are tensor/neural.h's; those of logits go by log(sum(exp(z))).
 */
#include "nn/loss.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "nn/foreign.h"
#include "nn/setting.h"
#include "tensor/neural.h"

static const double epsilon = 1e-7; /* Keras's */

static double row_sum(int64_t columns, const float *row)
{
    double sum = 0.0;
    for (int64_t i = 0; i < columns; i++)
        sum += (double)row[i];
    return sum;
}

/* log(sum(exp(z))), the largest taken off first */
static double log_sum_exp(int64_t columns, const float *z)
{
    float largest = -INFINITY;
    for (int64_t i = 0; i < columns; i++)
        largest = z[i] > largest ? z[i] : largest;
    if (isinf(largest))
        return (double)largest;
    double sum = 0.0;
    for (int64_t i = 0; i < columns; i++)
        sum += exp((double)(z[i] - largest));
    return (double)largest + log(sum);
}

static double sigmoid(double z)
{
    return 1.0 / (1.0 + exp(-z));
}

/* --------------------------------------------------------- cross-entropies */

enum { FROM_LOGITS, SMOOTHING };

static bool is_of_logits(const struct loss *loss)
{
    return loss->settings[FROM_LOGITS] != 0.0;
}

/* A target of a one-hot row, smoothed: t (1 - s) + s / columns. */
static double smoothed(const struct loss *loss, int64_t columns, float target)
{
    double s = loss->settings[SMOOTHING];
    return (double)target * (1.0 - s) + s / (double)columns;
}

static double sparse_value(const struct loss *loss, int64_t columns,
                           const float *y, const float *target, int32_t label)
{
    (void)target;
    if (is_of_logits(loss))
        return log_sum_exp(columns, y) - (double)y[label];
    return crossentropy_row(columns, y, NULL, label);
}

/* Of logits: softmax(z) - onehot */
static void sparse_gradient(const struct loss *loss, int64_t columns,
                            const float *y, const float *target, int32_t label,
                            float scale, float *gradient)
{
    (void)target;
    if (is_of_logits(loss)) {
        double all = log_sum_exp(columns, y);
        for (int64_t i = 0; i < columns; i++)
            gradient[i] = scale * (float)exp((double)y[i] - all);
        gradient[label] -= scale;
        return;
    }
    crossentropy_row_gradient(columns, y, NULL, label, scale, gradient);
}

static double categorical_value(const struct loss *loss, int64_t columns,
                                const float *y, const float *target,
                                int32_t label)
{
    (void)label;
    bool logits = is_of_logits(loss);
    if (!logits && loss->settings[SMOOTHING] == 0.0)
        return crossentropy_row(columns, y, target, 0);
    double value = 0.0;
    double all = logits ? log_sum_exp(columns, y) : row_sum(columns, y);
    for (int64_t i = 0; i < columns; i++) {
        double t = smoothed(loss, columns, target[i]);
        if (t != 0.0)
            value -= t * (logits ? (double)y[i] - all
                                 : log(crossentropy_clip((double)y[i] / all)));
    }
    return value;
}

static void categorical_gradient(const struct loss *loss, int64_t columns,
                                 const float *y, const float *target,
                                 int32_t label, float scale, float *gradient)
{
    (void)label;
    double s = loss->settings[SMOOTHING];
    double weight = row_sum(columns, target) * (1.0 - s) + s;
    if (!is_of_logits(loss) && s == 0.0) {
        crossentropy_row_gradient(columns, y, target, 0, scale, gradient);
        return;
    }
    if (is_of_logits(loss)) {
        double all = log_sum_exp(columns, y);
        for (int64_t i = 0; i < columns; i++)
            gradient[i] = scale * (float)(weight * exp((double)y[i] - all) -
                                          smoothed(loss, columns, target[i]));
        return;
    }
    double sum = row_sum(columns, y), all = weight / sum;
    for (int64_t i = 0; i < columns; i++)
        gradient[i] =
            scale *
            (float)(all - smoothed(loss, columns, target[i]) /
                              (sum * crossentropy_clip((double)y[i] / sum)));
}

/* Two classes, so that a target is smoothed towards a half. */
static double binary_target(const struct loss *loss, float target)
{
    return smoothed(loss, 2, target);
}

/* The mean of -t log(p) - (1 - t) log(1 - p); of logits
   max(z, 0) - z t + log(1 + exp(-|z|)) */
static double binary_value(const struct loss *loss, int64_t columns,
                           const float *y, const float *target, int32_t label)
{
    (void)label;
    double sum = 0.0;
    for (int64_t i = 0; i < columns; i++) {
        double t = binary_target(loss, target[i]), z = (double)y[i];
        double p = crossentropy_clip(z);
        sum += is_of_logits(loss) ? fmax(z, 0.0) - z * t + log1p(exp(-fabs(z)))
                                  : -t * log(p) - (1.0 - t) * log1p(-p);
    }
    return sum / (double)columns;
}

static void binary_gradient(const struct loss *loss, int64_t columns,
                            const float *y, const float *target, int32_t label,
                            float scale, float *gradient)
{
    (void)label;
    for (int64_t i = 0; i < columns; i++) {
        double t = binary_target(loss, target[i]), z = (double)y[i];
        double p = crossentropy_clip(z);
        double slope =
            is_of_logits(loss) ? sigmoid(z) - t : (p - t) / (p * (1.0 - p));
        gradient[i] = scale * (float)(slope / (double)columns);
    }
}

/* --------------------------------------- means over the numbers of a sample */

/* One element's loss and derivative: SLOPE is written unless it is NULL. */
typedef double element_loss(const struct loss *loss, double y, double target,
                            double *slope);

static double squared(const struct loss *loss, double y, double target,
                      double *slope)
{
    (void)loss;
    *slope = 2.0 * (y - target);
    return (y - target) * (y - target);
}

static double absolute(const struct loss *loss, double y, double target,
                       double *slope)
{
    (void)loss;
    *slope = (double)((y > target) - (y < target));
    return fabs(y - target);
}

static double percentage(const struct loss *loss, double y, double target,
                         double *slope)
{
    (void)loss;
    double size = fmax(fabs(target), epsilon);
    *slope = 100.0 * (double)((y > target) - (y < target)) / size;
    return 100.0 * fabs(y - target) / size;
}

static double logarithmic(const struct loss *loss, double y, double target,
                          double *slope)
{
    (void)loss;
    double above = fmax(y, epsilon) + 1.0;
    double difference = log(above) - log(fmax(target, epsilon) + 1.0);
    *slope = y > epsilon ? 2.0 * difference / above : 0.0;
    return difference * difference;
}

/* Targets 0 and 1 count as -1 and 1.  (Keras asks whether all of a batch are
   0 or 1; each by itself gives the same for all sound targets.) */
static double hinge(const struct loss *loss, double y, double target,
                    double *slope)
{
    (void)loss;
    double sign = target == 0.0 ? -1.0 : target;
    double value = fmax(1.0 - sign * y, 0.0);
    *slope = value > 0.0 ? -sign : 0.0;
    return value;
}

static double squared_hinge(const struct loss *loss, double y, double target,
                            double *slope)
{
    double value = hinge(loss, y, target, slope);
    *slope *= 2.0 * value;
    return value * value;
}

/* A square within delta, straight beyond. */
static double huber(const struct loss *loss, double y, double target,
                    double *slope)
{
    double delta = loss->settings[0], error = y - target;
    bool near = fabs(error) <= delta;
    *slope = near ? error : copysign(delta, error);
    return near ? 0.5 * error * error
                : delta * fabs(error) - 0.5 * delta * delta;
}

/* log(cosh(x)) = x + log(1 + exp(-2x)) - log(2) */
static double log_cosh(const struct loss *loss, double y, double target,
                       double *slope)
{
    (void)loss;
    double error = fabs(y - target);
    *slope = tanh(y - target);
    return error + log1p(exp(-2.0 * error)) - 0.69314718055994531;
}

static double poisson(const struct loss *loss, double y, double target,
                      double *slope)
{
    (void)loss;
    *slope = 1.0 - target / (y + epsilon);
    return y - target * log(y + epsilon);
}

/* A sum, not a mean: divergence() multiplies it back. */
static double divergence(const struct loss *loss, double y, double target,
                         double *slope)
{
    (void)loss;
    double t = fmin(fmax(target, epsilon), 1.0);
    double p = fmin(fmax(y, epsilon), 1.0);
    *slope = y >= epsilon && y <= 1.0 ? -t / p : 0.0;
    return t * log(t / p);
}

static double mean_of(element_loss *element, const struct loss *loss,
                      int64_t columns, const float *y, const float *target)
{
    double sum = 0.0, slope;
    for (int64_t i = 0; i < columns; i++)
        sum += element(loss, (double)y[i], (double)target[i], &slope);
    return sum / (double)columns;
}

static void mean_gradient(element_loss *element, const struct loss *loss,
                          int64_t columns, const float *y, const float *target,
                          float scale, float *gradient)
{
    for (int64_t i = 0; i < columns; i++) {
        double slope;
        element(loss, (double)y[i], (double)target[i], &slope);
        gradient[i] = scale * (float)(slope / (double)columns);
    }
}

/* The two functions of a row from ELEMENT. */
#define MEAN_LOSS(element)                                                  \
    static double element##_value(const struct loss *loss, int64_t columns, \
                                  const float *y, const float *target,      \
                                  int32_t label)                            \
    {                                                                       \
        (void)label;                                                        \
        return mean_of(element, loss, columns, y, target);                  \
    }                                                                       \
    static void element##_gradient(                                         \
        const struct loss *loss, int64_t columns, const float *y,           \
        const float *target, int32_t label, float scale, float *gradient)   \
    {                                                                       \
        (void)label;                                                        \
        mean_gradient(element, loss, columns, y, target, scale, gradient);  \
    }

MEAN_LOSS(squared)
MEAN_LOSS(absolute)
MEAN_LOSS(percentage)
MEAN_LOSS(logarithmic)
MEAN_LOSS(hinge)
MEAN_LOSS(squared_hinge)
MEAN_LOSS(huber)
MEAN_LOSS(log_cosh)
MEAN_LOSS(poisson)

static double divergence_value(const struct loss *loss, int64_t columns,
                               const float *y, const float *target,
                               int32_t label)
{
    (void)label;
    return mean_of(divergence, loss, columns, y, target) * (double)columns;
}

static void divergence_gradient(const struct loss *loss, int64_t columns,
                                const float *y, const float *target,
                                int32_t label, float scale, float *gradient)
{
    (void)label;
    mean_gradient(divergence, loss, columns, y, target, scale * (float)columns,
                  gradient);
}

static const struct number_setting none[] = {{NULL, NULL}},
                                   of_classes[] = {{"from_logits", "False"},
                                                   {"label_smoothing", "0.0"},
                                                   {NULL, NULL}},
                                   of_labels[] = {{"from_logits", "False"},
                                                  {NULL, NULL}},
                                   of_huber[] = {{"delta", "1.0"},
                                                 {NULL, NULL}};

#define VALUES_ROW(element) \
    TARGET_VALUES, none, element##_value, element##_gradient, NULL

const struct loss_type loss_types[] = {
    {{"categorical_crossentropy", "CategoricalCrossentropy",
      N_("-log of the probability given to the right class; one-hot targets")},
     "CategoricalCrossentropy",
     TARGET_VALUES,
     of_classes,
     categorical_value,
     categorical_gradient,
     "softmax"},
    {{"sparse_categorical_crossentropy", "SparseCategoricalCrossentropy",
      N_("-log of the probability given to the right class; class numbers")},
     "SparseCategoricalCrossentropy",
     TARGET_LABELS,
     of_labels,
     sparse_value,
     sparse_gradient,
     "softmax"},
    {{"binary_crossentropy", "BinaryCrossentropy",
      N_("mean of -log of the probability given to what is, yes or no")},
     "BinaryCrossentropy",
     TARGET_VALUES,
     of_classes,
     binary_value,
     binary_gradient,
     "sigmoid"},
    {{"mse", "mean_squared_error MeanSquaredError",
      N_("mean of the squared differences")},
     "MeanSquaredError",
     VALUES_ROW(squared)},
    {{"mae", "mean_absolute_error MeanAbsoluteError",
      N_("mean of the absolute differences")},
     "MeanAbsoluteError",
     VALUES_ROW(absolute)},
    {{"mape", "mean_absolute_percentage_error MeanAbsolutePercentageError",
      N_("mean of the differences in percent of the target")},
     "MeanAbsolutePercentageError",
     VALUES_ROW(percentage)},
    {{"msle", "mean_squared_logarithmic_error MeanSquaredLogarithmicError",
      N_("mean of the squared differences of log(1 + x)")},
     "MeanSquaredLogarithmicError",
     VALUES_ROW(logarithmic)},
    {{"hinge", "Hinge", N_("mean of max(1 - target y, 0); targets -1 and 1")},
     "Hinge",
     VALUES_ROW(hinge)},
    {{"squared_hinge", "SquaredHinge",
      N_("mean of max(1 - target y, 0)**2; targets -1 and 1")},
     "SquaredHinge",
     VALUES_ROW(squared_hinge)},
    {{"huber", "Huber", N_("squares within delta, absolute values beyond")},
     "Huber",
     TARGET_VALUES,
     of_huber,
     huber_value,
     huber_gradient,
     NULL},
    {{"log_cosh", "logcosh LogCosh", N_("mean of log(cosh(y - target))")},
     "LogCosh",
     VALUES_ROW(log_cosh)},
    {{"poisson", "Poisson", N_("mean of y - target log(y)")},
     "Poisson",
     VALUES_ROW(poisson)},
    {{"kl_divergence", "kld kullback_leibler_divergence KLDivergence",
      N_("sum of target log(target / y)")},
     "KLDivergence",
     VALUES_ROW(divergence)},
    {{NULL, NULL, NULL}, NULL, TARGET_VALUES, NULL, NULL, NULL, NULL},
};

struct loss loss_new(const struct loss_type *type)
{
    struct loss loss = {.type = type};
    number_settings_reset(type->settings, loss.settings);
    return loss;
}

bool loss_find(const char *name, struct loss *ret, struct error *err)
{
    const struct loss_type *type =
        named_find(loss_types, sizeof *loss_types, "loss function", name, err);
    if (type)
        *ret = loss_new(type);
    return type != NULL;
}

bool loss_from_logits(const struct loss *loss)
{
    int setting = number_setting_find(loss->type->settings, "from_logits");
    return setting >= 0 && loss->settings[setting] != 0.0;
}

bool loss_is_fused(const struct loss *loss, const struct activation *activation)
{
    return loss->type->fused_with && activation && !loss_from_logits(loss) &&
           !strcmp(loss->type->fused_with, activation->named.name);
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
    if (loss->foreign)
        return (double)rows *
               foreign_mean(loss->foreign, rows, columns, y, targets);
    for (int64_t i = 0; i < rows; i++) {
        int32_t label;
        const float *target = target_row(targets, i, columns, &label);
        double value =
            loss->type->value(loss, columns, y + i * columns, target, label);
        sum += targets.weights ? value * (double)targets.weights[i] : value;
    }
    return sum;
}

/* d/dz of the cross-entropy of softmax(z): y * sum(target) - target; and of
   sigmoid(z): the mean of y - target. */
static void fused_row(const struct loss *loss, int64_t columns, const float *y,
                      const float *target, int32_t label, float scale,
                      float *gradient)
{
    if (!target) {
        for (int64_t i = 0; i < columns; i++)
            gradient[i] = scale * (y[i] - (float)(i == label));
        return;
    }
    bool binary = !strcmp(loss->type->fused_with, "sigmoid");
    double s = loss->settings[SMOOTHING];
    double weight = binary ? 1.0 : row_sum(columns, target) * (1.0 - s) + s;
    int64_t classes = binary ? 2 : columns;
    scale /= binary ? (float)columns : 1.0f;
    for (int64_t i = 0; i < columns; i++)
        gradient[i] = scale * (float)(weight * (double)y[i] -
                                      smoothed(loss, classes, target[i]));
}

void loss_gradient(const struct loss *loss, bool fused, int64_t rows,
                   int64_t columns, const float *y, struct targets targets,
                   float *gradient)
{
    if (loss->foreign) {
        foreign_loss_gradient(loss->foreign, rows, columns, y, targets,
                              gradient);
        return;
    }
    for (int64_t i = 0; i < rows; i++) {
        int32_t label;
        const float *target = target_row(targets, i, columns, &label);
        float weight = targets.weights ? targets.weights[i] : 1.0f;
        (fused ? fused_row : loss->type->gradient)(
            loss, columns, y + i * columns, target, label, weight / (float)rows,
            gradient + i * columns);
    }
}
