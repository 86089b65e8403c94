/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The C library's conversions are exact and rounded to even at any number of
 * digits (glibc, musl), so that all is chosen by how many to ask for.
 */
#include "tensor/float_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_DIGITS = 17,  /* tell any double from its neighbours */
    ALL_DIGITS = 1100 /* every double ends before */
};

/* 0.d1d2d3… times 10**point; zero is the digit 0 at point 1. */
struct decimal {
    struct strbuf digits;
    int point;
};

static void strip_zeros(struct decimal *d)
{
    while (d->digits.length > 1 && d->digits.text[d->digits.length - 1] == '0')
        strbuf_truncate(&d->digits, d->digits.length - 1);
}

/* COUNT significant digits. */
static void exact_digits(double x, int count, struct decimal *d)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_addf(&text, "%.*e", count - 1, x);
    strbuf_clear(&d->digits);
    const char *c = text.text;
    for (; *c != 'e'; c++)
        if (*c != '.')
            strbuf_addc(&d->digits, *c);
    d->point = (int)strtol(c + 1, NULL, 10) + 1;
    strbuf_done(&text);
}

/* COUNT digits after the point. */
static void exact_fraction(double x, int count, struct decimal *d)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_addf(&text, "%.*f", count, x);
    const char *c = text.text;
    size_t whole = strcspn(c, ".");
    strbuf_clear(&d->digits);
    d->point = (int)whole;
    for (; *c; c++)
        if (*c != '.')
            strbuf_addc(&d->digits, *c);
    size_t zeros = strspn(d->digits.text, "0");
    if (zeros < d->digits.length) {
        memmove(d->digits.text, d->digits.text + zeros,
                d->digits.length - zeros + 1);
        strbuf_truncate(&d->digits, d->digits.length - zeros);
        d->point -= (int)zeros;
    }
    strbuf_done(&text);
}

static bool reads_back(const char *text, double x, bool single)
{
    return single ? strtof(text, NULL) == (float)x : strtod(text, NULL) == x;
}

/* At a power of two the neighbour below is nearer than the one above: there a
   number that reads back can be one up from the nearest of its length. */
static bool one_up_reads_back(double x, int count, bool single,
                              struct decimal *d)
{
    int exponent;
    struct strbuf text = STRBUF_INIT;

    if (frexp(x, &exponent) != 0.5)
        return false;
    exact_digits(x, count, d);
    char *last = &d->digits.text[d->digits.length - 1];
    if (*last == '9')
        return false;
    ++*last;
    strbuf_addf(&text, "0.%se%d", d->digits.text, d->point);
    bool same = reads_back(text.text, x, single);
    strbuf_done(&text);
    return same;
}

/* The fewest digits that read back as X >= 0.  Whole numbers that a double
   holds exactly are their own digits. */
static void shortest(double x, bool single, struct decimal *d)
{
    char text[64];
    double limit = single ? 16777216.0 : 1e15;

    if (x < limit && x == floor(x)) {
        snprintf(text, sizeof text, "%.0f", x);
        strbuf_clear(&d->digits);
        strbuf_adds(&d->digits, text);
        d->point = (int)d->digits.length;
        strip_zeros(d);
        return;
    }
    for (int count = 1; count <= MAX_DIGITS; count++) {
        snprintf(text, sizeof text, "%.*e", count - 1, x);
        if (reads_back(text, x, single)) {
            exact_digits(x, count, d);
            break;
        }
        if (one_up_reads_back(x, count, single, d))
            break;
    }
    strip_zeros(d);
}

/* Zeros at the end stay only where more digits follow in X: not those that a
   carry left, nor those after its last digit. */
static void drop_needless(double x, struct decimal *d)
{
    struct decimal all = {STRBUF_INIT, 0};
    size_t length = d->digits.length;

    exact_digits(x, ALL_DIGITS, &all);
    if (all.point != d->point ||
        memcmp(all.digits.text, d->digits.text, length) != 0 ||
        strspn(all.digits.text + length, "0") == all.digits.length - length)
        strip_zeros(d);
    strbuf_done(&all.digits);
}

static int counted(const struct decimal *d, bool significant)
{
    int length = (int)d->digits.length;
    return significant ? length : length - d->point;
}

