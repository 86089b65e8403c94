/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/einsum_call.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "bind/op_call.h"

/* 0 … 51 as A … Z, a … z, an Ellipsis as "...". */
static bool add_label(struct value item, struct strbuf *sb, struct error *err)
{
    int64_t label;

    if (item.kind == VALUE_ELLIPSIS) {
        strbuf_adds(sb, "...");
        return true;
    }
    if (!value_as_int(item, &label))
        return error_set(err, ERROR_TYPE,
                         "each subscript must be either an integer or an "
                         "ellipsis");
    if (label < 0 || label >= 52)
        return error_set(err, ERROR_VALUE,
                         "subscript is not within the valid range [0, 52)");
    strbuf_addc(sb, (char)(label < 26 ? 'A' + label : 'a' + label - 26));
    return true;
}

static bool add_labels(struct interp *interp, struct value list,
                       struct strbuf *sb, struct error *err)
{
    struct value *items;
    size_t count;
    bool good = true;

    if (list.kind != VALUE_LIST && list.kind != VALUE_TUPLE &&
        list.kind != VALUE_TENSOR)
        return error_set(err, ERROR_TYPE,
                         "the subscripts for each operand must be a list or a "
                         "tuple");
    if (!interp_collect(interp, list, &count, &items, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        good = good && add_label(items[i], sb, err);
        value_unref(items[i]);
    }
    free(items);
    return good;
}

/* Operands and their lists take turns; a last list is the result's. */
static bool letters_of(struct interp *interp, const struct call_args *args,
                       struct strbuf *sb, struct error *err)
{
    for (int i = 1; i < args->count; i += 2) {
        if (i > 1)
            strbuf_addc(sb, ',');
        if (!add_labels(interp, args->values[i], sb, err))
            return false;
    }
    if (args->count % 2 == 0)
        return true;
    strbuf_adds(sb, "->");
    return add_labels(interp, args->values[args->count - 1], sb, err);
}

bool einsum_call(struct interp *interp, const struct native *native,
                 const struct call_args *args, struct value *ret,
                 struct error *err)
{
    struct strbuf letters = STRBUF_INIT;
    int operands = args->count / 2;

    if (args->count < 2 || args->values[0].kind == VALUE_STRING)
        return op_call(interp, native, args, ret, err);
    if (!letters_of(interp, args, &letters, err)) {
        strbuf_done(&letters);
        return false;
    }
    struct value *values = xcalloc((size_t)operands + 1, sizeof *values);
    values[0] = value_string_take(&letters);
    for (int i = 0; i < operands; i++)
        values[i + 1] = args->values[2 * i];
    struct call_args plain = *args;
    plain.count = operands + 1;
    plain.values = values;
    bool good = op_call(interp, native, &plain, ret, err);
    value_unref(values[0]);
    free(values);
    return good;
}
