/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matching a call's arguments to a table of parameters. */
#include <stdlib.h>
#include <string.h>

#include "autograd/op.h"
#include "base/suggest.h"
#include "lang/interp.h"

static int param_find(const struct param *params, const char *name)
{
    for (int i = 0; params[i].name; i++)
        if (!strcmp(params[i].name, name) &&
            !(params[i].flags & (PARAM_POSITIONAL_ONLY | PARAM_STAR)))
            return i;
    return -1;
}

static int positional_count(const struct param *params)
{
    int count = 0;
    while (params[count].name && !(params[count].flags & PARAM_KEYWORD_ONLY))
        count++;
    return count;
}

static int required_count(const struct param *params)
{
    int count = 0;
    for (int i = 0; params[i].name; i++)
        count += !params[i].fallback && !(params[i].flags & PARAM_KEYWORD_ONLY);
    return count;
}

static bool too_many(const char *function, const struct param *params,
                     int given, struct error *err)
{
    int most = positional_count(params), least = required_count(params);
    if (most == least)
        return error_set(err, ERROR_TYPE,
                         "%s() takes %d positional argument%s but %d %s given",
                         function, most, most == 1 ? "" : "s", given,
                         given == 1 ? "was" : "were");
    return error_set(err, ERROR_TYPE,
                     "%s() takes from %d to %d positional arguments but %d "
                     "were given",
                     function, least, most, given);
}

/* "f() got some positional-only arguments passed as keyword arguments: 'a'" */
static bool positional_only(const char *function, const struct param *params,
                            const struct call_args *args, bool native,
                            struct error *err)
{
    struct strbuf names = STRBUF_INIT;
    bool all = native && params[0].name;
    for (int i = 0; params[i].name; i++)
        all = all && params[i].flags & PARAM_POSITIONAL_ONLY;
    if (all) {
        error_set(err, ERROR_TYPE, "%s() takes no keyword arguments",
                  function);
        return true;
    }
    for (int i = 0; params[i].name; i++)
        for (int k = 0; k < args->keyword_count; k++)
            if ((params[i].flags & PARAM_POSITIONAL_ONLY) &&
                !strcmp(params[i].name, args->keywords[k].name))
                strbuf_addf(&names, "%s%s", names.length ? ", " : "",
                            params[i].name);
    bool any = names.length != 0;
    if (any)
        error_set(err, ERROR_TYPE,
                  "%s() got some positional-only arguments passed as keyword "
                  "arguments: '%s'",
                  function, names.text);
    strbuf_done(&names);
    return any;
}

static bool unexpected(const char *function, const struct param *params,
                       const char *name, struct error *err)
{
    struct suggestion nearest = suggestion_for(name);
    error_set(err, ERROR_TYPE, "%s() got an unexpected keyword argument '%s'",
              function, name);
    for (int i = 0; params[i].name; i++)
        suggestion_consider(&nearest, params[i].name);
    if (nearest.best)
        error_hint(err, "did you mean '%s'?", nearest.best);
    return false;
}

/* Has the parameter to be given? */
static bool is_required(const struct param *param)
{
    return !param->fallback && !(param->flags & PARAM_STAR);
}

/* "f() missing 2 required positional arguments: 'a' and 'b'" */
static bool missing(const char *function, const struct param *params,
                    const struct value *slots, struct error *err)
{
    struct strbuf names = STRBUF_INIT;
    int count = 0, left;
    bool keyword_only = false;
    for (int i = 0; params[i].name; i++)
        count += slots[i].kind == VALUE_UNDEFINED && is_required(&params[i]);
    left = count;
    for (int i = 0; params[i].name; i++) {
        if (slots[i].kind != VALUE_UNDEFINED || !is_required(&params[i]))
            continue;
        keyword_only |= params[i].flags & PARAM_KEYWORD_ONLY;
        strbuf_addf(&names, "%s'%s'",
                    left == count ? ""
                    : left > 1    ? ", "
                    : count == 2  ? " and "
                                  : ", and ",
                    params[i].name);
        left--;
    }
    error_set(err, ERROR_TYPE, "%s() missing %d required %s argument%s: %s",
              function, count, keyword_only ? "keyword-only" : "positional",
              count == 1 ? "" : "s", names.text);
    strbuf_done(&names);
    return false;
}

bool call_bind(const char *function, const struct param *params,
               const struct call_args *args, bool spread, struct value *slots,
               struct value *ret_spread, struct error *err)
{
    int most = positional_count(params), total = most;
    while (params[total].name)
        total++;
    *ret_spread = (struct value){.kind = VALUE_UNDEFINED};
    for (int i = 0; i < total; i++)
        slots[i] = (struct value){.kind = VALUE_UNDEFINED};

    int count = args->count;
    int last = most - 1;
    bool variadic = spread && most && (params[last].flags & PARAM_STAR);
    bool spreads = variadic || (spread && most && count > most &&
                                (params[last].flags & PARAM_SPREAD));
    if (count > most && !spreads)
        return too_many(function, params, count, err);
    for (int i = 0; i < count && i < most; i++)
        slots[i] = args->values[i];
    for (int i = 0; i < args->keyword_count; i++) {
        const struct keyword_value *keyword = &args->keywords[i];
        int at = param_find(params, keyword->name);
        if (at < 0 && positional_only(function, params, args, spread, err))
            return false;
        if (at < 0)
            return unexpected(function, params, keyword->name, err);
        if (slots[at].kind != VALUE_UNDEFINED)
            return error_set(err, ERROR_TYPE,
                             "%s() got multiple values for argument '%s'",
                             function, keyword->name);
        slots[at] = keyword->value;
    }
    for (int i = 0; i < total; i++)
        if (slots[i].kind == VALUE_UNDEFINED && is_required(&params[i]))
            return missing(function, params, slots, err);
    if (spreads) {
        int extra = count > last ? count - last : 0;
        *ret_spread = value_tuple((size_t)extra, args->values + last);
        slots[last] = *ret_spread;
    }
    return true;
}

bool method_arity(const struct native *native, const struct call_args *args,
                  int low, int high, struct error *err)
{
    int given = args->count - 1; /* without self */
    if (args->keyword_count)
        return error_set(err, ERROR_TYPE, "%s() takes no keyword arguments",
                         native->name);
    if (given >= low && given <= high)
        return true;
    if (low == high && low == 1)
        return error_set(err, ERROR_TYPE,
                         "%s() takes exactly one argument (%d given)",
                         native->name, given);
    if (low == high && low == 0)
        return error_set(err, ERROR_TYPE, "%s() takes no arguments (%d given)",
                         native->name, given);
    return error_set(err, ERROR_TYPE, "%s expected at %s %d argument%s, got %d",
                     native->name, given < low ? "least" : "most",
                     given < low ? low : high,
                     (given < low ? low : high) == 1 ? "" : "s", given);
}
