/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/verdict.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "nn/pass.h"

/* ----------------------------------------------------------- one output row */

static int largest(int64_t count, const float *row)
{
    int best = 0;
    for (int i = 1; i < count; i++)
        best = row[i] > row[best] ? i : best;
    return best;
}

static bool are_shares(int64_t count, const float *row)
{
    double sum = 0.0;
    bool good = true;
    for (int64_t i = 0; i < count; i++) {
        good &= row[i] >= 0.0f && row[i] <= 1.0f;
        sum += (double)row[i];
    }
    return good && (count == 1 || fabs(sum - 1.0) < 1e-3);
}

/* softmax's largest, without overflow */
static float softmax_share(int64_t count, const float *row, int class)
{
    double sum = 0.0;
    for (int64_t i = 0; i < count; i++)
        sum += exp((double)row[i] - (double)row[class]);
    return (float)(1.0 / sum);
}

static void judge_binary(float y, bool is_share, struct verdict *verdict)
{
    float share = is_share ? y : 1.0f / (1.0f + expf(-y));
    verdict->given = share > 0.5f;
    verdict->confidence = verdict->given ? share : 1.0f - share;
}

static void judge(int64_t columns, const float *row, bool are_all_shares,
                  struct verdict *verdict)
{
    if (columns == 1) {
        judge_binary(row[0], are_all_shares, verdict);
        return;
    }
    verdict->given = largest(columns, row);
    verdict->confidence = are_all_shares
                              ? row[verdict->given]
                              : softmax_share(columns, row, verdict->given);
}

/* ------------------------------------------------------------------- labels */

static bool bad_labels(const struct tensor *labels, int64_t count, int classes,
                       struct error *err)
{
    struct strbuf shape = STRBUF_INIT;
    shape_format(&shape, labels->ndim, labels->shape);
    error_set(err, ERROR_VALUE,
              "labels must have shape (%" PRId64 ",) or (%" PRId64
              ", %d), got %s",
              count, count, classes, shape.text);
    strbuf_done(&shape);
    return false;
}

/* COLUMNS numbers a sample: one is its class, of several the largest is. */
static bool read_labels(struct verdicts *verdicts, const struct tensor *labels,
                        int64_t columns, struct error *err)
{
    const float *row = (const float *)(const void *)labels->data;
    for (int64_t i = 0; i < verdicts->count; i++, row += columns) {
        float label = columns == 1 ? row[0] : (float)largest(columns, row);
        if (!(label >= 0.0f && label < (float)verdicts->classes))
            return error_set(err, ERROR_VALUE,
                             "label %g is not one of the model's %d classes",
                             (double)label, verdicts->classes);
        verdicts->rows[i].expected = (int32_t)label;
    }
    return true;
}

static bool set_labels(struct verdicts *verdicts, struct tensor *labels,
                       struct error *err)
{
    int64_t count = labels->ndim > 0 ? labels->shape[0] : 0;
    int64_t columns = count > 0 ? labels->size / count : 1;
    bool fits = count == verdicts->count && labels->ndim <= 2 &&
                (columns == 1 || columns == verdicts->classes);
    if (!fits)
        return bad_labels(labels, verdicts->count, verdicts->classes, err);
    struct tensor *rows = tensor_contiguous(labels, DTYPE_FLOAT32, err);
    bool good = rows && read_labels(verdicts, rows, columns, err);
    tensor_unref(rows);
    return good;
}

/* ---------------------------------------------------------------- verdicts */

static bool check_outputs(const struct tensor *y, const struct model *model,
                          struct error *err)
{
    if (y->ndim == 2)
        return true;
    return error_set(err, ERROR_VALUE,
                     "%s does not classify: it gives each sample %d axes",
                     model->name, y->ndim - 1);
}

bool verdicts_init(struct verdicts *ret, struct model *model, struct tensor *x,
                   struct tensor *labels, struct error *err)
{
    struct tensor *y = model_predict(model, x, err);
    *ret = (struct verdicts){0};
    if (!y || !check_outputs(y, model, err)) {
        tensor_unref(y);
        return false;
    }
    int64_t columns = y->shape[1];
    const float *row = (const float *)(const void *)y->data;
    *ret =
        (struct verdicts){y->shape[0], columns == 1 ? 2 : (int)columns,
                          xcalloc((size_t)y->shape[0] + 1, sizeof *ret->rows)};
    bool are_all = true;
    for (int64_t i = 0; i < ret->count; i++)
        are_all &= are_shares(columns, row + i * columns);
    for (int64_t i = 0; i < ret->count; i++)
        judge(columns, row + i * columns, are_all, &ret->rows[i]);
    tensor_unref(y);
    if (set_labels(ret, labels, err))
        return true;
    verdicts_done(ret);
    return false;
}

void verdicts_done(struct verdicts *verdicts)
{
    free(verdicts->rows);
    *verdicts = (struct verdicts){0};
}

int64_t *verdicts_count(const struct verdicts *verdicts)
{
    size_t classes = (size_t)verdicts->classes;
    int64_t *counts = xcalloc(classes * classes + 1, sizeof *counts);
    for (int64_t i = 0; i < verdicts->count; i++)
        counts[(size_t)verdicts->rows[i].expected * classes +
               (size_t)verdicts->rows[i].given]++;
    return counts;
}

int64_t verdicts_mistakes(const struct verdicts *verdicts)
{
    int64_t count = 0;
    for (int64_t i = 0; i < verdicts->count; i++)
        count += verdicts->rows[i].expected != verdicts->rows[i].given;
    return count;
}

static bool is_wanted(const struct verdict *verdict, int expected, int given)
{
    if (expected == ANY_CLASS)
        return verdict->expected != verdict->given;
    return verdict->expected == expected && verdict->given == given;
}

struct entry {
    float confidence;
    int64_t position;
};

static int compare(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->confidence != y->confidence)
        return x->confidence > y->confidence ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

int64_t *verdicts_list(const struct verdicts *verdicts, int expected, int given,
                       int64_t *count)
{
    size_t found = 0;
    struct entry *entries =
        xcalloc((size_t)verdicts->count + 1, sizeof *entries);
    for (int64_t i = 0; i < verdicts->count; i++)
        if (is_wanted(&verdicts->rows[i], expected, given))
            entries[found++] = (struct entry){verdicts->rows[i].confidence, i};
    qsort(entries, found, sizeof *entries, compare);
    int64_t *positions = xcalloc(found + 1, sizeof *positions);
    for (size_t i = 0; i < found; i++)
        positions[i] = entries[i].position;
    free(entries);
    *count = (int64_t)found;
    return positions;
}
