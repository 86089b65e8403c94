/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/float_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DIGITS = 17, TEXT = 400 };

/* 0.d1d2d3… times 10**point */
struct decimal {
    char digits[MAX_DIGITS + 3];
    int count;
    int point;
};

static void strip_zeros(struct decimal *d)
{
    while (d->count > 1 && d->digits[d->count - 1] == '0')
        d->count--;
    d->digits[d->count] = '\0';
}

/* Reads "d.ddde+XX" as printf writes it. */
static void parse_scientific(const char *text, struct decimal *d)
{
    d->count = 0;
    for (; *text != 'e'; text++)
        if (*text >= '0' && *text <= '9' && d->count < MAX_DIGITS + 1)
            d->digits[d->count++] = *text;
    d->point = (int)strtol(text + 1, NULL, 10) + 1;
    strip_zeros(d);
}

/* The fewest digits that read back as X >= 0.  Whole numbers that a double
   holds exactly are their own digits. */
static void shortest(double x, bool single, struct decimal *d)
{
    char text[64];
    double limit = single ? 16777216.0 : 1e15;

    if (x < limit && x == floor(x)) {
        snprintf(text, sizeof text, "%.0f", x);
        d->count = d->point = (int)strlen(text);
        memcpy(d->digits, text, (size_t)d->count + 1);
        if (x == 0)
            d->point = 1;
        strip_zeros(d);
        return;
    }
    for (int precision = 0; precision < MAX_DIGITS; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, x);
        if (single ? strtof(text, NULL) == (float)x : strtod(text, NULL) == x)
            break;
    }
    parse_scientific(text, d);
}

/* Zeros at the end of TEXT, which holds a point, as TRIM wants them; keeps
   MIN_DIGITS after the point. */
static void trim_zeros(struct strbuf *text, char trim, int min_digits)
{
    size_t point = (size_t)(strchr(text->text, '.') - text->text);

    if (trim != 'k')
        while (text->text[text->length - 1] == '0' &&
               text->length - point - 1 > (size_t)min_digits)
            strbuf_truncate(text, text->length - 1);
    while (text->length - point - 1 < (size_t)min_digits)
        strbuf_addc(text, '0');
    if (text->text[text->length - 1] != '.')
        return;
    if (trim == '0')
        strbuf_addc(text, '0');
    else if (trim == '-')
        strbuf_truncate(text, text->length - 1);
}

/* "123.45" from digits; there is always a point. */
static void add_positional(const struct decimal *d, struct strbuf *text)
{
    if (d->point <= 0) {
        strbuf_adds(text, "0.");
        strbuf_repeat(text, '0', (size_t)-d->point);
        strbuf_adds(text, d->digits);
        return;
    }
    for (int i = 0; i < d->point; i++)
        strbuf_addc(text, i < d->count ? d->digits[i] : '0');
    strbuf_addc(text, '.');
    if (d->count > d->point)
        strbuf_adds(text, d->digits + d->point);
}

static void add_fixed(double x, int precision, struct strbuf *text)
{
    strbuf_addf(text, "%.*f", precision, x);
    if (precision == 0)
        strbuf_addc(text, '.');
}

/* Sign, then TEXT with padding around its point. */
static void add_padded(bool negative, const struct float_style *style,
                       const struct strbuf *text, struct strbuf *sb)
{
    const char *point = strchr(text->text, '.');
    int before = point ? (int)(point - text->text) : (int)text->length;
    int after = point ? (int)text->length - before - 1 : 0;
    bool sign = negative || style->plus;

    if (style->pad_left > before + sign)
        strbuf_repeat(sb, ' ', (size_t)(style->pad_left - before - sign));
    if (sign)
        strbuf_addc(sb, negative ? '-' : '+');
    strbuf_add(sb, text->text, text->length);
    if (style->pad_right > after)
        strbuf_repeat(sb, ' ', (size_t)(style->pad_right - after));
}

void float_positional(double x, const struct float_style *style,
                      struct strbuf *sb)
{
    struct strbuf text = STRBUF_INIT;
    struct decimal d;
    double magnitude = fabs(x);

    if (style->unique) {
        shortest(magnitude, style->single, &d);
        if (style->precision >= 0 && d.count - d.point > style->precision)
            add_fixed(magnitude, style->precision, &text);
        else
            add_positional(&d, &text);
        /* 'k' keeps zeros that were asked for, not those of the cut */
        trim_zeros(&text, style->trim == 'k' ? '.' : style->trim,
                   style->min_digits);
    } else {
        add_fixed(magnitude, style->precision < 0 ? 6 : style->precision,
                  &text);
        trim_zeros(&text, style->trim, style->min_digits);
    }
    add_padded(signbit(x), style, &text, sb);
    strbuf_done(&text);
}

void float_scientific(double x, const struct float_style *style,
                      struct strbuf *sb)
{
    struct strbuf text = STRBUF_INIT;
    struct decimal d = {.count = 0};
    char rounded[TEXT];
    double magnitude = fabs(x);

    if (style->unique)
        shortest(magnitude, style->single, &d);
    if (!style->unique ||
        (style->precision >= 0 && d.count > style->precision + 1)) {
        int precision = style->precision < 0 ? 6 : style->precision;
        snprintf(rounded, sizeof rounded, "%.*e",
                 precision > 300 ? 300 : precision, magnitude);
        parse_scientific(rounded, &d);
    }
    strbuf_addf(&text, "%c.", d.digits[0]);
    strbuf_adds(&text, d.digits + 1);
    int wanted = style->min_digits;
    if (!style->unique && style->trim == 'k' && style->precision > wanted)
        wanted = style->precision;
    trim_zeros(&text, style->trim == 'k' ? '.' : style->trim, wanted);
    int exponent = magnitude == 0 ? 0 : d.point - 1;
    struct float_style padding = *style;
    padding.pad_right = 0;
    add_padded(signbit(x), &padding, &text, sb);
    strbuf_addf(sb, "e%c%0*d", exponent < 0 ? '-' : '+',
                style->exp_digits > 2 ? style->exp_digits : 2, abs(exponent));
    strbuf_done(&text);
}
