/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_descend.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "repl/command.h"
#include "repl/descent_text.h"
#include "repl/session.h"
#include "repl/text_layout.h"

const char command_descend_details[] =
    N_("Begins gradient descent on a function that gives one number, at a "
       "number or an array, or at a tuple (W, b) for a function of several "
       "arguments.  step makes one update and shows it, run 20 makes twenty, "
       "step back undoes one; rate 0.5 and momentum 0.9 change the settings "
       "in between.  The points so far are in the variable path.\n"
       "optimizer=sgd computes v = momentum * v - rate * gradient and adds v; "
       "optimizer=adam, rmsprop, adagrad and the others that models have "
       "compute as they do there, in float32.  The function descend does the "
       "same at once.");

const char command_step_details[] =
    N_("One update of the descent that descend began: each argument, less the "
       "rate times its gradient, and the loss before and after.  With momentum "
       "the velocity comes first.  step back undoes the last one.");

const char command_run_details[] =
    N_("So many steps of the descent, a line each; of many the middle is left "
       "out.  Ctrl-C stops after the step in hand.");

const char command_rate_details[] =
    N_("How much of the gradient a step takes.  Alone it shows the rate.");

const char command_momentum_details[] =
    N_("How much of the last step goes into the next.  Alone it shows the "
       "momentum; 0 turns it off.");

/* The descent that step goes on with: one at a time. */
static struct descent *held;
static char **held_names;

/* Of a longer run the middle is left out. */
enum { SHOWN_MOST = 20, SHOWN_FIRST = 10, SHOWN_LAST = 5, RUN_MOST = 100000 };

/* So many rises of the loss in a row are divergence. */
enum { RISES = 3 };

void command_descend_forget(void)
{
    for (int i = 0; held_names && held_names[i]; i++)
        free(held_names[i]);
    free(held_names);
    descent_free(held);
    held = NULL;
    held_names = NULL;
}

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

/* --------------------------------------------------------------- arguments */

/* What stands behind the command's name, cut into its parts. */
struct request {
    char *function, *start; /* owned; NULL: missing */
    char *optimizer;        /* owned; NULL: not given */
    struct descent_settings settings;
};

static void request_done(struct request *request)
{
    free(request->function);
    free(request->start);
    free(request->optimizer);
}

/* Where the last word of TEXT begins: a blank goes before it that is in no
   brackets and no quotes. */
static size_t last_word(const char *text, size_t length)
{
    size_t start = 0;
    int depth = 0;
    char quote = 0;
    for (size_t i = 0; i < length; i++) {
        if (quote)
            quote = text[i] == quote ? 0 : quote;
        else if (text[i] == '\'' || text[i] == '"')
            quote = text[i];
        else if (strchr("([{", text[i]))
            depth++;
        else if (strchr(")]}", text[i]))
            depth--;
        else if (depth == 0 && isspace((unsigned char)text[i]))
            start = i + 1;
    }
    return start;
}

static size_t without_blanks(const char *text, size_t length)
{
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    return length;
}

/* Is WORD "name=value"? */
static bool is_setting(const char *word)
{
    size_t name = 0;
    while (isalpha((unsigned char)word[name]) || word[name] == '_')
        name++;
    return name > 0 && word[name] == '=' && word[name + 1] != '=';
}

/* HINT is what could be typed instead. */
static bool read_number(const char *name, const char *text, const char *hint,
                        double *ret, struct error *err)
{
    char *end;
    double number = strtod(text, &end);
    if (end > text && !*end) {
        *ret = number;
        return true;
    }
    error_set(err, ERROR_VALUE, _("%s must be a number, got '%s'"), name, text);
    error_hint(err, "%s", hint);
    return false;
}

