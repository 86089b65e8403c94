/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Format specifications, as in f"{x:>8.3f}".
 * https://docs.python.org/3/library/string.html#formatspec
 */
#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "lang/format_spec.h"
#include "lang/interp.h"
#include "tensor/format.h"

/* -------------------------------------------------------------- parsing */

static bool is_align(char c)
{
    return c == '<' || c == '>' || c == '=' || c == '^';
}

static const char *parse_count(const char *at, const char *end, int *ret)
{
    int count = 0;
    for (; at < end && isdigit((unsigned char)*at); at++)
        if (count <= MAX_WIDTH)
            count = count * 10 + (*at - '0');
    *ret = count;
    return at;
}

/* [[fill]align][sign][#][0][width][,|_][.precision][type] */
static bool spec_parse(struct format_spec *spec, const char *text,
                       size_t length, struct value value, struct error *err)
{
    const char *at = text, *end = text + length;
    uint32_t c;
    int fill = utf8_decode(at, length, &c);

    *spec = (struct format_spec){
        .fill = " ", .fill_length = 1, .sign = '-', .precision = -1};
    if (fill > 0 && at + fill < end && is_align(at[fill])) {
        memcpy(spec->fill, at, (size_t)fill);
        spec->fill_length = fill;
        spec->align = at[fill];
        at += fill + 1;
    } else if (at < end && is_align(*at)) {
        spec->align = *at++;
    }
    if (at < end && (*at == '+' || *at == '-' || *at == ' ')) {
        spec->sign = *at++;
        spec->has_sign = true;
    }
    if (at < end && *at == '#') {
        spec->alternate = true;
        at++;
    }
    if (at < end && *at == '0') {
        if (!spec->align) {
            spec->align = '=';
            spec->fill[0] = '0';
        }
        at++;
    }
    at = parse_count(at, end, &spec->width);
    if (at < end && (*at == ',' || *at == '_'))
        spec->group = *at++;
    if (at < end && *at == '.') {
        const char *digits = ++at;
        at = parse_count(at, end, &spec->precision);
        if (at == digits)
            return error_set(err, ERROR_VALUE,
                             "Format specifier missing precision");
    }
    if (at < end)
        spec->type = *at++;
    if (at < end)
        return error_set(err, ERROR_VALUE,
                         "Invalid format specifier '%.*s' for object of type "
                         "'%s'",
                         (int)length, text, value_type_name(value));
    if (spec->width > MAX_WIDTH || spec->precision > MAX_WIDTH)
        return error_set(err, ERROR_VALUE,
                         "Too many decimal digits in format string");
    return true;
}

static bool unknown_code(const struct format_spec *spec, struct value value,
                         struct error *err)
{
    return error_set(err, ERROR_VALUE,
                     "Unknown format code '%c' for object of type '%s'",
                     spec->type, value_type_name(value));
}

/* -------------------------------------------------------------- padding */

static void add_fill(const struct format_spec *spec, size_t count,
                     struct strbuf *sb)
{
    for (size_t i = 0; i < count; i++)
        strbuf_add(sb, spec->fill, (size_t)spec->fill_length);
}

/* SIGN and BODY within the width; PREFIX ("0x") belongs to the sign. */
static void add_padded(const struct format_spec *spec, char align,
                       const char *sign, const char *body, size_t length,
                       struct strbuf *sb)
{
    size_t columns = strlen(sign) + utf8_count(body, length);
    size_t width = (size_t)spec->width;
    size_t missing = width > columns ? width - columns : 0;
    size_t left = align == '<'   ? 0
                  : align == '^' ? missing / 2
                  : align == '=' ? 0
                                 : missing;
    add_fill(spec, left, sb);
    strbuf_adds(sb, sign);
    if (align == '=')
        add_fill(spec, missing, sb);
    strbuf_add(sb, body, length);
    if (align != '=')
        add_fill(spec, missing - left, sb);
}

/* Separators every SIZE digits before the point.  Zero padding counts as
   digits, so a field filled with 0 gets separators in its filling too. */
static void group_digits(const struct format_spec *spec, const char *sign,
                         int size, struct strbuf *body)
{
    if (!spec->group)
        return;
    size_t whole = 0;
    while (whole < body->length && isxdigit((unsigned char)body->text[whole]))
        whole++;
    struct strbuf grouped = STRBUF_INIT;
    size_t tail = body->length - whole, digits = whole;
    if (spec->align == '=' && spec->fill[0] == '0') {
        size_t width = (size_t)spec->width;
        size_t taken = strlen(sign) + tail;
        while (taken + digits + (digits - 1) / (size_t)size < width)
            digits++;
    }
    for (size_t i = 0; i < digits; i++) {
        if (i && (digits - i) % (size_t)size == 0)
            strbuf_addc(&grouped, spec->group);
        strbuf_addc(&grouped,
                    i < digits - whole ? '0' : body->text[i + whole - digits]);
    }
    strbuf_add(&grouped, body->text + whole, tail);
    strbuf_done(body);
    *body = grouped;
}

