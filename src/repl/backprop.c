/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * While the expression is evaluated, the variables it names hold watched
 * tensors; afterwards each that still does gets back what it had.
 */
#include "repl/backprop.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/gradient.h"
#include "bind/structure.h"
#include "lang/lexer.h"
#include "ops/registry.h"
#include "repl/session.h"

struct variable_place {
    char *name;
    struct value given, placed; /* both owned */
};

struct run {
    struct session *session;
    struct tape *tape;
    struct backprop *result;
    struct variable_place *places;
    size_t count, capacity, leaf_capacity;
    bool keep_integers;
    bool has_integers;
    struct error *err;
};

/* ------------------------------------------------------------------ leaves */

/* NAME and TENSOR pass to the list. */
static void add_leaf(struct run *run, char *name, struct tensor *tensor)
{
    struct backprop *result = run->result;
    if (result->count == run->leaf_capacity) {
        run->leaf_capacity = 2 * run->leaf_capacity + 8;
        result->variables = xreallocarray(result->variables, run->leaf_capacity,
                                          sizeof *result->variables);
        result->tensors = xreallocarray(result->tensors, run->leaf_capacity,
                                        sizeof *result->tensors);
    }
    result->variables[result->count] = name;
    result->tensors[result->count++] = tensor;
}

static bool is_float(struct value value)
{
    return value.kind == VALUE_FLOAT ||
           (value.kind == VALUE_SCALAR &&
            dtype_is_float((enum dtype)value.dtype)) ||
           (value.kind == VALUE_TENSOR && dtype_is_float(value.tensor->dtype));
}

/* Whole numbers, but no bytes: those are images, and masks. */
static bool is_integer(struct value value)
{
    enum dtype dtype = value.kind == VALUE_TENSOR ? value.tensor->dtype
                                                  : (enum dtype)value.dtype;
    if (value.kind == VALUE_INT)
        return true;
    return (value.kind == VALUE_SCALAR || value.kind == VALUE_TENSOR) &&
           dtype_kind(dtype) == 'i' && dtype_size(dtype) > 1;
}

/* A watched tensor for a number or an array; the value itself otherwise. */
static bool place_leaf(struct run *run, const char *name, struct value value,
                       struct value *ret)
{
    bool integer = is_integer(value);
    run->has_integers |= integer;
    *ret = value_ref(value);
    if (!is_float(value) && (!integer || run->keep_integers))
        return true;
    struct tensor *tensor = gradient_source_apart(value, run->err);
    value_unref(*ret);
    if (!tensor)
        return false;
    tape_watch(run->tape, tensor);
    add_leaf(run, xstrdup(name), tensor);
    *ret = value_tensor_take(tensor_ref(tensor));
    return true;
}

static bool holds_arrays(const struct leaves *leaves)
{
    for (size_t i = 0; i < leaves->count; i++)
        if (leaves->items[i].kind == VALUE_TENSOR && is_float(leaves->items[i]))
            return true;
    return false;
}

/* "params[0]", "params['W']": the leaves' names, in their order. */
static void name_leaves(const char *path, struct value structure, char ***names,
                        size_t *count, size_t *capacity)
{
    struct strbuf sb = STRBUF_INIT;
    struct value key, value;
    size_t position = 0;
    if (structure.kind == VALUE_LIST || structure.kind == VALUE_TUPLE) {
        for (size_t i = 0; i < structure.sequence->count; i++) {
            strbuf_clear(&sb);
            strbuf_addf(&sb, "%s[%zu]", path, i);
            name_leaves(sb.text, structure.sequence->items[i], names, count,
                        capacity);
        }
    } else if (structure.kind == VALUE_DICT) {
        while (dict_next(structure.dict, &position, &key, &value)) {
            strbuf_clear(&sb);
            strbuf_addf(&sb, "%s[", path);
            value_repr(key, &sb);
            strbuf_addc(&sb, ']');
            name_leaves(sb.text, value, names, count, capacity);
        }
    } else {
        VEC_PUSH(*names, *count, *capacity) = xstrdup(path);
    }
    strbuf_done(&sb);
}

