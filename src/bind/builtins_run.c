/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Built-in functions that run text: eval, exec; and the names it would see. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/builtins.h"
#include "lang/interp.h"

static const struct param run_params[] = {
    {"source", PARAM_ANY, PARAM_POSITIONAL_ONLY, NULL},
    {"globals", PARAM_ANY, PARAM_POSITIONAL_ONLY, "None"},
    {"locals", PARAM_ANY, PARAM_POSITIONAL_ONLY, "None"},
    {NULL, 0, 0, NULL}};
static const struct param no_params[] = {{NULL, 0, 0, NULL}};

/* A copy of what the function that runs can name; of the session's variables
   outside of one. */
static struct value current_names(struct interp *interp)
{
    struct value value, dict = value_dict();
    const char *name;

    if (interp->frame && interp->frame->function) {
        frame_names(interp->frame, dict.dict);
        return dict;
    }
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);)
        dict_set_string(dict.dict, name, value);
    return dict;
}

NATIVE(locals_call)
{
    if (!native_bind(native, args, NULL, err))
        return false;
    *ret = current_names(interp);
    return true;
}

/* ------------------------------------------------------------------ scopes */

/* The text sees the names of dicts as global ones while it runs: what was
   there comes back. */
struct scope {
    struct interp *interp;
    struct value before; /* a dict: all globals */
};

static void lay_over(struct scope *scope, const struct dict *names)
{
    struct value key, value;

    for (size_t i = 0; dict_next(names, &i, &key, &value);)
        if (key.kind == VALUE_STRING)
            interp_set_global(scope->interp, key.string->text, value);
}

static void scope_init(struct scope *scope, struct interp *interp)
{
    struct value value;
    const char *name;

    *scope = (struct scope){interp, value_dict()};
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);)
        dict_set_string(scope->before.dict, name, value);
}

/* The value of KEY, a string, borrowed; undefined without one. */
static struct value find(const struct dict *dict, struct value key)
{
    struct value value = {.kind = VALUE_UNDEFINED};
    struct error ignored = ERROR_INIT; /* strings can be hashed */
    bool found = false;

    if (dict_get(dict, key, &found, &value, &ignored) && found)
        value_unref(value); /* the dict holds it */
    return value;
}

/* What has been assigned goes into NAMES (may be NULL); the globals become
   what they were. */
static void scope_done(struct scope *scope, struct dict *names)
{
    struct value now = value_dict(), value, key;
    const char *name;

    for (size_t i = 0; interp_next_global(scope->interp, &i, &name, &value);)
        dict_set_string(now.dict, name, value);
    for (size_t i = 0; dict_next(now.dict, &i, &key, &value);) {
        struct value old = find(scope->before.dict, key);
        bool same = value_identical(old, value);
        if (names && !same)
            dict_set_string(names, key.string->text, value);
        if (old.kind == VALUE_UNDEFINED)
            interp_remove_global(scope->interp, key.string->text);
    }
    for (size_t i = 0; dict_next(scope->before.dict, &i, &key, &value);)
        interp_set_global(scope->interp, key.string->text, value);
    value_unref(now);
    value_unref(scope->before);
}

/* ----------------------------------------------------------------- running */

static struct program *parse(struct interp *interp, const char *text,
                             struct error *err)
{
    struct parse_options options = {
        .shorthand = interp->frame && interp->frame->program->options.shorthand};
    struct source *source = source_new("<string>", text, strlen(text));
    struct program *program = NULL;

    if (program_parse(source, options, &program, err) != PARSE_OK)
        program = NULL;
    source_unref(source);
    return program;
}

static bool run(struct interp *interp, struct program *program, bool is_eval,
                struct value *ret, struct error *err)
{
    if (is_eval)
        return program_evaluate(interp, program, ret, err);
    *ret = value_none();
    return program_run(interp, program, false, err);
}

static bool check_scope(const char *function, const char *name,
                        struct value given, struct error *err)
{
    return given.kind == VALUE_DICT || !slot_given(given) ||
           error_set(err, ERROR_TYPE, "%s() %s must be a dict, not %s",
                     function, name, value_type_name(given));
}

/* eval and exec: of text, in the scope of the caller or of dicts. */
NATIVE(run_call)
{
    struct value slots[3];
    bool is_eval = !strcmp(native->name, "eval");

    if (!native_bind(native, args, slots, err))
        return false;
    if (slots[0].kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "%s() arg 1 must be a string, bytes or code object",
                         native->name);
    if (!check_scope(native->name, "globals", slots[1], err) ||
        !check_scope(native->name, "locals", slots[2], err))
        return false;
    const char *text = slots[0].string->text;
    struct program *program =
        parse(interp, text + (is_eval ? strspn(text, " \t") : 0), err);
    if (!program)
        return false;
    bool inside = interp->frame && interp->frame->function;
    if (!slot_given(slots[1]) && !slot_given(slots[2]) && !inside) {
        bool good = run(interp, program, is_eval, ret, err);
        program_free(program);
        return good;
    }
    struct scope scope;
    struct value own = inside && !slot_given(slots[1])
                           ? current_names(interp)
                           : value_dict();
    struct dict *target = slot_given(slots[2])   ? slots[2].dict
                          : slot_given(slots[1]) ? slots[1].dict
                                                 : NULL;
    scope_init(&scope, interp);
    lay_over(&scope, own.dict);
    for (int i = 1; i < 3; i++)
        if (slot_given(slots[i]))
            lay_over(&scope, slots[i].dict);
    bool good = run(interp, program, is_eval, ret, err);
    scope_done(&scope, is_eval ? NULL : target);
    value_unref(own);
    program_free(program);
    return good;
}

struct native run_builtins[] = {
    FUNCTION_ROW("eval", run_call, run_params,
                 "The value of an expression that is given as text"),
    FUNCTION_ROW("exec", run_call, run_params,
                 "Runs statements that are given as text"),
    FUNCTION_ROW("locals", locals_call, no_params,
                 "The variables of the function that runs, by name"),
    {.name = NULL},
};