static void exact(double x, int count, bool significant, struct decimal *d)
{
    if (significant)
        exact_digits(x, count > 0 ? count : 1, d);
    else
        exact_fraction(x, count, d);
    if (d->digits.text[d->digits.length - 1] == '0' && d->digits.text[0] != '0')
        drop_needless(x, d);
}

/* The digits of X >= 0 with at most PRECISION and at least MIN_DIGITS of
   them, significant or after the point. */
static void choose_digits(double x, const struct float_style *style,
                          bool significant, int precision, int min_digits,
                          struct decimal *d)
{
    if (!style->unique) {
        exact(x, precision, significant, d);
        return;
    }
    shortest(x, style->single, d);
    if (precision >= 0 && counted(d, significant) > precision)
        exact(x, precision, significant, d);
    if (min_digits >= 0 && counted(d, significant) < min_digits && x != 0)
        exact(x, min_digits, significant, d);
}

/* Zeros at the end of TEXT, which holds a point and FRACTION digits after it,
   as TRIM wants them; 'k': WANTED digits. */
static void trim_zeros(struct strbuf *text, char trim, int wanted)
{
    size_t point = (size_t)(strchr(text->text, '.') - text->text);
    int fraction = (int)(text->length - point - 1);

    if (trim == 'k') {
        if (wanted > fraction)
            strbuf_repeat(text, '0', (size_t)(wanted - fraction));
        return;
    }
    while (text->text[text->length - 1] == '0')
        strbuf_truncate(text, text->length - 1);
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
    int length = (int)d->digits.length;

    if (d->point <= 0) {
        strbuf_adds(text, "0.");
        strbuf_repeat(text, '0', (size_t)-d->point);
        strbuf_adds(text, d->digits.text);
        return;
    }
    for (int i = 0; i < d->point; i++)
        strbuf_addc(text, i < length ? d->digits.text[i] : '0');
    strbuf_addc(text, '.');
    if (length > d->point)
        strbuf_adds(text, d->digits.text + d->point);
}

static void add_signed(bool negative, bool plus, int pad, int before,
                       const struct strbuf *text, struct strbuf *sb)
{
    bool sign = negative || plus;

    if (pad > before + sign)
        strbuf_repeat(sb, ' ', (size_t)(pad - before - sign));
    if (sign)
        strbuf_addc(sb, negative ? '-' : '+');
    strbuf_add(sb, text->text, text->length);
}

void float_positional(double x, const struct float_style *style,
                      struct strbuf *sb)
{
    struct strbuf text = STRBUF_INIT;
    struct decimal d = {STRBUF_INIT, 0};

    choose_digits(fabs(x), style, style->significant, style->precision,
                  style->min_digits, &d);
    add_positional(&d, &text);
    int wanted = style->unique ? style->min_digits : style->precision;
    if (style->significant)
        wanted -= d.point > 0 ? d.point : 1;
    trim_zeros(&text, style->trim, wanted);
    const char *point = strchr(text.text, '.');
    int before = point ? (int)(point - text.text) : (int)text.length;
    int after = point ? (int)text.length - before - 1 : 0;
    add_signed(signbit(x), style->plus, style->pad_left, before, &text, sb);
    if (!point && style->pad_right >= 0)
        strbuf_addc(sb, ' ');
    if (style->pad_right > after)
        strbuf_repeat(sb, ' ', (size_t)(style->pad_right - after));
    strbuf_done(&text);
    strbuf_done(&d.digits);
}

void float_scientific(double x, const struct float_style *style,
                      struct strbuf *sb)
{
    struct strbuf text = STRBUF_INIT;
    struct decimal d = {STRBUF_INIT, 0};
    int precision = style->precision < 0 ? -1 : style->precision + 1;

    choose_digits(fabs(x), style, true, precision, style->min_digits + 1, &d);
    strbuf_addf(&text, "%c.%s", d.digits.text[0], d.digits.text + 1);
    /* As NumPy has it, '-' drops the point only of a single digit. */
    bool keeps_point = style->trim == '-' && d.digits.length > 1;
    trim_zeros(&text, keeps_point ? '.' : style->trim,
               style->unique ? style->min_digits : style->precision);
    add_signed(signbit(x), style->plus, style->pad_left, 1, &text, sb);
    int exponent = x == 0 ? 0 : d.point - 1;
    strbuf_addf(sb, "e%c%0*d", exponent < 0 ? '-' : '+', style->exp_digits,
                abs(exponent));
    strbuf_done(&text);
    strbuf_done(&d.digits);
}
