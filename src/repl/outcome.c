/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/outcome.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "repl/job.h"
#include "tensor/format.h"

enum { RESULTS = HISTORY_MAX_SERIES + 1 + MODEL_MAX_METRICS };

struct outcome {
    int refs;
    char *settings[RECIPE_SETTINGS];
    int epochs; /* completed */
    int result_count, test_first;
    char *names[RESULTS]; /* of the last epoch, then of the test */
    double results[RESULTS];
};

static void add(struct outcome *outcome, const char *prefix, const char *name,
                double value)
{
    int i = outcome->result_count++;
    outcome->names[i] = xasprintf("%s%s", prefix, name);
    outcome->results[i] = value;
}

struct outcome *outcome_new(const struct job *job)
{
    struct outcome *outcome = xcalloc(1, sizeof *outcome);
    const struct history *history = job->training->trainer->history;
    const struct model *model = job->training->trainer->model;
    outcome->refs = 1;
    for (int i = 0; i < RECIPE_SETTINGS; i++) {
        struct strbuf text = STRBUF_INIT;
        recipe_format_value(&job->recipe, (enum recipe_setting)i, &text);
        outcome->settings[i] = strbuf_steal(&text);
    }
    for (int i = 0; history->epochs && i < history->series_count; i++)
        add(outcome, "", history->names[i],
            history_value(history, history->epochs - 1, i));
    outcome->epochs = history->epochs;
    outcome->test_first = outcome->result_count;
    if (!job->is_tested)
        return outcome;
    add(outcome, "test_", "loss", job->test[0]);
    for (int k = 0; k < model->metric_count; k++)
        add(outcome, "test_", model->metrics[k].name, job->test[1 + k]);
    return outcome;
}

struct outcome *outcome_ref(struct outcome *outcome)
{
    if (outcome)
        outcome->refs++;
    return outcome;
}

void outcome_unref(struct outcome *outcome)
{
    if (!outcome || --outcome->refs)
        return;
    for (int i = 0; i < RECIPE_SETTINGS; i++)
        free(outcome->settings[i]);
    for (int i = 0; i < outcome->result_count; i++)
        free(outcome->names[i]);
    free(outcome);
}

void outcome_format_test(const struct outcome *outcome, const char *before,
                         const char *after, struct strbuf *sb)
{
    int first = outcome->test_first, count = outcome->result_count;
    if (count - first > 1)
        first++; /* the metrics say it better than the loss */
    for (int i = first; i < count; i++) {
        strbuf_addf(sb, "%s%s: ", before, outcome->names[i]);
        double_repr(outcome->results[i], sb);
        strbuf_adds(sb, after);
    }
}

/* --------------------------------------------------------------- the table */

enum { NAME_WIDTH = 12, COLUMN_WIDTH = 12 };

static void add_cell(struct strbuf *sb, const char *text, int width)
{
    int columns = (int)utf8_columns(text, strlen(text));
    strbuf_adds(sb, text);
    strbuf_repeat(sb, ' ', (size_t)(width > columns ? width - columns : 1));
}

static void add_row(struct strbuf *sb, const char *name, const char *a,
                    const char *b)
{
    add_cell(sb, name, NAME_WIDTH);
    add_cell(sb, a, COLUMN_WIDTH);
    strbuf_addf(sb, "%s\n", b);
}

/* "-" where there is none of that name. */
static void format_result(const struct outcome *outcome, const char *name,
                          char *ret, size_t size)
{
    snprintf(ret, size, "-");
    for (int i = 0; i < outcome->result_count; i++)
        if (!strcmp(outcome->names[i], name))
            snprintf(ret, size, "%.4f", outcome->results[i]);
}

void outcome_compare(const struct outcome *a, const struct outcome *b,
                     struct strbuf *sb)
{
    char left[32], right[32];
    add_row(sb, "", _("before"), _("again"));
    for (int i = 0; i < RECIPE_SETTINGS; i++)
        if (strcmp(a->settings[i], b->settings[i]) != 0)
            add_row(sb, recipe_setting_name(i), a->settings[i], b->settings[i]);
    for (int i = 0; i < b->result_count; i++) {
        format_result(a, b->names[i], left, sizeof left);
        format_result(b, b->names[i], right, sizeof right);
        add_row(sb, b->names[i], left, right);
    }
}
