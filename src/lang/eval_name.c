/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names at run time, and where an error happened. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/suggest.h"
#include "lang/interp.h"
#include "tensor/tensor.h"

/* ------------------------------------------------------------ error places */

/* A library module's own lines are not shown: to the reader its functions are
   as good as built in. */
void error_locate(struct frame *frame, struct span span, struct error *err)
{
    if (err->frame_count || frame->program->module)
        return;
    error_frame(err, frame->program->source, span,
                frame->function ? frame->code->name : NULL);
    if (err->note_count == 0)
        error_note(err, span, "%s", "");
}

/* "(2, 3)" for an array, the type's name for anything else. */
static void describe(struct value value, struct strbuf *sb)
{
    if (value.kind == VALUE_TENSOR)
        shape_format(sb, value.tensor->ndim, value.tensor->shape);
    else
        strbuf_adds(sb, value_type_name(value));
}

/* Shapes explain any error, types only a TypeError. */
static bool explains(const struct error *err, int count,
                     const struct operand *operands)
{
    bool arrays = false;
    for (int i = 0; i < count; i++)
        arrays |= operands[i].value.kind == VALUE_TENSOR;
    return arrays || err->kind == ERROR_TYPE;
}

/* Does TEXT bind tighter than a dot behind it?  x, x[0], f(x) do, a + b does
   not. */
static bool is_primary(const char *text, size_t length)
{
    int depth = 0;

    for (size_t i = 0; i < length; i++) {
        depth += strchr("([{", text[i]) != NULL;
        depth -= strchr(")]}", text[i]) != NULL;
        if (depth == 0 && strchr(" +-*/%@&|^~<>=", text[i]))
            return false;
    }
    return true;
}

/* Longer operands would make a hint that nobody reads. */
enum { HINT_OPERAND = 30 };

/* Puts what was typed for the operands in the places {0}, {1} of the hint; a
   hint that cannot be completed is dropped. */
static void complete_hint(const struct source *source, int count,
                          const struct operand *operands, struct error *err)
{
    struct strbuf hint = STRBUF_INIT;
    const char *at = err->hint;

    while (at && *at) {
        bool place = at[0] == '{' && at[1] >= '0' && at[1] <= '9' &&
                     at[2] == '}';
        if (!place) {
            strbuf_addc(&hint, *at++);
            continue;
        }
        int index = at[1] - '0';
        size_t length = index < count ? operands[index].span.end -
                                            operands[index].span.start
                                      : 0;
        const char *text = source->text + (length ? operands[index].span.start
                                                  : 0);
        if (length == 0 || length > HINT_OPERAND ||
            memchr(text, '\n', length)) {
            strbuf_clear(&hint);
            break;
        }
        bool bare = is_primary(text, length);
        strbuf_addf(&hint, bare ? "%.*s" : "(%.*s)", (int)length, text);
        at += 3;
    }
    free(err->hint);
    err->hint = hint.length ? xstrdup(hint.text) : NULL;
    strbuf_done(&hint);
}

void error_mark_operands(struct frame *frame, struct span span, int count,
                         const struct operand *operands, struct error *err)
{
    if (err->frame_count || frame->program->module)
        return;
    complete_hint(frame->program->source, count, operands, err);
    if (!explains(err, count, operands))
        count = 0;
    for (int i = 0; i < count; i++) {
        struct strbuf text = STRBUF_INIT;
        describe(operands[i].value, &text);
        error_note(err, operands[i].span, "%s", text.text);
        strbuf_done(&text);
    }
    error_locate(frame, span, err);
}

/* ------------------------------------------------------------------- names */

static bool unknown_name(struct frame *frame, const struct node *node,
                         struct error *err)
{
    const char *text = node->name.text, *name;
    struct interp *interp = frame->interp;
    struct suggestion nearest = suggestion_for(text);
    struct value value;