static const char *sign_text(const struct format_spec *spec, bool negative)
{
    if (negative)
        return "-";
    return spec->sign == '+' ? "+" : spec->sign == ' ' ? " " : "";
}

/* ------------------------------------------------------------- integers */

static void add_radix(struct strbuf *sb, uint64_t number, unsigned base,
                      bool upper)
{
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    char reversed[64];
    size_t count = 0;
    do {
        reversed[count++] = digits[number % base];
        number /= base;
    } while (number);
    while (count)
        strbuf_addc(sb, reversed[--count]);
}

static bool format_character(const struct format_spec *spec, int64_t code,
                             struct strbuf *sb, struct error *err)
{
    char text[4];
    if (code < 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return error_set(err, ERROR_OVERFLOW, "%%c arg not in range(0x110000)");
    int length = utf8_encode((uint32_t)code, text);
    add_padded(spec, spec->align ? spec->align : '<', "", text, (size_t)length,
               sb);
    return true;
}

bool format_integer(const struct format_spec *spec, int64_t number,
                    struct strbuf *sb, struct error *err)
{
    unsigned base = 10;
    const char *prefix = "";
    switch (spec->type) {
    case 'c':
        return format_character(spec, number, sb, err);
    case 'b':
        base = 2;
        prefix = "0b";
        break;
    case 'o':
        base = 8;
        prefix = "0o";
        break;
    case 'x':
        base = 16;
        prefix = "0x";
        break;
    case 'X':
        base = 16;
        prefix = "0X";
        break;
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case '%':
        return format_float(spec, (double)number, sb, err);
    default:
        break;
    }
    if (spec->precision >= 0)
        return error_set(err, ERROR_VALUE,
                         "Precision not allowed in integer format specifier");
    char sign[4];
    uint64_t magnitude = number < 0 ? -(uint64_t)number : (uint64_t)number;
    snprintf(sign, sizeof sign, "%s%s", sign_text(spec, number < 0),
             spec->alternate ? prefix : "");
    struct strbuf body = STRBUF_INIT;
    add_radix(&body, magnitude, base, spec->type == 'X');
    group_digits(spec, sign, base == 10 ? 3 : 4, &body);
    add_padded(spec, spec->align ? spec->align : '>', sign, body.text,
               body.length, sb);
    strbuf_done(&body);
    return true;
}

/* --------------------------------------------------------------- floats */

/* Without a type: as repr, but with a precision as %g that keeps ".0". */
static void float_general(const struct format_spec *spec, double number,
                          struct strbuf *body)
{
    if (spec->precision < 0) {
        double_repr(number, body);
        return;
    }
    int precision = spec->precision ? spec->precision : 1;
    char exponent_text[64];
    snprintf(exponent_text, sizeof exponent_text, "%.*e",
             precision < 40 ? precision - 1 : 39, number);
    int exponent = (int)strtol(strchr(exponent_text, 'e') + 1, NULL, 10);
    if (exponent >= -4 && exponent < precision) {
        strbuf_addf(body, "%.*g", precision, number);
        if (!strchr(body->text, '.') && exponent + 1 < precision)
            strbuf_adds(body, ".0");
        else if (!strchr(body->text, '.') && exponent + 1 == precision) {
            /* Python moves to exponent form when no place is left for .0 */
            strbuf_clear(body);
            strbuf_addf(body, "%.*e", precision - 1, number);
        }
        return;
    }
    strbuf_addf(body, "%.*g", precision, number);
}

static void float_body(const struct format_spec *spec, double number,
                       struct strbuf *body)
{
    int precision = spec->precision < 0 ? 6 : spec->precision;
    bool upper = spec->type == 'E' || spec->type == 'F' || spec->type == 'G';
    char c_format[] = "%#.*f";
    if (!isfinite(number)) {
        strbuf_adds(body, isnan(number) ? (upper ? "NAN" : "nan")
                          : upper       ? "INF"
                                        : "inf");
        if (spec->type == '%')
            strbuf_addc(body, '%');
        return;
    }
    if (!spec->type) {
        float_general(spec, number, body);
        return;
    }
    bool percent = spec->type == '%';
    c_format[4] = percent ? 'f' : spec->type == 'n' ? 'g' : spec->type;
    if (percent)
        number *= 100;
    char *plain = c_format;
    if (!spec->alternate) { /* drop the # */
        memmove(c_format + 1, c_format + 2, sizeof c_format - 2);
    }
    char text[512];
    int needed = snprintf(text, sizeof text, plain, precision, number);
    if (needed < (int)sizeof text) {
        strbuf_add(body, text, (size_t)needed);
    } else {
        char *large = malloc((size_t)needed + 1);
        if (large) {
            snprintf(large, (size_t)needed + 1, plain, precision, number);
            strbuf_add(body, large, (size_t)needed);
        }
        free(large);
    }
    if (percent)
        strbuf_addc(body, '%');
}

bool format_float(const struct format_spec *spec, double number,
                  struct strbuf *sb, struct error *err)
{
    struct strbuf body = STRBUF_INIT;
    const char *sign = sign_text(spec, signbit(number) && !isnan(number));
    (void)err;
    float_body(spec, isnan(number) ? number : fabs(number), &body);
    group_digits(spec, sign, 3, &body);
    add_padded(spec, spec->align ? spec->align : '>', sign, body.text,
               body.length, sb);
    strbuf_done(&body);
    return true;
}

/* -------------------------------------------------------------- strings */

bool format_text(const struct format_spec *spec, const char *text,
                 size_t length, struct strbuf *sb, struct error *err)
{
    if (spec->align == '=' && spec->fill[0] != '0')
        return error_set(err, ERROR_VALUE,
                         "'=' alignment not allowed in string format "
                         "specifier");
    if (spec->has_sign)
        return error_set(err, ERROR_VALUE,
                         "Sign not allowed in string format specifier");
    if (spec->precision >= 0)
        length = utf8_offset(text, length, (size_t)spec->precision);
    char align = spec->align && spec->align != '=' ? spec->align : '<';
    add_padded(spec, align, "", text, length, sb);
    return true;
}

/* -------------------------------------------------------------- any value */

static bool format_number(const struct format_spec *spec, struct value value,
                          struct strbuf *sb, struct error *err)
{
    int64_t integer;
    double number;
    if (value_as_int(value, &integer)) {
        if (spec->type && !strchr("bcdoxXneEfFgG%", spec->type))
            return unknown_code(spec, value, err);
        return format_integer(spec, integer, sb, err);
    }
    value_as_double(value, &number);
    if (spec->type && !strchr("eEfFgGn%", spec->type))
        return unknown_code(spec, value, err);
    return format_float(spec, number, sb, err);
}

static bool is_number(struct value value)
{
    return value.kind >= VALUE_BOOL && value.kind <= VALUE_SCALAR;
}

static bool format_instance(struct interp *interp, struct value value,
                            const char *text, size_t length, bool *found,
                            struct strbuf *sb, struct error *err)
{
    struct value spec = value_string_n(text, length), result;
    bool good = value_call_special(interp, value, "__format__", 1, &spec, found,
                                   &result, err);
    value_unref(spec);
    if (!good || !*found)
        return good;
    value_str(result, sb);
    value_unref(result);
    return true;
}

bool value_format(struct interp *interp, struct value value, const char *text,
                  size_t length, struct strbuf *sb, struct error *err)
{
    struct format_spec spec;
    bool found = false;
    if (value.kind == VALUE_INSTANCE &&
        !format_instance(interp, value, text, length, &found, sb, err))
        return false;
    if (found)
        return true;
    if (length)
        value = value_plain(value);
    if (length == 0) {
        /* NumPy formats its floats as Python's: float32(0.1) shows all */
        if (value.kind == VALUE_SCALAR && value.dtype == DTYPE_FLOAT32)
            double_repr(value.f, sb);
        else
            value_str(value, sb);
        return true;
    }
    value = value_array(value);
    if (value.kind == VALUE_TENSOR && value.tensor->ndim == 0)
        value = value_scalar(tensor_item(value.tensor));
    if (!is_number(value) && value.kind != VALUE_STRING) {
        const char *name = value_type_name(value);
        return error_set(err, ERROR_TYPE,
                         "unsupported format string passed to %s.__format__",
                         name);
    }
    if (!spec_parse(&spec, text, length, value, err))
        return false;
    if (value.kind != VALUE_STRING)
        return format_number(&spec, value, sb, err);
    if (spec.type && spec.type != 's')
        return unknown_code(&spec, value, err);
    return format_text(&spec, value.string->text, value.string->length, sb,
                       err);
}