/* A list, tuple or dict of arrays, with watched ones in their places. */
static bool place_structure(struct run *run, const char *name,
                            struct value structure, struct value *ret)
{
    struct leaves leaves = {0};
    char **names = NULL;
    size_t count = 0, capacity = 0, made = 0, next = 0;
    leaves_add(&leaves, structure);
    bool wanted = holds_arrays(&leaves), good = true;
    if (wanted)
        name_leaves(name, structure, &names, &count, &capacity);
    struct value *items = xcalloc(leaves.count + 1, sizeof *items);
    for (; wanted && good && made < leaves.count; made += good)
        good = place_leaf(run, names[made], leaves.items[made], &items[made]);
    if (good)
        *ret = wanted ? structure_with(structure, items, &next)
                      : value_ref(structure);
    for (size_t i = 0; i < made; i++)
        value_unref(items[i]);
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    free(items);
    leaves_done(&leaves);
    return good;
}

static bool place_value(struct run *run, const char *name, struct value value,
                        struct value *ret)
{
    if (value.kind == VALUE_LIST || value.kind == VALUE_TUPLE ||
        value.kind == VALUE_DICT)
        return place_structure(run, name, value, ret);
    if (value.kind == VALUE_OPAQUE && value.opaque->type->array) {
        struct tensor *tensor = value.opaque->type->array(value.opaque->data);
        size_t ignored;
        tape_watch(run->tape, tensor);
        if (tape_find(run->tape, tensor, &ignored))
            add_leaf(run, xstrdup(name), tensor_ref(tensor));
        *ret = value_ref(value);
        return true;
    }
    return place_leaf(run, name, value, ret);
}

/* --------------------------------------------------------------- variables */

static bool is_placed(const struct run *run, const char *name)
{
    for (size_t i = 0; i < run->count; i++)
        if (!strcmp(run->places[i].name, name))
            return true;
    return false;
}

static bool place_variable(struct run *run, char *name)
{
    struct interp *interp = session_interp(run->session);
    struct value given, placed;
    if (is_placed(run, name) || !interp_get_global(interp, name, &given)) {
        free(name);
        return true;
    }
    if (!place_value(run, name, given, &placed)) {
        value_unref(given);
        free(name);
        return false;
    }
    VEC_PUSH(run->places, run->count, run->capacity) =
        (struct variable_place){name, given, placed};
    interp_set_global(interp, name, placed);
    return true;
}

/* Names in TEXT that are no attributes. */
static bool place_variables(struct run *run, const char *text)
{
    struct source *source = source_new("<input>", text, strlen(text));
    struct error ignored = ERROR_INIT; /* the text has been parsed */
    enum token_kind before = TOKEN_NEWLINE;
    struct lexer lexer;
    struct token token;
    bool good = true;
    lexer_init(&lexer, source, false, &ignored);
    while (good && (token = lexer_next(&lexer)).kind != TOKEN_END &&
           token.kind != TOKEN_ERROR) {
        if (token.kind == TOKEN_NAME && before != TOKEN_DOT)
            good = place_variable(run,
                                  xstrndup(text + token.span.start,
                                           token.span.end - token.span.start));
        before = token.kind;
    }
    error_clear(&ignored);
    source_unref(source);
    return good;
}

static bool is_same(struct value a, struct value b)
{
    return a.kind == b.kind && a.i == b.i;
}

static void restore_variables(struct run *run)
{
    struct interp *interp = session_interp(run->session);
    for (size_t i = 0; i < run->count; i++) {
        struct variable_place *place = &run->places[i];
        struct value now;
        if (interp_get_global(interp, place->name, &now)) {
            if (is_same(now, place->placed))
                interp_set_global(interp, place->name, place->given);
            value_unref(now);
        }
        value_unref(place->given);
        value_unref(place->placed);
        free(place->name);
    }
    free(run->places);
    run->places = NULL;
    run->count = run->capacity = 0;
}

/* -------------------------------------------------------------- evaluating */

