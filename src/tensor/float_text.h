/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decimal text of one float: the shortest digits that read back as the same
 * number (of float32 or float64), or a fixed number of them.  The options are
 * those of numpy.format_float_positional and _scientific.
 */
#ifndef TENSOR_FLOAT_TEXT_H
#define TENSOR_FLOAT_TEXT_H

#include <stdbool.h>

#include "base/strbuf.h"

/* What becomes of zeros at the end: '.' drops them and keeps the point ("1."),
   '0' keeps one ("1.0"), '-' drops the point, too, 'k' keeps them. */
struct float_style {
    bool single;      /* digits for float32 */
    bool unique;      /* no more digits than needed */
    bool significant; /* positional: digits are counted from the first one
                         that is not zero, not from the point */
    int precision;    /* digits at most, -1: no limit */
    int min_digits;   /* unique: exact digits are added up to this many, -1:
                         none, not even before the point */
    char trim;
    bool plus;      /* + before positive numbers */
    int pad_left;   /* characters before the point, at least */
    int pad_right;  /* positional: characters after the point, at least; -1
                       for no padding, not even for a dropped point */
    int exp_digits; /* scientific: digits of the exponent, at least */
};

/* X must be finite. */
void float_positional(double x, const struct float_style *style,
                      struct strbuf *sb);
void float_scientific(double x, const struct float_style *style,
                      struct strbuf *sb);

#endif
