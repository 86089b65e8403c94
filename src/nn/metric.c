/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keras's metrics (keras.io/api/metrics). */
#include "nn/metric.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "nn/foreign.h"
#include "nn/setting.h"

static int64_t largest(int64_t columns, const float *row)
{
    int64_t best = 0;
    for (int64_t i = 1; i < columns; i++)
        if (row[i] > row[best])
            best = i;
    return best;
}

static void count(double *state, double value)
{
    state[0] += value;
    state[1] += 1.0;
}

/* ------------------------------------------------------------- accuracies */

static double threshold_of(const struct metric *metric)
{
    int index = number_setting_find(metric->type->settings, "threshold");
    if (index < 0)
        index = number_setting_find(metric->type->settings, "thresholds");
    return index < 0 ? 0.5 : metric->settings[index];
}

/* The share of a sample's numbers that are on their side of the threshold. */
static void binary_accuracy(const struct metric *metric, int64_t columns,
                            const float *y, const float *target, int32_t label,
                            double *state)
{
    double threshold = threshold_of(metric), right = 0.0;
    for (int64_t i = 0; i < columns; i++) {
        float wanted = target ? target[i] : (float)label;
        right += ((double)y[i] > threshold) == (wanted != 0.0f);
    }
    count(state, right / (double)columns);
}

static void categorical_accuracy(const struct metric *metric, int64_t columns,
                                 const float *y, const float *target,
                                 int32_t label, double *state)
{
    (void)metric;
    count(state,
          largest(columns, y) == (target ? largest(columns, target) : label));
}

/* The share of numbers that are equal. */
static void equality(const struct metric *metric, int64_t columns,
                     const float *y, const float *target, int32_t label,
                     double *state)
{
    (void)metric, (void)label;
    for (int64_t i = 0; i < columns; i++)
        count(state, y[i] == target[i]);
}

/* As Keras decides what accuracy means: by the number of outputs, and by
   whether the targets are class numbers or rows (engine/compile_utils.py). */
static void accuracy(const struct metric *metric, int64_t columns,
                     const float *y, const float *target, int32_t label,
                     double *state)
{
    (columns == 1 ? binary_accuracy : categorical_accuracy)(
        metric, columns, y, target, label, state);
}

/* Is the right class among the K largest outputs? */
static void top_k(const struct metric *metric, int64_t columns, const float *y,
                  const float *target, int32_t label, double *state)
{
    int64_t right = target ? largest(columns, target) : label, above = 0;
    for (int64_t i = 0; i < columns; i++)
        above += y[i] > y[right];
    count(state, (double)above < metric->settings[0]);
}

static double share(const double *state)
{
    return state[1] == 0.0 ? 0.0 : state[0] / state[1];
}

/* ---------------------------------------------------- what was found, and not
 */

enum { FOUND, NOT_FOUND };

/* COUNTED: of those that the output names, or of those that there are? */
static void count_found(const struct metric *metric, int64_t columns,
                        const float *y, const float *target, int32_t label,
                        bool counted_by_output, double *state)
{
    double threshold = threshold_of(metric);
    for (int64_t i = 0; i < columns; i++) {
        bool named = (double)y[i] > threshold;
        bool is = (target ? target[i] : (float)label) != 0.0f;
        if (counted_by_output ? named : is)
            state[named && is ? FOUND : NOT_FOUND] += 1.0;
    }
}

static void precision(const struct metric *metric, int64_t columns,
                      const float *y, const float *target, int32_t label,
                      double *state)
{
    count_found(metric, columns, y, target, label, true, state);
}

static void recall(const struct metric *metric, int64_t columns, const float *y,
                   const float *target, int32_t label, double *state)
{
    count_found(metric, columns, y, target, label, false, state);
}

/* How many are NAMED by the output, or not, and ARE, or not. */
static void count_cases(const struct metric *metric, int64_t columns,
                        const float *y, const float *target, bool named,
                        bool are, double *state)
{
    double threshold = threshold_of(metric);
    for (int64_t i = 0; i < columns; i++)
        state[0] +=
            ((double)y[i] > threshold) == named && (target[i] != 0.0f) == are;
}

#define CASES(name, named, are)                                          \
    static void name(const struct metric *metric, int64_t columns,       \
                     const float *y, const float *target, int32_t label, \
                     double *state)                                      \
    {                                                                    \
        (void)label;                                                     \
        count_cases(metric, columns, y, target, named, are, state);      \
    }

CASES(true_positives, true, true)
CASES(true_negatives, false, false)
CASES(false_positives, true, false)
CASES(false_negatives, false, true)

