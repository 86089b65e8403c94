/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls of matplotlib's functions: aliases of keywords, errors in its words,
   plain numbers and texts. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "bind/natives.h"
#include "bind/plt_internal.h"

/* --------------------------------------------------------------- keywords */

static const char *const aliases[][2] = {
    {"c", "color"},
    {"ec", "edgecolor"},
    {"edgecolors", "edgecolor"},
    {"edgecolor", "edgecolors"},
    {"facecolors", "facecolor"},
    {"fc", "facecolor"},
    {"facecolor", "facecolors"},
    {"family", "fontfamily"},
    {"fontname", "fontfamily"},
    {"ha", "horizontalalignment"},
    {"linestyles", "linestyle"},
    {"linestyle", "linestyles"},
    {"linewidths", "linewidth"},
    {"linewidth", "linewidths"},
    {"ls", "linestyle"},
    {"ls", "linestyles"},
    {"lw", "linewidth"},
    {"lw", "linewidths"},
    {"color", "colors"},
    {"mec", "markeredgecolor"},
    {"mew", "markeredgewidth"},
    {"mfc", "markerfacecolor"},
    {"ms", "markersize"},
    {"aa", "antialiased"},
    {"size", "fontsize"},
    {"style", "fontstyle"},
    {"va", "verticalalignment"},
    {"weight", "fontweight"},
    {"xmin", "left"},
    {"xmax", "right"},
    {"ymin", "bottom"},
    {"ymax", "top"},
};

enum { ALIASES = sizeof aliases / sizeof *aliases };

static int find_param(const struct param *params, const char *name)
{
    for (int i = 0; params[i].name; i++)
        if (!strcmp(params[i].name, name) && !(params[i].flags & PARAM_STAR))
            return i;
    return -1;
}

const char *plt_canonical(const struct param *params, const char *name)
{
    if (find_param(params, name) >= 0)
        return name;
    for (int i = 0; i < ALIASES; i++)
        if (!strcmp(aliases[i][0], name) &&
            find_param(params, aliases[i][1]) >= 0)
            return aliases[i][1];
    return name;
}

static void suggest_keyword(const struct param *params, const char *name,
                            struct error *err)
{
    struct suggestion nearest = suggestion_for(name);
    for (int i = 0; params[i].name; i++)
        if (!(params[i].flags & PARAM_STAR))
            suggestion_consider(&nearest, params[i].name);
    for (int i = 0; i < ALIASES; i++)
        if (find_param(params, aliases[i][1]) >= 0)
            suggestion_consider(&nearest, aliases[i][0]);
    if (nearest.best)
        error_hint(err, _("did you mean '%s'?"), nearest.best);
}

/* Of a text matplotlib says so in other words. */
static bool unknown_property(const struct plt_row *row, const char *name,
                             struct error *err)
{
    const char *owner = row->owner;
    if (*owner == '\'')
        error_set(err, ERROR_ATTRIBUTE, "%s object has no property '%s'", owner,
                  name);
    else
        error_set(err, ERROR_ATTRIBUTE,
                  "%s.set() got an unexpected keyword argument '%s'", owner,
                  name);
    suggest_keyword(row->params, name, err);
    return false;
}

static bool got_both(const struct call_args *args, const char *first,
                     const char *second, const char *canonical,
                     struct error *err)
{
    (void)args;
    bool swapped = strcmp(first, canonical) == 0;
    return error_set(err, ERROR_TYPE,
                     "Got both '%s' and '%s', which are aliases of one another",
                     swapped ? second : first, swapped ? first : second);
}

/* ARGS' keywords under the names that PARAMS has for them, into RET. */
static bool rename_keywords(const struct plt_row *row,
                            const struct call_args *args,
                            struct keyword_value *ret, struct error *err)
{
    for (int i = 0; i < args->keyword_count; i++) {
        const char *name = args->keywords[i].name;
        ret[i] = args->keywords[i];
        ret[i].name = plt_canonical(row->params, name);
        if (row->owner && find_param(row->params, ret[i].name) < 0)
            return unknown_property(row, name, err);
        for (int k = 0; k < i; k++)
            if (!strcmp(ret[k].name, ret[i].name))
                return got_both(args, args->keywords[k].name, name, ret[i].name,
                                err);
    }
    return true;
}

bool plt_bind(const struct plt_row *row, const char *function,
              const struct call_args *args, struct value *slots,
              struct value *spread, struct error *err)
{
    struct call_args renamed = *args;
    struct keyword_value *keywords =
        xcalloc((size_t)args->keyword_count + 1, sizeof *keywords);
    renamed.keywords = keywords;
    bool good =
        rename_keywords(row, args, keywords, err) &&
        call_bind(function, row->params, &renamed, true, slots, spread, err);
    free(keywords);
    return good;
}