static bool unknown_setting(const char *name, struct error *err)
{
    static const char *const names[] = {"rate", "momentum", "optimizer"};
    struct suggestion near = suggestion_for(name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        suggestion_consider(&near, names[i]);
    error_set(err, ERROR_VALUE, _("descend has no setting '%s'"), name);
    if (near.best)
        error_hint(err, _("did you mean '%s'?"), near.best);
    else
        error_hint(err, "rate=0.1 momentum=0.9 optimizer=adam");
    return false;
}

/* "rate=0.1"; WORD is changed. */
static bool read_setting(struct request *request, char *word, struct error *err)
{
    char *value = strchr(word, '=');
    *value++ = '\0';
    if (!strcmp(word, "rate"))
        return read_number(word, value, "rate=0.1", &request->settings.rate,
                           err);
    if (!strcmp(word, "momentum"))
        return read_number(word, value, "momentum=0.9",
                           &request->settings.momentum, err);
    if (strcmp(word, "optimizer") != 0)
        return unknown_setting(word, err);
    size_t length = strlen(value);
    bool quoted =
        length > 1 && strchr("'\"", *value) && value[length - 1] == *value;
    free(request->optimizer);
    request->optimizer =
        quoted ? xstrndup(value + 1, length - 2) : xstrdup(value);
    request->settings.optimizer = request->optimizer;
    return true;
}

static bool missing_parts(struct error *err)
{
    error_set(err, ERROR_TYPE,
              _("descend takes a function and where to begin"));
    error_hint(err, "descend lambda w: (w - 3)**2, 0.0");
    return false;
}

/* From the end: settings, the start, and before it the function. */
static bool read_request(const char *arguments, struct request *request,
                         struct error *err)
{
    size_t length = strlen(arguments), start;
    *request = (struct request){.settings = DESCENT_SETTINGS};
    for (;;) {
        length = without_blanks(arguments, length);
        start = last_word(arguments, length);
        if (!is_setting(arguments + start))
            break;
        char *word = xstrndup(arguments + start, length - start);
        bool good = read_setting(request, word, err);
        free(word);
        if (!good)
            return false;
        length = start;
    }
    size_t end = without_blanks(arguments, start);
    if (end > 0 && arguments[end - 1] == ',')
        end = without_blanks(arguments, end - 1);
    if (end == 0)
        return missing_parts(err);
    request->function = xstrndup(arguments, end);
    request->start = xstrndup(arguments + start, length - start);
    return true;
}

static bool evaluate(struct session *session, const char *text,
                     struct value *ret, struct error *err)
{
    struct program *program = NULL;
    if (!session_parse(session, text, &program, err))
        return false;
    bool good =
        program_is_expression(program)
            ? program_evaluate(session_interp(session), program, ret, err)
            : missing_parts(err);
    program_free(program);
    return good;
}

/* ----------------------------------------------------------------- descend */

/* The variable path. */
static bool set_path(struct session *session, struct error *err)
{
    struct value path;
    if (!descent_path(held, &path, err))
        return false;
    interp_set_global(session_interp(session), "path", path);
    value_unref(path);
    return true;
}

static void print_place(struct session *session)
{
    struct strbuf sb = STRBUF_INIT;
    descent_text_place(held, held_names, columns_of(session), &sb);
    session_print(session, "%s", sb.text);
    strbuf_done(&sb);
}

static struct descent *begin(struct session *session,
                             const struct request *request, struct error *err)
{
    struct value function, start;
    if (!evaluate(session, request->function, &function, err))
        return NULL;
    struct descent *descent = NULL;
    if (evaluate(session, request->start, &start, err)) {
        descent = descent_new(session_interp(session), function, start,
                              &request->settings, err);
        value_unref(start);
    }
    value_unref(function);
    return descent;
}

bool command_descend(struct session *session, const char *arguments,
                     struct error *err)
{
    struct request request;
    struct descent *descent = NULL;
    if (read_request(arguments, &request, err))
        descent = begin(session, &request, err);
    request_done(&request);
    if (!descent)
        return false;
    command_descend_forget();
    held = descent;
    held_names = descent_names(descent);
    print_place(session);
    print_wrapped(session, _("step makes one update, run 20 makes twenty"));
    return set_path(session, err);
}

/* -------------------------------------------------------------------- steps */

static bool check_held(struct error *err)
{
    if (held)
        return true;
    error_set(err, ERROR_VALUE, _("no descent has begun"));
    error_hint(err, "descend lambda w: (w - 3)**2, 0.0");
    return false;
}

/* From nan no step leads anywhere. */
static bool check_finite(struct error *err)
{
    if (descent_is_finite(held, descent_now(held)))
        return true;
    error_set(err, ERROR_VALUE,
              _("the descent has left the finite numbers: no step leads "
                "on from there"));
    error_hint(err, "step back");
    return false;
}

/* What is worth a word after a step; false: it cannot go on. */
static bool remark(struct session *session, bool *told)
{
    char *text = NULL;
    size_t rises = descent_rises(held);
    bool finite = descent_is_finite(held, descent_now(held));
    if (!finite)
        text = xasprintf(_("The numbers have grown beyond what a float holds "
                           "(inf, nan): step back, then try rate %.3g."),
                         held->rate / 10.0);
    else if (rises >= RISES && rises % RISES == 0 && !*told)
        text = xasprintf(_("Divergence: the loss has grown %zu times in a "
                           "row. A smaller rate helps: try rate %.3g."),
                         rises, held->rate / 10.0);
    if (text) {
        print_wrapped(session, text);
        *told = true;
    }
    free(text);
    return finite;
}

static bool step_once(struct session *session, struct error *err)
{
    struct strbuf sb = STRBUF_INIT;
    bool told = false;
    if (!check_finite(err) || !descent_step(session_interp(session), held, err))
        return false;
    descent_text_step(held, held_names, columns_of(session), &sb);
    session_print(session, "%s", sb.text);
    strbuf_done(&sb);
    remark(session, &told);
    return set_path(session, err);
}

static bool step_back(struct session *session, struct error *err)
{
    if (!descent_back(held))
        return error_set(err, ERROR_VALUE,
                         _("the descent is where it began: there is no step "
                           "to undo"));
    session_print(session, _("back at step %zu\n"), held->point_count - 1);
    print_place(session);
    return set_path(session, err);
}

static void print_row(struct session *session)
{
    struct strbuf sb = STRBUF_INIT;
    descent_text_row(held, columns_of(session), &sb);
    session_print(session, "%s", sb.text);
    strbuf_done(&sb);
}

static bool is_shown(int64_t step, int64_t count)
{
    return count <= SHOWN_MOST || step < SHOWN_FIRST ||
           step >= count - SHOWN_LAST;
}

/* Makes COUNT steps; *RET_INTERRUPTED: Ctrl-C came in between. */
static bool make_steps(struct session *session, int64_t count,
                       bool *ret_interrupted, struct error *err)
{
    bool told = false, shown = true;
    for (int64_t i = 0; i < count; i++) {
        if (!descent_step(session_interp(session), held, err)) {
            *ret_interrupted = err->kind == ERROR_KEYBOARD_INTERRUPT;
            if (!shown)
                print_row(session);
            return *ret_interrupted;
        }
        shown = is_shown(i, count);
        if (shown)
            print_row(session);
        else if (i == SHOWN_FIRST)
            session_print(session, "  …\n");
        if (!remark(session, &told))
            return true;
    }
    return true;
}

static bool run_steps(struct session *session, int64_t count, struct error *err)
{
    struct strbuf sb = STRBUF_INIT;
    bool interrupted = false;
    if (!check_finite(err))
        return false;
    descent_text_heading(held, held_names, columns_of(session), &sb);
    session_print(session, "%s", sb.text);
    strbuf_done(&sb);
    bool good = make_steps(session, count, &interrupted, err);
    if (interrupted) {
        error_clear(err);
        session_print(session, _("stopped at step %zu\n"),
                      held->point_count - 1);
    }
    struct error ignored = ERROR_INIT;
    bool set = set_path(session, good ? err : &ignored);
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
    if (!check_held(err))
        return false;
    if ((*arguments && (end == arguments || *end)) || count < 1 ||
        count > RUN_MOST)
        return bad_count(arguments, err);
    return run_steps(session, count, err);
}

bool command_step(struct session *session, const char *arguments,
                  struct error *err)
{
    if (!check_held(err))
        return false;
    if (!strcmp(arguments, "back"))
        return step_back(session, err);
    if (isdigit((unsigned char)*arguments))
        return command_run(session, arguments, err);
    if (!*arguments)
        return step_once(session, err);
    error_set(err, ERROR_VALUE, _("step what?"));
    error_hint(err, "step back");
    return false;
}

/* ----------------------------------------------------------------- settings */

static bool change(struct session *session, const char *name,
                   const char *arguments, const char *hint, double *number,
                   struct error *err)
{
    double value;
    if (!*arguments) {
        session_print(session, "%s %.10g\n", name, *number);
        return true;
    }
    if (!read_number(name, arguments, hint, &value, err))
        return false;
    struct descent_settings settings = {held->rate, held->momentum, NULL};
    *(number == &held->rate ? &settings.rate : &settings.momentum) = value;
    if (!descent_check_settings(&settings, err)) {
        error_hint(err, "%s", hint);
        return false;
    }
    session_print(session, "%s %.10g → %.10g\n", name, *number, value);
    *number = value;
    return true;
}

bool command_rate(struct session *session, const char *arguments,
                  struct error *err)
{
    return check_held(err) &&
           change(session, "rate", arguments, "rate 0.1", &held->rate, err);
}

/* adam and its like have averages of their own. */
static bool check_momentum(struct error *err)
{
    struct optimizer *optimizer = descent_now(held)->optimizer;
    if (!optimizer || optimizer_setting(optimizer, "momentum"))
        return true;
    error_set(err, ERROR_VALUE, _("%s takes no momentum"),
              held->type->named.name);
    error_hint(err, "rate 0.1");
    return false;
}

bool command_momentum(struct session *session, const char *arguments,
                      struct error *err)
{
    return check_held(err) && check_momentum(err) &&
           change(session, "momentum", arguments, "momentum 0.9",
                  &held->momentum, err);
}
