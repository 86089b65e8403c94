/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/trial.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "lang/walk.h"
#include "lesson/limits.h"

struct program *trial_parse(const char *text, struct error *err)
{
    struct parse_options options = {.shorthand = true};
    struct source *source = source_new("<lesson>", text, strlen(text));
    struct program *program = NULL;
    if (program_parse(source, options, &program, err) != PARSE_OK)
        program = NULL;
    source_unref(source);
    return program;
}

static bool run_text(struct interp *interp, const char *text,
                     struct value *ret, struct error *err)
{
    struct program *program = trial_parse(text, err);
    if (!program)
        return false;
    bool good = program_is_expression(program)
                    ? program_evaluate(interp, program, ret, err)
                    : program_run(interp, program, false, err);
    program_free(program);
    return good;
}

/* Where the last statement begins when it is an expression after others; 0
   otherwise. */
static size_t last_expression(const char *text)
{
    struct error err = ERROR_INIT;
    struct program *program = trial_parse(text, &err);
    const struct node *last = program ? program_last(program) : NULL;
    size_t start = last && last->kind == NODE_EXPRESSION ? last->span.start : 0;
    program_free(program);
    error_clear(&err);
    return start;
}

static bool run_whole(struct interp *interp, const char *text,
                      struct value *ret, struct error *err)
{
    size_t start = last_expression(text);
    if (start == 0)
        return run_text(interp, text, ret, err);
    struct value unused = value_undefined();
    char *before = xstrndup(text, start);
    bool good = run_text(interp, before, &unused, err) &&
                run_text(interp, text + start, ret, err);
    value_unref(unused);
    free(before);
    return good;
}

static void finish(struct trial *trial, bool good, struct value value,
                   struct error *err)
{
    *trial = (struct trial){.good = good, .value = value_undefined()};
    trial->over = limits_end();
    if (good) {
        trial->value = value;
    } else {
        trial->error = err->kind;
        trial->message = xstrdup(err->message ? err->message : "");
    }
    error_clear(err);
}

void trial_run(const struct host *host, struct interp *interp,
               const char *folder, const char *text, struct trial *ret)
{
    struct error err = ERROR_INIT;
    struct value value = value_undefined();
    host->divert(host->context, NULL);
    limits_begin(folder);
    bool good = run_whole(interp, text, &value, &err);
    finish(ret, good, value, &err);
    host->release(host->context);
}

void trial_call(const struct host *host, struct interp *interp,
                const char *folder, struct value function,
                struct value arguments, struct trial *ret)
{
    struct error err = ERROR_INIT;
    struct value value = value_undefined();
    bool several = arguments.kind == VALUE_TUPLE;
    struct call_args args = {
        .count = several ? (int)arguments.sequence->count : 1,
        .values = several ? arguments.sequence->items : &arguments};
    host->divert(host->context, NULL);
    limits_begin(folder);
    bool good = interp_call(interp, function, &args, &value, &err);
    finish(ret, good, value, &err);
    host->release(host->context);
}

void trial_done(struct trial *trial)
{
    free(trial->message);
    value_unref(trial->value);
    *trial = (struct trial){.good = false};
}

void trial_describe(const struct trial *trial, struct strbuf *sb)
{
    if (trial->over) {
        strbuf_adds(sb, _("it was stopped: it takes too long, or too much "
                          "memory"));
        return;
    }
    strbuf_adds(sb, error_kind_name(trial->error));
    if (*trial->message)
        strbuf_addf(sb, ": %s", trial->message);
}