static double number(const double *state)
{
    return state[0];
}

static double found_share(const double *state)
{
    double all = state[FOUND] + state[NOT_FOUND];
    return all == 0.0 ? 0.0 : state[FOUND] / all;
}

/* ---------------------------------------------------------------------- AUC */

/* Keras's 200 thresholds: just below 0, i / 199, just above 1 (metrics.AUC).
   STATE has, for those that are and then for those that are not, how many
   outputs are above so many thresholds, less one. */
enum { THRESHOLDS = METRIC_STATE / 2 };

static void area(const struct metric *metric, int64_t columns, const float *y,
                 const float *target, int32_t label, double *state)
{
    (void)metric, (void)label;
    for (int64_t i = 0; i < columns; i++) {
        double place = ceil((double)y[i] * (THRESHOLDS - 1)) - 1.0;
        int64_t bin = place > 0.0 ? (int64_t)fmin(place, THRESHOLDS - 1) : 0;
        state[(target[i] != 0.0f ? 0 : THRESHOLDS) + bin] += 1.0;
    }
}

/* Under the curve of the share found over the share of false alarms, by
   trapezoids. */
static double area_under_curve(const double *state)
{
    double found = 0.0, sum = 0.0, all[2] = {0.0, 0.0};
    for (int i = 0; i < METRIC_STATE; i++)
        all[i / THRESHOLDS] += state[i];
    for (int i = THRESHOLDS; i-- > 0;) {
        double more = state[THRESHOLDS + i];
        sum += more * (found + state[i] / 2.0);
        found += state[i];
    }
    double product = all[0] * all[1];
    return product == 0.0 ? 0.0 : sum / product;
}

/* --------------------------------------------------------------- regression */

static void squares(const struct metric *metric, int64_t columns,
                    const float *y, const float *target, int32_t label,
                    double *state)
{
    (void)metric, (void)label;
    for (int64_t i = 0; i < columns; i++) {
        double error = (double)y[i] - (double)target[i];
        count(state, error * error);
    }
}

static double root_of_mean(const double *state)
{
    return sqrt(share(state));
}

static void mean_loss(const struct metric *metric, int64_t columns,
                      const float *y, const float *target, int32_t label,
                      double *state)
{
    count(state,
          metric->loss.type->value(&metric->loss, columns, y, target, label));
}

static const struct metric_type of_loss = {
    .named = {"loss", NULL, NULL}, .update = mean_loss, .result = share};

static const struct number_setting none[] = {{NULL, NULL}},
                                   of_threshold[] = {{"threshold", "0.5"},
                                                     {NULL, NULL}},
                                   of_thresholds[] = {{"thresholds", "0.5"},
                                                      {NULL, NULL}},
                                   of_k[] = {{"k", "5"}, {NULL, NULL}};

const struct metric_type metric_types[] = {
    {{"accuracy", "acc", N_("share of samples whose class was found")},
     "Accuracy",
     none,
     false,
     false,
     accuracy,
     share},
    {{"categorical_accuracy", "CategoricalAccuracy",
      N_("share of samples whose class was found; one-hot targets")},
     "CategoricalAccuracy",
     none,
     true,
     false,
     categorical_accuracy,
     share},
    {{"sparse_categorical_accuracy", "SparseCategoricalAccuracy",
      N_("share of samples whose class was found; class numbers")},
     "SparseCategoricalAccuracy",
     none,
     false,
     true,
     categorical_accuracy,
     share},
    {{"binary_accuracy", "BinaryAccuracy",
      N_("share of outputs on the right side of the threshold")},
     "BinaryAccuracy",
     of_threshold,
     true,
     false,
     binary_accuracy,
     share},
    {{"top_k_categorical_accuracy", "TopKCategoricalAccuracy",
      N_("share of samples whose class is among the k largest outputs")},
     "TopKCategoricalAccuracy",
     of_k,
     true,
     false,
     top_k,
     share},
    {{"sparse_top_k_categorical_accuracy", "SparseTopKCategoricalAccuracy",
      N_("the same for class numbers")},
     "SparseTopKCategoricalAccuracy",
     of_k,
     false,
     true,
     top_k,
     share},
    {{"precision", "Precision",
      N_("share of what the output names that really is")},
     "Precision",
     of_thresholds,
     true,
     false,
     precision,
     found_share},
    {{"recall", "Recall", N_("share of what really is that the output names")},
     "Recall",
     of_thresholds,
     true,
     false,
     recall,
     found_share},
    {{"true_positives", "TruePositives",
      N_("how many the output names, and rightly")},
     "TruePositives",
     of_thresholds,
     true,
     false,
     true_positives,
     number},
    {{"true_negatives", "TrueNegatives",
      N_("how many the output does not name, and rightly")},
     "TrueNegatives",
     of_thresholds,
     true,
     false,
     true_negatives,
     number},
    {{"false_positives", "FalsePositives",
      N_("how many the output names, and wrongly")},
     "FalsePositives",
     of_thresholds,
     true,
     false,
     false_positives,
     number},
    {{"false_negatives", "FalseNegatives",
      N_("how many the output does not name, and wrongly")},
     "FalseNegatives",
     of_thresholds,
     true,
     false,
     false_negatives,
     number},
    {{"root_mean_squared_error", "rmse RootMeanSquaredError",
      N_("root of the mean of the squared differences")},
     "RootMeanSquaredError",
     none,
     true,
     false,
     squares,
     root_of_mean},
    {{"auc", "AUC",
      N_("area under the curve of what is found over false alarms")},
     "AUC",
     none,
     true,
     false,
     area,
     area_under_curve},
    {{NULL, NULL, NULL}, NULL, NULL, false, false, NULL, NULL},
};