    error_set(err, ERROR_NAME, "name '%s' is not defined", text);
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);)
        suggestion_consider(&nearest, name);
    for (size_t i = 0; interp_next_builtin(interp, &i, &name, &value);)
        suggestion_consider(&nearest, name);
    if (nearest.best)
        error_hint(err, "did you mean '%s'?", nearest.best);
    if (interp->hooks.name_hint)
        interp->hooks.name_hint(interp, text, err);
    error_locate(frame, node->span, err);
    return false;
}

static bool load_global(struct frame *frame, const struct node *node,
                        struct value *ret, struct error *err)
{
    const struct global *global = frame->program->globals[node->name.index];
    const struct value *value = &global->value;
    if (value->kind == VALUE_UNDEFINED)
        value = &global->builtin;
    if (value->kind == VALUE_UNDEFINED)
        return unknown_name(frame, node, err);
    *ret = value_ref(*value);
    return true;
}

/* A variable of a function that has no value yet. */
static bool unbound(struct frame *frame, const struct node *node,
                    struct error *err)
{
    bool captured = node->name.place == PLACE_CELL &&
                    node->name.index >= frame->code->cell_count;
    if (captured)
        error_set(err, ERROR_NAME,
                  "cannot access free variable '%s' where it is not associated "
                  "with a value in enclosing scope",
                  node->name.text);
    else
        error_set(err, ERROR_UNBOUND_LOCAL,
                  "cannot access local variable '%s' where it is not "
                  "associated with a value",
                  node->name.text);
    error_locate(frame, node->span, err);
    return false;
}

bool name_load(struct frame *frame, const struct node *node, struct value *ret,
               struct error *err)
{
    const struct value *value;
    switch (node->name.place) {
    case PLACE_LOCAL:
        value = &frame->slots[node->name.index];
        break;
    case PLACE_CELL:
        value = &frame->cells[node->name.index]->value;
        break;
    case PLACE_CLASS:
        value = namespace_get(frame->names, node->name.text);
        if (!value)
            return load_global(frame, node, ret, err);
        break;
    default:
        return load_global(frame, node, ret, err);
    }
    if (value->kind == VALUE_UNDEFINED)
        return unbound(frame, node, err);
    *ret = value_ref(*value);
    return true;
}

void name_store_new(struct frame *frame, const struct name *name,
                    struct value value)
{
    switch (name->place) {
    case PLACE_LOCAL:
        break;
    case PLACE_CELL:
        value_replace(&frame->cells[name->index]->value, value);
        return;
    case PLACE_CLASS:
        namespace_set(frame->names, name->text, value);
        value_unref(value);
        return;
    case PLACE_GLOBAL:
        global_set(frame->interp, frame->program->globals[name->index], value);
        return;
    }
}

bool name_delete(struct frame *frame, const struct node *node,
                 struct error *err)
{
    struct value *place;
    switch (node->name.place) {
    case PLACE_LOCAL:
        place = &frame->slots[node->name.index];
        break;
    case PLACE_CELL:
        place = &frame->cells[node->name.index]->value;
        break;
    case PLACE_CLASS:
        return namespace_remove(frame->names, node->name.text) ||
               unknown_name(frame, node, err);
    default:
        return global_remove(frame->interp,
                             frame->program->globals[node->name.index]) ||
               unknown_name(frame, node, err);
    }
    if (place->kind == VALUE_UNDEFINED)
        return unbound(frame, node, err);
    value_replace(place, value_undefined());
    return true;
}

void frame_names(const struct frame *frame, struct dict *names)
{
    const struct code *code = frame->code;

    for (int i = 0; i < code->slot_count; i++)
        if (frame->slots[i].kind != VALUE_UNDEFINED && code->slot_names[i])
            dict_set_string(names, code->slot_names[i], frame->slots[i]);
    for (int i = 0; i < code->cell_count; i++)
        if (frame->cells[i]->value.kind != VALUE_UNDEFINED)
            dict_set_string(names, code->cell_names[i],
                            frame->cells[i]->value);
}
