/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A parsed format specification, and numbers and text written by it.  Inside
   src/lang only. */
#ifndef LANG_FORMAT_SPEC_H
#define LANG_FORMAT_SPEC_H

#include "base/error.h"
#include "base/strbuf.h"

enum { MAX_WIDTH = 1000000 }; /* and precision */

struct format_spec {
    char fill[4]; /* one code point of UTF-8 */
    int fill_length;
    char align; /* '<', '>', '^', '=' (after the sign), or 0 */
    char sign;  /* '-', '+' or ' ' */
    bool has_sign, alternate;
    int width;
    char group;    /* ',', '_' or 0 */
    int precision; /* -1: none */
    char type;     /* or 0 */
};

bool format_integer(const struct format_spec *spec, int64_t number,
                    struct strbuf *sb, struct error *err);
bool format_float(const struct format_spec *spec, double number,
                  struct strbuf *sb, struct error *err);
bool format_text(const struct format_spec *spec, const char *text,
                 size_t length, struct strbuf *sb, struct error *err);

#endif
