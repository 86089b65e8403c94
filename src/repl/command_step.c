/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_step.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "repl/command_descend.h"
#include "repl/command_train.h"
#include "repl/descend_request.h"
#include "repl/descent_show.h"
#include "repl/descent_text.h"
#include "repl/session.h"
#include "repl/text_layout.h"

const char command_step_details[] =
    N_("One update of the descent that descend began: each argument, less the "
       "rate times its gradient, and the loss before and after.  With momentum "
       "the velocity comes first.  step back undoes the last one.\n"
       "step batch trains one more batch of a training that runs or is paused, "
       "step batch 10 ten of them; then it is paused.");

const char command_run_details[] =
    N_("So many steps of the descent, a line each; of many the middle is left "
       "out.  Ctrl-C stops after the step in hand.");

const char command_rate_details[] =
    N_("How much of the gradient a step takes.  Alone it shows the rate.");

const char command_momentum_details[] =
    N_("How much of the last step goes into the next.  Alone it shows the "
       "momentum; 0 turns it off.");

/* Of a longer run the middle is left out. */
enum { SHOWN_MOST = 20, SHOWN_FIRST = 10, SHOWN_LAST = 5, RUN_MOST = 100000 };

/* So many rises of the loss in a row are divergence. */
enum { RISES = 3 };

static size_t columns_of(const struct session *session)
{
    return (size_t)session_columns(session) - 1;
}

static void print_wrapped(struct session *session, const char *text)
{
    struct strbuf sb = STRBUF_INIT;
    text_wrap(&sb, text, 0, columns_of(session));
    session_print(session, "%s\n", sb.text);
    strbuf_done(&sb);
}

/* What WRITE has to say of DESCENTS. */
static void print_text(struct session *session, const struct descents *descents,
                       void (*write)(const struct descents *descents,
                                     size_t columns, struct strbuf *sb))
{
    struct strbuf sb = STRBUF_INIT;
    write(descents, columns_of(session), &sb);
    session_print(session, "%s", sb.text);
    strbuf_done(&sb);
}

/* -------------------------------------------------------------------- steps */

/* From nan no step leads anywhere. */
static bool check_finite(const struct descents *descents, struct error *err)
{
    if (descents_lead_on(descents))
        return true;
    error_set(err, ERROR_VALUE,
              _("the descent has left the finite numbers: no step leads "
                "on from there"));
    error_hint(err, "step back");
    return false;
}

/* What is worth a word about one after a step, or NULL; owned. */
static char *remark_on(const struct descent *descent, bool told)
{
    size_t rises = descent_rises(descent);
    if (!descent_is_finite(descent, descent_now(descent)))
        return xasprintf(_("The numbers have grown beyond what a float holds "
                           "(inf, nan): step back, then try rate %.3g."),
                         descent->rate / 10.0);
    if (rises >= RISES && rises % RISES == 0 && !told)
        return xasprintf(_("Divergence: the loss has grown %zu times in a "
                           "row. A smaller rate helps: try rate %.3g."),
                         rises, descent->rate / 10.0);
    return NULL;
}

/* TOLD has one element for each descent. */
static void remark(struct session *session, const struct descents *descents,
                   bool *told)
{
    for (int i = 0; i < descents->count; i++) {
        char *text = descents_is_current(descents, i)
                         ? remark_on(descents->items[i], told[i])
                         : NULL;
        if (!text)
            continue;
        char *named = descents->count == 1
                          ? xstrdup(text)
                          : xasprintf("%s: %s", descents->labels[i], text);
        print_wrapped(session, named);
        told[i] = true;
        free(named);
        free(text);
    }
}

static bool step_once(struct session *session, struct descents *descents,
                      struct error *err)
{
    bool told[DESCENTS_MOST] = {false};
    if (!check_finite(descents, err) ||
        !descents_step(session_interp(session), descents, err))
        return false;
    print_text(session, descents, descents_text_step);
    remark(session, descents, told);
    return command_descend_set_path(session, err) &&
           descent_show_again(session, descents, err);
}

static bool step_back(struct session *session, struct descents *descents,
                      struct error *err)
{
    if (!descents_back(descents))
        return error_set(err, ERROR_VALUE,
                         _("the descent is where it began: there is no step "
                           "to undo"));
    session_print(session, _("back at step %zu\n"), descents_now(descents));
    print_text(session, descents, descents_text_place);
    return command_descend_set_path(session, err) &&
           descent_show_again(session, descents, err);
}

static bool is_shown(int64_t step, int64_t count)
{
    return count <= SHOWN_MOST || step < SHOWN_FIRST ||
           step >= count - SHOWN_LAST;
}

/* Makes COUNT steps; *RET_INTERRUPTED: Ctrl-C came in between. */
static bool make_steps(struct session *session, struct descents *descents,
                       int64_t count, bool *ret_interrupted, struct error *err)
{
    bool told[DESCENTS_MOST] = {false}, shown = true;
    for (int64_t i = 0; i < count && descents_lead_on(descents); i++) {
        if (!descents_step(session_interp(session), descents, err)) {
            *ret_interrupted = err->kind == ERROR_KEYBOARD_INTERRUPT;
            if (!shown)
                print_text(session, descents, descents_text_row);
            return *ret_interrupted;
        }
        shown = is_shown(i, count);
        if (shown)
            print_text(session, descents, descents_text_row);
        else if (i == SHOWN_FIRST)
            session_print(session, "  …\n");
        remark(session, descents, told);
        descent_show_moving(descents);
    }
    return true;
}

