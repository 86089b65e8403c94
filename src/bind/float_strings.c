/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as text: np.format_float_positional() and _scientific(). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bind/print_options.h"
#include "tensor/float_text.h"

static const struct param positional_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {"precision", PARAM_ANY, 0, "None"},
    {"unique", PARAM_ANY, 0, "True"},
    {"fractional", PARAM_ANY, 0, "True"},
    {"trim", PARAM_ANY, 0, "'k'"},
    {"sign", PARAM_ANY, 0, "False"},
    {"pad_left", PARAM_ANY, 0, "None"},
    {"pad_right", PARAM_ANY, 0, "None"},
    {"min_digits", PARAM_ANY, 0, "None"},
    {NULL, 0, 0, NULL}};

static const struct param scientific_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {"precision", PARAM_ANY, 0, "None"},
    {"unique", PARAM_ANY, 0, "True"},
    {"trim", PARAM_ANY, 0, "'k'"},
    {"sign", PARAM_ANY, 0, "False"},
    {"pad_left", PARAM_ANY, 0, "None"},
    {"exp_digits", PARAM_ANY, 0, "None"},
    {"min_digits", PARAM_ANY, 0, "None"},
    {NULL, 0, 0, NULL}};

static bool style_int(struct value slot, const char *name, int *ret,
                      struct error *err)
{
    int64_t number = *ret;

    if (!option_int(slot, name, 0, 5000, &number, err))
        return false;
    *ret = (int)number;
    return true;
}

static bool style_flag(struct value slot, bool *ret, struct error *err)
{
    return !slot_given(slot) || value_truth(slot, ret, err);
}

static bool style_trim(struct value slot, char *ret, struct error *err)
{
    if (!slot_given(slot))
        return true;
    const char *text = slot_text(slot);
    if (!text || strlen(text) != 1 || !strchr("k.0-", text[0]))
        return error_set(err, ERROR_TYPE,
                         "if supplied, trim must be 'k', '.', '0' or '-' "
                         "found `%s`",
                         text ? text : value_type_name(slot));
    *ret = text[0];
    return true;
}

static bool check_digits(const struct float_style *style, struct error *err)
{
    if (!style->unique && style->precision < 0)
        return error_set(err, ERROR_TYPE,
                         "in non-unique mode `precision` must be supplied");
    if (style->significant && style->precision == 0)
        return error_set(err, ERROR_VALUE,
                         "precision must be greater than 0 if "
                         "fractional=False");
    if (style->min_digits > 0 && style->precision > 0 &&
        style->min_digits > style->precision)
        return error_set(err, ERROR_VALUE,
                         "min_digits must be less than or equal to precision");
    return true;
}

static bool float_as_text(struct value x, struct float_style *style,
                          bool scientific, struct value *ret, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    double number;

    if (!value_as_double(x, &number))
        return error_set(err, ERROR_TYPE, "must be real number, not %s",
                         value_type_name(x));
    style->single = x.kind == VALUE_SCALAR && x.dtype == DTYPE_FLOAT32;
    if (!isfinite(number))
        strbuf_adds(&text, isnan(number) ? "nan"
                           : number < 0  ? "-inf"
                           : style->plus ? "+inf"
                                         : "inf");
    else if (scientific)
        float_scientific(number, style, &text);
    else
        float_positional(number, style, &text);
    *ret = value_string_take(&text);
    return true;
}

NATIVE(format_float_positional_call)
{
    struct value s[9];
    struct float_style style = {.unique = true,
                                .precision = -1,
                                .min_digits = -1,
                                .trim = 'k',
                                .pad_right = -1};
    bool fractional = true;

    (void)interp;
    if (!native_bind(native, args, s, err) ||
        !style_int(s[1], "precision", &style.precision, err) ||
        !style_flag(s[2], &style.unique, err) ||
        !style_flag(s[3], &fractional, err) ||
        !style_trim(s[4], &style.trim, err) ||
        !style_flag(s[5], &style.plus, err) ||
        !style_int(s[6], "pad_left", &style.pad_left, err) ||
        !style_int(s[7], "pad_right", &style.pad_right, err) ||
        !style_int(s[8], "min_digits", &style.min_digits, err))
        return false;
    style.significant = !fractional;
    return check_digits(&style, err) &&
           float_as_text(s[0], &style, false, ret, err);
}

NATIVE(format_float_scientific_call)
{
    struct value s[8];
    struct float_style style = {.unique = true,
                                .precision = -1,
                                .min_digits = -1,
                                .trim = 'k',
                                .exp_digits = 2};

    (void)interp;
    if (!native_bind(native, args, s, err) ||
        !style_int(s[1], "precision", &style.precision, err) ||
        !style_flag(s[2], &style.unique, err) ||
        !style_trim(s[3], &style.trim, err) ||
        !style_flag(s[4], &style.plus, err) ||
        !style_int(s[5], "pad_left", &style.pad_left, err) ||
        !style_int(s[6], "exp_digits", &style.exp_digits, err) ||
        !style_int(s[7], "min_digits", &style.min_digits, err))
        return false;
    return check_digits(&style, err) &&
           float_as_text(s[0], &style, true, ret, err);
}

struct native float_string_natives[] = {
    FUNCTION_ROW("format_float_positional", format_float_positional_call,
                 positional_params, "A number as text, without exponent"),
    FUNCTION_ROW("format_float_scientific", format_float_scientific_call,
                 scientific_params, "A number as text, with exponent"),
    {.name = NULL},
};