/* ----------------------------------------------------------- plain values */

struct value plt_arg(const struct plt_call *call, const char *name)
{
    const struct param *params = call->row->params;
    for (int i = 0; params[i].name; i++)
        if (!strcmp(params[i].name, name))
            return call->slots[i];
    return value_undefined();
}

bool plt_given(const struct plt_call *call, const char *name, struct value *ret)
{
    *ret = plt_arg(call, name);
    return slot_given(*ret);
}

char *plt_to_text(struct value value)
{
    struct strbuf sb = STRBUF_INIT;
    value_str(value, &sb);
    char *text = xstrdup(sb.length ? sb.text : "");
    strbuf_done(&sb);
    return text;
}

bool plt_to_number(struct value value, double *ret, struct error *err)
{
    if (value_as_double(value, ret))
        return true;
    if (value.kind == VALUE_STRING)
        return error_set(err, ERROR_VALUE,
                         "could not convert string to float: '%s'",
                         value.string->text);
    return error_set(err, ERROR_TYPE,
                     "float() argument must be a string or a real number, "
                     "not '%s'",
                     value_type_name(value));
}

bool plt_number(const struct plt_call *call, const char *name, double *ret,
                struct error *err)
{
    struct value value;
    return !plt_given(call, name, &value) || plt_to_number(value, ret, err);
}

bool plt_integer(const struct plt_call *call, const char *name, int64_t *ret,
                 struct error *err)
{
    struct value value;
    if (!plt_given(call, name, &value) || value_as_int(value, ret))
        return true;
    return error_set(err, ERROR_TYPE,
                     "'%s' object cannot be interpreted as an integer",
                     value_type_name(value));
}

bool plt_flag(const struct plt_call *call, const char *name, bool *ret,
              struct error *err)
{
    struct value value;
    return !plt_given(call, name, &value) || value_truth(value, ret, err);
}

bool plt_string(const struct plt_call *call, const char *name, const char **ret,
                struct error *err)
{
    struct value value;
    if (!plt_given(call, name, &value))
        return true;
    if (value.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE, "%s must be a string, not %s", name,
                         value_type_name(value));
    *ret = value.string->text;
    return true;
}

bool plt_bad_choice(const char *name, struct value value,
                    const char *const *choices, struct error *err)
{
    struct strbuf sb = STRBUF_INIT;
    value_repr(value, &sb);
    strbuf_addf(&sb, " is not a valid value for %s; supported values are ",
                name);
    for (int i = 0; choices[i]; i++)
        strbuf_addf(&sb, "%s'%s'", i ? ", " : "", choices[i]);
    error_set(err, ERROR_VALUE, "%s", sb.text);
    strbuf_done(&sb);
    if (value.kind != VALUE_STRING)
        return false;
    struct suggestion nearest = suggestion_for(value.string->text);
    for (int i = 0; choices[i]; i++)
        suggestion_consider(&nearest, choices[i]);
    if (nearest.best)
        error_hint(err, _("did you mean '%s'?"), nearest.best);
    return false;
}

bool plt_choice(const struct plt_call *call, const char *name,
                const char *const *choices, int *ret, struct error *err)
{
    struct value value;
    if (!plt_given(call, name, &value))
        return true;
    for (int i = 0; value.kind == VALUE_STRING && choices[i]; i++)
        if (!strcmp(choices[i], value.string->text)) {
            *ret = i;
            return true;
        }
    return plt_bad_choice(name, value, choices, err);
}

bool plt_tuple(struct value value, int count, double *ret, struct error *err)
{
    struct error inner = ERROR_INIT;
    struct tensor *numbers = value_to_tensor(value, DTYPE_FLOAT64, &inner);
    if (!numbers || numbers->ndim != 1) {
        tensor_unref(numbers);
        error_clear(&inner);
        return error_set(err, ERROR_TYPE,
                         "cannot unpack non-iterable %s object",
                         value_type_name(value));
    }
    bool good = true;
    if (numbers->size < count)
        good = error_set(err, ERROR_VALUE,
                         "not enough values to unpack (expected %d, got %d)",
                         count, (int)numbers->size);
    else if (numbers->size > count)
        good = error_set(err, ERROR_VALUE,
                         "too many values to unpack (expected %d)", count);
    for (int i = 0; good && i < count; i++)
        ret[i] = scalar_to_double(tensor_item_at(numbers, i));
    tensor_unref(numbers);
    return good;
}