const struct metric_type metric_equality = {
    .named = {"accuracy", NULL, NULL},
    .settings = none,
    .of_values = true,
    .update = equality,
    .result = share,
};

void metric_set_name(struct metric *metric, const char *name)
{
    snprintf(metric->name, sizeof metric->name, "%s", name);
}

struct metric metric_new(const struct metric_type *type)
{
    struct metric metric = {.type = type};
    number_settings_reset(type->settings, metric.settings);
    metric_set_name(&metric, type->named.name);
    return metric;
}

struct metric metric_of_loss(const struct loss *loss)
{
    struct metric metric = {.type = &of_loss, .loss = *loss};
    metric_set_name(&metric, loss->type->named.name);
    return metric;
}

/* Class names (metrics=['Precision']) are not what is shown. */
static bool is_class_name(const char *name)
{
    return name[0] >= 'A' && name[0] <= 'Z';
}

bool metric_find(const char *name, struct metric *ret, struct error *err)
{
    struct error unknown = ERROR_INIT;
    struct loss loss;
    const struct metric_type *type = named_find(
        metric_types, sizeof *metric_types, "metric function", name, err);
    if (type) {
        *ret = metric_new(type);
    } else if (loss_find(name, &loss, &unknown)) {
        *ret = metric_of_loss(&loss);
        error_clear(err);
    } else {
        error_clear(&unknown);
        return false;
    }
    if (!is_class_name(name))
        metric_set_name(ret, name);
    return true;
}

bool metric_takes(const struct metric *metric, enum target_kind kind)
{
    if (metric->foreign || kind == TARGET_ANY)
        return true;
    if (metric->loss.type)
        return metric->loss.type->kind == kind;
    return kind == TARGET_VALUES ? !metric->type->of_labels
                                 : !metric->type->of_values;
}

void metric_update(const struct metric *metric, int64_t rows, int64_t columns,
                   const float *y, struct targets targets, double *state)
{
    if (metric->foreign) {
        foreign_metric_update(metric->foreign, rows, columns, y, targets,
                              state);
        return;
    }
    for (int64_t i = 0; i < rows; i++)
        metric->type->update(metric, columns, y + i * columns,
                             targets.values ? targets.values + i * columns
                                            : NULL,
                             targets.labels ? targets.labels[i] : 0, state);
}

/* All that a state holds are sums. */
void metric_update_weighted(const struct metric *metric, int64_t rows,
                            int64_t columns, const float *y,
                            struct targets targets, double *state)
{
    const float *weights = targets.weights;
    targets.weights = NULL;
    if (!weights) {
        metric_update(metric, rows, columns, y, targets, state);
        return;
    }
    for (int64_t i = 0; i < rows; i++) {
        double one[METRIC_STATE] = {0.0};
        metric_update(
            metric, 1, columns, y + i * columns,
            (struct targets){
                .labels = targets.labels ? targets.labels + i : NULL,
                .values = targets.values ? targets.values + i * columns : NULL},
            one);
        for (int k = 0; k < METRIC_STATE; k++)
            state[k] += (double)weights[i] * one[k];
    }
}

bool metric_is_mean(const struct metric *metric)
{
    return metric->foreign ? !metric->foreign->type->update
                           : metric->type->result == share;
}

double metric_result(const struct metric *metric, const double *state)
{
    return metric->foreign ? foreign_metric_result(metric->foreign, state)
                           : metric->type->result(state);
}
