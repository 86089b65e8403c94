/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a training ended, and two of them side by side. */
#ifndef REPL_OUTCOME_H
#define REPL_OUTCOME_H

#include "repl/recipe.h"

struct job;
struct outcome;

/* Of JOB, which has ended. */
struct outcome *outcome_new(const struct job *job);
struct outcome *outcome_ref(struct outcome *outcome); /* NULL is fine */
void outcome_unref(struct outcome *outcome);          /* NULL is fine */

/* "test_acc: 0.9714" for each metric, or the loss when there is none, between
   BEFORE and AFTER; nothing without a test. */
void outcome_format_test(const struct outcome *outcome, const char *before,
                         const char *after, struct strbuf *sb);

/* What differs in the settings, and the results, in three columns. */
void outcome_compare(const struct outcome *a, const struct outcome *b,
                     struct strbuf *sb);

#endif