static bool run_steps(struct session *session, struct descents *descents,
                      int64_t count, struct error *err)
{
    bool interrupted = false;
    if (!check_finite(descents, err))
        return false;
    print_text(session, descents, descents_text_heading);
    bool good = make_steps(session, descents, count, &interrupted, err);
    if (interrupted) {
        error_clear(err);
        session_print(session, _("stopped at step %zu\n"),
                      descents_now(descents));
    }
    struct error ignored = ERROR_INIT, *told = good ? err : &ignored;
    bool set = command_descend_set_path(session, told) &&
               descent_show_again(session, descents, told);
    error_clear(&ignored);
    return good && set;
}

static bool bad_count(const char *arguments, struct error *err)
{
    error_set(err, ERROR_VALUE,
              _("the number of steps must be a whole number from 1 to %d, got "
                "'%s'"),
              RUN_MOST, arguments);
    error_hint(err, "run 20");
    return false;
}

bool command_run(struct session *session, const char *arguments,
                 struct error *err)
{
    char *end;
    long count = *arguments ? strtol(arguments, &end, 10) : 20;
    struct descents *descents = command_descend_held(err);
    if (!descents)
        return false;
    if ((*arguments && (end == arguments || *end)) || count < 1 ||
        count > RUN_MOST)
        return bad_count(arguments, err);
    return run_steps(session, descents, count, err);
}

/* What follows WORD, without blanks; NULL when TEXT does not begin with it. */
static const char *after_word(const char *text, const char *word)
{
    size_t length = strlen(word), blanks;
    if (strncmp(text, word, length) != 0)
        return NULL;
    blanks = strspn(text + length, " \t");
    return blanks || !text[length] ? text + length + blanks : NULL;
}

bool command_step(struct session *session, const char *arguments,
                  struct error *err)
{
    const char *count = after_word(arguments, "batch");
    if (count)
        return command_step_batch(session, count, err);
    struct descents *descents = command_descend_held(err);
    if (!descents)
        return false;
    if (!strcmp(arguments, "back"))
        return step_back(session, descents, err);
    if (isdigit((unsigned char)*arguments))
        return command_run(session, arguments, err);
    if (!*arguments)
        return step_once(session, descents, err);
    error_set(err, ERROR_VALUE, _("step what?"));
    error_hint(err, "step back");
    return false;
}

/* ----------------------------------------------------------------- settings */

/* Shows the first of NUMBERS, or sets all of them, which end with NULL. */
static bool change(struct session *session, const char *name,
                   const char *arguments, double *const *numbers,
                   struct error *err)
{
    struct descent_settings settings = DESCENT_SETTINGS;
    bool is_rate = !strcmp(name, "rate");
    const char *hint = is_rate ? "rate 0.1" : "momentum 0.9";
    double *value = is_rate ? &settings.rate : &settings.momentum;
    if (!*arguments) {
        session_print(session, "%s %.10g\n", name, *numbers[0]);
        return true;
    }
    if (!descend_read_number(name, arguments, hint, value, err))
        return false;
    if (!descent_check_settings(&settings, err)) {
        error_hint(err, "%s", hint);
        return false;
    }
    session_print(session, "%s %.10g → %.10g\n", name, *numbers[0], *value);
    for (int i = 0; i < DESCENTS_MOST && numbers[i]; i++)
        *numbers[i] = *value;
    return true;
}

bool command_rate(struct session *session, const char *arguments,
                  struct error *err)
{
    double *numbers[DESCENTS_MOST] = {NULL};
    const struct descents *descents = command_descend_held(err);
    for (int i = 0; descents && i < descents->count; i++)
        numbers[i] = &descents->items[i]->rate;
    return descents && change(session, "rate", arguments, numbers, err);
}

/* adam and its like have averages of their own; and side by side with others
   sgd stays without. */
static bool takes_momentum(const struct descents *descents, int index)
{
    const struct descent *descent = descents->items[index];
    struct optimizer *optimizer = descent_now(descent)->optimizer;
    if (optimizer)
        return optimizer_setting(optimizer, "momentum") != NULL;
    return descents->count == 1 || strcmp(descents->labels[index], "sgd") != 0;
}

bool command_momentum(struct session *session, const char *arguments,
                      struct error *err)
{
    double *numbers[DESCENTS_MOST] = {NULL};
    int count = 0;
    const struct descents *descents = command_descend_held(err);
    for (int i = 0; descents && i < descents->count; i++)
        if (takes_momentum(descents, i))
            numbers[count++] = &descents->items[i]->momentum;
    if (!descents || count > 0)
        return descents && change(session, "momentum", arguments, numbers, err);
    error_set(err, ERROR_VALUE, _("%s takes no momentum"), descents->labels[0]);
    error_hint(err, "rate 0.1");
    return false;
}
