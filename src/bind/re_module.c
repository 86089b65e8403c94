/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the module re needs from C: compiling, and finding the spans. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/pattern.h"
#include "base/utf8.h"
#include "bind/library.h"
#include "bind/natives.h"
#include "lang/interp.h"

static void compiled_free(void *data)
{
    pattern_free(data);
}

static const struct native_type compiled_type = {.name = "compiled pattern",
                                                 .free = compiled_free};

static const struct param compile_params[] = {{"pattern", PARAM_ANY, 0, NULL},
                                              {"flags", PARAM_ANY, 0, "0"},
                                              {NULL, 0, 0, NULL}};

NATIVE(compile_call)
{
    struct value slots[2];
    int64_t flags = 0;

    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    if (slots[0].kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "first argument must be string or compiled pattern");
    value_as_int(slots[1], &flags);
    struct pattern *pattern =
        pattern_compile(slots[0].string->text, slots[0].string->length,
                        (int)flags, err);
    if (!pattern)
        return false;
    *ret = value_opaque(&compiled_type, pattern);
    return true;
}

static const struct param x_params[] = {{"x", PARAM_ANY, 0, NULL},
                                        {NULL, 0, 0, NULL}};

/* The names of its groups, None for those without; the first is group 1. */
NATIVE(names_call)
{
    struct value x;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    const struct pattern *pattern = value_opaque_data(x, &compiled_type);
    if (!pattern)
        return error_set(err, ERROR_TYPE, "not a compiled pattern");
    *ret = value_list(0, NULL);
    for (int i = 1; i <= pattern_groups(pattern); i++) {
        const char *name = pattern_group_name(pattern, i);
        struct value item = name ? value_string(name) : value_none();
        list_append(ret->sequence, item);
        value_unref(item);
    }
    return true;
}

/* Where a search stands. */
struct scan {
    const struct pattern *pattern;
    uint32_t *text;
    size_t length;
    int64_t *spans;
    struct value found; /* a list of tuples */
};

static uint32_t *code_points(const struct string *string, size_t *count)
{
    uint32_t *points =
        xreallocarray(NULL, string->length + 1, sizeof *points);
    *count = 0;
    for (size_t at = 0; at < string->length;) {
        int used = utf8_decode(string->text + at, string->length - at,
                               &points[*count]);
        at += used ? (size_t)used : 1;
        ++*count;
    }
    return points;
}

static void add_spans(struct scan *scan)
{
    size_t count = 2 * ((size_t)pattern_groups(scan->pattern) + 1);
    struct value *items = xreallocarray(NULL, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = value_int(scan->spans[i]);
    struct value tuple = value_tuple_take(count, items);
    list_append(scan->found.sequence, tuple);
    value_unref(tuple);
    free(items);
}

enum how { HOW_SEARCH, HOW_MATCH, HOW_FULL };

/* Up to LIMIT matches from START on (0: all). */
static bool scan_all(struct scan *scan, size_t start, enum how how,
                     int64_t limit, struct error *err)
{
    for (size_t at = start; at <= scan->length;) {
        bool found;
        if (!pattern_match(scan->pattern, scan->text, scan->length, at,
                           how == HOW_FULL, scan->spans, &found, err))
            return false;
        bool empty = found && scan->spans[0] == scan->spans[1];
        if (found)
            add_spans(scan);
        if (found && --limit == 0)
            break;
        if (how != HOW_SEARCH)
            break;
        at = found && !empty ? (size_t)scan->spans[1] : at + 1;
    }
    return true;
}

static const struct param scan_params[] = {
    {"pattern", PARAM_ANY, 0, NULL}, {"string", PARAM_ANY, 0, NULL},
    {"start", PARAM_ANY, 0, NULL},   {"how", PARAM_ANY, 0, NULL},
    {"limit", PARAM_ANY, 0, NULL},   {NULL, 0, 0, NULL}};

/* scan(pattern, string, start, how, limit): the spans of all groups. */
NATIVE(scan_call)
{
    struct value slots[5];
    int64_t start = 0, how = 0, limit = 0;

    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct scan scan = {.pattern =
                            value_opaque_data(slots[0], &compiled_type)};
    struct value text = value_plain(slots[1]);
    if (!scan.pattern || text.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "expected string or bytes-like object, got '%s'",
                         value_type_name(slots[1]));
    value_as_int(slots[2], &start);
    value_as_int(slots[3], &how);
    value_as_int(slots[4], &limit);
    scan.text = code_points(text.string, &scan.length);
    scan.spans = xreallocarray(
        NULL, 2 * ((size_t)pattern_groups(scan.pattern) + 1),
        sizeof *scan.spans);
    scan.found = value_list(0, NULL);
    bool good = scan_all(&scan, start < 0 ? 0 : (size_t)start, (enum how)how,
                         limit, err);
    free(scan.text);
    free(scan.spans);
    *ret = scan.found;
    if (!good)
        value_unref(scan.found);
    return good;
}

static struct native re_natives[] = {
    FUNCTION_ROW("compile", compile_call, compile_params,
                 "A pattern ready for use"),
    FUNCTION_ROW("names", names_call, x_params, "The names of its groups"),
    FUNCTION_ROW("scan", scan_call, scan_params, "The spans of its matches"),
    {.name = NULL},
};

void re_install(struct interp *interp)
{
    struct value module = value_module("_re");

    natives_add_to_module(re_natives, module.module);
    interp_add_module(interp, "_re", module);
    value_unref(module);
}
