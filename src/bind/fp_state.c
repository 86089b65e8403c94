/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.seterr, np.geterr, np.errstate: what floating point events lead to. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/natives.h"
#include "bind/warnings.h"

static const char *const kind_names[FP_KINDS] = {[FP_DIVIDE] = "divide",
                                                 [FP_OVERFLOW] = "over",
                                                 [FP_UNDERFLOW] = "under",
                                                 [FP_INVALID] = "invalid"};
/* In the order of enum fp_action. */
static const char *const action_names[] = {"ignore", "warn", "raise", "print"};
enum { ACTIONS = sizeof action_names / sizeof *action_names };

/* all, then the kinds in their order. */
static const struct param state_params[] = {
    {"all", PARAM_ANY, 0, "None"},     {"divide", PARAM_ANY, 0, "None"},
    {"over", PARAM_ANY, 0, "None"},    {"under", PARAM_ANY, 0, "None"},
    {"invalid", PARAM_ANY, 0, "None"}, {NULL, 0, 0, NULL}};
static const struct param no_params[] = {{NULL, 0, 0, NULL}};

static bool read_action(struct value from, enum fp_action *ret,
                        struct error *err)
{
    struct strbuf text = STRBUF_INIT;

    for (int i = 0; i < ACTIONS && from.kind == VALUE_STRING; i++) {
        if (!strcmp(action_names[i], from.string->text)) {
            *ret = (enum fp_action)i;
            return true;
        }
    }
    value_repr(from, &text);
    error_set(err, ERROR_KEY, "%s", text.text);
    error_hint(err, "it is 'ignore', 'warn', 'raise' or 'print'");
    strbuf_done(&text);
    return false;
}

/* ACTIONS as the arguments change them. */
static bool read_actions(const struct native *native,
                         const struct call_args *args,
                         struct fp_actions *actions, struct error *err)
{
    struct value slots[FP_KINDS + 1];

    if (!native_bind(native, args, slots, err))
        return false;
    for (int kind = 0; kind < FP_KINDS; kind++) {
        struct value slot =
            slot_given(slots[kind + 1]) ? slots[kind + 1] : slots[0];
        if (slot_given(slot) && !read_action(slot, &actions->of[kind], err))
            return false;
    }
    return true;
}

static struct value actions_dict(const struct fp_actions *actions)
{
    struct value dict = value_dict();

    for (int kind = 0; kind < FP_KINDS; kind++) {
        struct value name = value_string(action_names[actions->of[kind]]);
        dict_set_string(dict.dict, kind_names[kind], name);
        value_unref(name);
    }
    return dict;
}

NATIVE(seterr_call)
{
    struct fp_actions actions = fp_actions;

    (void)interp;
    if (!read_actions(native, args, &actions, err))
        return false;
    *ret = actions_dict(&fp_actions);
    fp_actions = actions;
    return true;
}

NATIVE(geterr_call)
{
    struct value none;

    (void)interp;
    if (!native_bind(native, args, &none, err))
        return false;
    *ret = actions_dict(&fp_actions);
    return true;
}

/* ----------------------------------------------------------------- errstate */

struct state {
    bool given[FP_KINDS];
    struct fp_actions actions, before;
};

static const struct native_type state_type;

NATIVE(enter_call)
{
    struct state *state = value_opaque_data(args->values[0], &state_type);

    (void)interp;
    (void)native;
    (void)err;
    state->before = fp_actions;
    for (int kind = 0; kind < FP_KINDS; kind++)
        if (state->given[kind])
            fp_actions.of[kind] = state->actions.of[kind];
    *ret = value_none();
    return true;
}

NATIVE(exit_call)
{
    const struct state *state = value_opaque_data(args->values[0], &state_type);

    (void)interp;
    (void)native;
    (void)err;
    fp_actions = state->before;
    *ret = value_none();
    return true;
}

static struct native state_methods[] = {
    FUNCTION_ROW("__enter__", enter_call, NULL, NULL),
    FUNCTION_ROW("__exit__", exit_call, NULL, NULL),
    {.name = NULL},
};

static bool state_get_attribute(struct interp *interp, struct value self,
                                const char *name, struct value *ret,
                                struct error *err)
{
    (void)interp;
    for (struct native *method = state_methods; method->name; method++) {
        if (strcmp(method->name, name) != 0)
            continue;
        *ret = value_method(
            self, (struct value){.kind = VALUE_NATIVE, .native = method});
        return true;
    }
    return error_set(err, ERROR_ATTRIBUTE,
                     "'errstate' object has no attribute '%s'", name);
}

static void state_repr(void *data, struct strbuf *sb)
{
    strbuf_addf(sb, "<numpy.errstate object at %p>", data);
}

static const struct native_type state_type = {
    .name = "numpy.errstate",
    .free = free,
    .repr = state_repr,
    .get_attribute = state_get_attribute,
};

NATIVE(errstate_call)
{
    struct state state = {.actions = fp_actions}, *kept;
    struct value slots[FP_KINDS + 1];

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !read_actions(native, args, &state.actions, err))
        return false;
    for (int kind = 0; kind < FP_KINDS; kind++)
        state.given[kind] = slot_given(slots[0]) || slot_given(slots[kind + 1]);
    kept = xmalloc(sizeof *kept);
    *kept = state;
    *ret = value_opaque(&state_type, kept);
    return true;
}

struct native fp_state_natives[] = {
    FUNCTION_ROW("seterr", seterr_call, state_params,
                 "What division by zero, overflow… lead to from now on: "
                 "'ignore', 'warn', 'raise' or 'print'"),
    FUNCTION_ROW("geterr", geterr_call, no_params,
                 "What division by zero, overflow… lead to"),
    FUNCTION_ROW("errstate", errstate_call, state_params,
                 "The same as np.seterr inside a with block"),
    {.name = NULL},
};