/* The sum of an array, as one more step. */
static struct tensor *sum_of(struct run *run, struct tensor *tensor)
{
    const struct op *sum = op_find("np", "sum", OP_FUNCTION);
    struct arg *args = xcalloc((size_t)op_param_count(sum), sizeof *args);
    struct op_result result = {.form = RESULT_NONE};
    struct tensor *total = NULL;
    for (int i = 0; sum->params[i].name; i++)
        param_default(&sum->params[i], &args[i]);
    args[0] = (struct arg){.given = true, .tensor = tensor};
    if (tape_call(sum, args, &result, run->err)) {
        total = tensor_ref(result.tensor);
        op_result_done(&result);
    }
    free(args);
    run->result->summed = true;
    return total;
}

static bool depends_on_nothing(const struct run *run, struct error *err)
{
    error_set(err, ERROR_VALUE,
              run->result->count
                  ? _("no gradient goes back from this value to a variable")
                  : _("the expression names no variable that is a number or "
                      "an array"));
    error_hint(err, "help backprop");
    return false;
}

/* The tensor to go back from; owned. */
static struct tensor *target_of(struct run *run, struct value value)
{
    size_t ignored;
    if (value.kind == VALUE_OPAQUE && value.opaque->type->array)
        value = (struct value){
            .kind = VALUE_TENSOR,
            .tensor = value.opaque->type->array(value.opaque->data)};
    if (value.kind != VALUE_TENSOR && !value_is_numpy(value) &&
        value.kind > VALUE_FLOAT) {
        error_set(run->err, ERROR_TYPE,
                  _("gradients are of a number or an array, not of %s"),
                  value_type_name(value));
        return NULL;
    }
    if (value.kind != VALUE_TENSOR ||
        !tape_find(run->tape, value.tensor, &ignored)) {
        depends_on_nothing(run, run->err);
        return NULL;
    }
    return value.tensor->ndim ? sum_of(run, value.tensor)
                              : tensor_ref(value.tensor);
}

static struct tensor *evaluate(struct run *run, const char *text)
{
    struct program *program = NULL;
    struct tensor *target = NULL;
    struct value value;
    if (!session_parse(run->session, text, &program, run->err))
        return NULL;
    tape_start(run->tape);
    if (place_variables(run, text) &&
        program_evaluate(session_interp(run->session), program, &value,
                         run->err)) {
        target = target_of(run, value);
        value_unref(value);
    }
    tape_stop(run->tape);
    restore_variables(run);
    program_free(program);
    return target;
}

/* ------------------------------------------------------------------- names */

static void name_nodes(const struct run *run, struct graph *graph)
{
    const struct backprop *result = run->result;
    const char *name;
    struct value value;
    for (size_t i = 0; i < result->count; i++)
        graph_name(graph, result->tensors[i], result->variables[i]);
    for (size_t i = 0;
         interp_next_global(session_interp(run->session), &i, &name, &value);)
        if (value.kind == VALUE_TENSOR && strcmp(name, "_") != 0)
            graph_name(graph, value.tensor, name);
    graph_name_steps(graph);
}

static bool run_once(struct run *run, const char *text)
{
    run->tape = tape_new(true);
    *run->result = (struct backprop){0};
    run->leaf_capacity = 0;
    struct tensor *target = evaluate(run, text);
    if (target)
        run->result->graph = graph_new(run->tape, target, run->err);
    tensor_unref(target);
    tape_unref(run->tape);
    if (!run->result->graph) {
        backprop_done(run->result);
        return false;
    }
    name_nodes(run, run->result->graph);
    return true;
}

/* An integer that is an index or a count cannot be a float. */
static bool may_be_integers(const struct run *run)
{
    enum error_kind kind = run->err->kind;
    return run->has_integers && !run->keep_integers &&
           (kind == ERROR_TYPE || kind == ERROR_INDEX || kind == ERROR_VALUE);
}

bool backprop_run(struct session *session, const char *text,
                  struct backprop *ret, struct error *err)
{
    struct run run = {.session = session, .result = ret, .err = err};
    if (run_once(&run, text))
        return true;
    if (!may_be_integers(&run))
        return false;
    error_clear(err);
    run.keep_integers = true;
    return run_once(&run, text);
}

void backprop_done(struct backprop *backprop)
{
    for (size_t i = 0; i < backprop->count; i++) {
        free(backprop->variables[i]);
        tensor_unref(backprop->tensors[i]);
    }
    free(backprop->variables);
    free(backprop->tensors);
    graph_free(backprop->graph);
    *backprop = (struct backprop){0};
}
