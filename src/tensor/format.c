/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tensor/float_text.h"

struct print_options print_options = PRINT_OPTIONS_DEFAULT;

/* ---------------------------------------------------------- one number */

static void number_repr(double value, bool single, struct strbuf *sb)
{
    struct float_style style = {.single = single, .unique = true,
                                .precision = -1, .min_digits = -1,
                                .trim = '0',
                                .exp_digits = 2};
    double magnitude = fabs(value);

    if (isnan(value)) {
        strbuf_adds(sb, "nan");
    } else if (isinf(value)) {
        strbuf_adds(sb, value < 0 ? "-inf" : "inf");
    } else if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
        style.trim = '-';
        float_scientific(value, &style, sb);
    } else {
        float_positional(value, &style, sb);
    }
}

void double_repr(double value, struct strbuf *sb)
{
    number_repr(value, false, sb);
}

void scalar_repr(struct scalar value, struct strbuf *sb)
{
    switch (dtype_kind(value.dtype)) {
    case 'b':
        strbuf_adds(sb, value.i ? "True" : "False");
        break;
    case 'u':
        strbuf_addf(sb, "%llu", (unsigned long long)value.u);
        break;
    case 'i':
        strbuf_addf(sb, "%lld", (long long)value.i);
        break;
    default:
        number_repr(value.f, value.dtype == DTYPE_FLOAT32, sb);
        break;
    }
}

/* ----------------------------------------------------- visible elements */

/* What is printed of TENSOR: all, or the edges of each axis. */
struct layout {
    const struct tensor *tensor;
    const struct print_options *options;
    bool summarized;
};

/* The axis is cut: EDGEITEMS, …, EDGEITEMS. */
static bool is_cut(const struct layout *layout, int axis)
{
    return layout->summarized && layout->tensor->shape[axis] >
                                     2 * (int64_t)layout->options->edgeitems;
}

static void collect(const struct layout *layout, int axis, const char *data,
                    struct scalar **items, size_t *count, size_t *capacity)
{
    const struct tensor *tensor = layout->tensor;

    if (axis == tensor->ndim) {
        VEC_PUSH(*items, *count, *capacity) =
            scalar_load(tensor->dtype, data);
        return;
    }
    int64_t length = tensor->shape[axis], edge = layout->options->edgeitems;
    for (int64_t i = 0; i < length; i++) {
        /* NumPy measures the last 0 items as if they were all of them. */
        if (is_cut(layout, axis) && i == edge && edge > 0)
            i = length - edge;
        collect(layout, axis + 1, data + i * tensor->strides[axis], items,
                count, capacity);
    }
}

/* ----------------------------------------------------- one common format */

/* How all elements are written, so that their columns line up. */
struct element_format {
    char kind;
    const struct print_options *options;
    int width; /* integers and bools */
    bool scientific;
    struct float_style style;
    const struct element_formatter *formatter; /* or NULL: ours */
};

static void fit_integers(struct element_format *format,
                         const struct scalar *items, size_t count)
{
    struct strbuf text = STRBUF_INIT;

    for (size_t i = 0; i < count; i++) {
        strbuf_clear(&text);
        scalar_repr(items[i], &text);
        if ((int)text.length > format->width)
            format->width = (int)text.length;
    }
    strbuf_done(&text);
}

/* NumPy's choice: exponents from 1e8 on, or (unless small numbers are
   suppressed) below 1e-4 or when the range spans more than 1000. */
static bool wants_exponents(const struct print_options *options,
                            const struct scalar *items, size_t count)
{
    double high = 0, low = INFINITY;

    for (size_t i = 0; i < count; i++) {
        double magnitude = fabs(items[i].f);
        if (!isfinite(magnitude) || magnitude == 0)
            continue;
        high = fmax(high, magnitude);
        low = fmin(low, magnitude);
    }
    if (high == 0)
        return false;
    return high >= 1e8 ||
           (!options->suppress && (low < 1e-4 || high / low > 1000));
}

/* Widest parts before and after the point, and of the exponent. */
struct parts {
    int before, after, exponent;
};

static void measure(const struct element_format *format, double x,
                    struct parts *parts)
{
    struct strbuf text = STRBUF_INIT;

    if (format->scientific)
        float_scientific(x, &format->style, &text);
    else
        float_positional(x, &format->style, &text);
    const char *point = strchr(text.text, '.');
    const char *e = format->scientific ? strchr(text.text, 'e')
                                       : text.text + text.length;
    int before = (int)(point - text.text), after = (int)(e - point) - 1;
    int exponent = format->scientific ? (int)strlen(e) - 2 : 0;
    parts->before = before > parts->before ? before : parts->before;
    parts->after = after > parts->after ? after : parts->after;
    parts->exponent = exponent > parts->exponent ? exponent : parts->exponent;
    strbuf_done(&text);
}

/* Room for nan and inf, which have no point. */
static void widen_for_nonfinite(struct element_format *format, bool negative,
                                bool finite_only)
{
    const struct print_options *options = format->options;
    int offset = format->style.pad_right + 1;
    int nan = (int)strlen(options->nanstr) - offset;
    bool sign = options->sign != '-' || negative;
    int inf = (int)strlen(options->infstr) + sign - offset;

    if (finite_only)
        return;
    if (nan > format->style.pad_left)
        format->style.pad_left = nan;
    if (inf > format->style.pad_left)
        format->style.pad_left = inf;
}

static void fit_parts(struct element_format *format, const struct parts *parts)
{
    struct float_style *style = &format->style;
    const char *mode = format->options->floatmode;

    style->pad_left = parts->before;
    if (format->scientific) {
        style->exp_digits = parts->exponent;
        style->precision = style->min_digits = parts->after;
        style->trim = 'k';
        style->pad_right = parts->exponent + 2 + parts->after;
        return;
    }
    style->pad_right = parts->after;
    style->min_digits = 0;
    if (!strcmp(mode, "fixed") || !strcmp(mode, "maxprec_equal")) {
        style->precision = style->min_digits = parts->after;
        style->trim = 'k';
    }
}

static void fit_floats(struct element_format *format,
                       const struct scalar *items, size_t count, bool single)
{
    const struct print_options *options = format->options;
    bool fixed = !strcmp(options->floatmode, "fixed");
    bool any_finite = false, all_finite = true;
    bool minus_infinity = false, minus = false;
    struct parts parts = {0, 0, 0};

    format->scientific = wants_exponents(options, items, count);
    format->style = (struct float_style){
        .single = single,
        .unique = !fixed,
        .precision = !strcmp(options->floatmode, "unique")
                         ? -1
                         : options->precision,
        .min_digits = -1,
        .trim = fixed ? 'k' : '.',
        .plus = options->sign == '+',
        .exp_digits = 2};
    for (size_t i = 0; i < count; i++) {
        double x = items[i].f;
        if (isfinite(x)) {
            measure(format, x, &parts);
            any_finite = true;
            minus |= signbit(x) != 0;
        } else {
            all_finite = false;
            minus_infinity |= isinf(x) && x < 0;
        }
    }
    if (any_finite)
        fit_parts(format, &parts);
    if (any_finite && options->sign == ' ' && !minus)
        format->style.pad_left++;
    widen_for_nonfinite(format, minus_infinity, all_finite);
}

static const struct element_formatter *
formatter_for(const struct print_options *options, char kind)
{
    const struct element_formatter *formatter = kind == 'b' ? &options->of_bool
                                                : kind == 'f'
                                                    ? &options->of_float
                                                    : &options->of_int;
    return formatter->format ? formatter : NULL;
}

static struct element_format format_for(const struct layout *layout)
{
    const struct tensor *tensor = layout->tensor;
    struct element_format format = {.kind = dtype_kind(tensor->dtype),
                                    .options = layout->options};
    struct scalar *items = NULL;
    size_t count = 0, capacity = 0;

    format.formatter = formatter_for(layout->options, format.kind);
    if (format.formatter)
        return format;
    if (format.kind == 'b') {
        format.width = tensor->ndim ? 5 : 0;
        return format;
    }
    collect(layout, 0, tensor->data, &items, &count, &capacity);
    if (format.kind == 'f')
        fit_floats(&format, items, count, tensor->dtype == DTYPE_FLOAT32);
    else
        fit_integers(&format, items, count);
    free(items);
    return format;
}

static void add_nonfinite(const struct element_format *format, double x,
                          struct strbuf *sb)
{
    const struct print_options *options = format->options;
    const char *text = isnan(x) ? options->nanstr : options->infstr;
    const char *sign = !isnan(x) && x < 0     ? "-"
                       : options->sign == '+' ? "+"
                                              : "";
    int width = format->style.pad_left + format->style.pad_right + 1;

    width -= (int)(strlen(text) + strlen(sign));
    strbuf_addf(sb, "%*s%s%s", width > 0 ? width : 0, "", sign, text);
}

static void add_element(const struct element_format *format,
                        struct scalar value, struct strbuf *sb)
{
    if (format->formatter) {
        format->formatter->format(format->formatter, value, sb);
    } else if (format->kind != 'f') {
        struct strbuf text = STRBUF_INIT;
        scalar_repr(value, &text);
        strbuf_addf(sb, "%*s", format->width, text.text);
        strbuf_done(&text);
    } else if (!isfinite(value.f)) {
        add_nonfinite(format, value.f, sb);
    } else if (format->scientific) {
        struct float_style style = format->style;
        style.pad_right = 0;
        float_scientific(value.f, &style, sb);
    } else {
        float_positional(value.f, &format->style, sb);
    }
}

/* ------------------------------------------------------------- brackets */

struct writer {
    struct layout layout;
    struct element_format format;
    const char *separator; /* ", " or " " */
    size_t tight;          /* its length without the space at the end */
    struct strbuf *sb;
    struct strbuf line, word;
};

static void rstrip(struct strbuf *sb)
{
    while (sb->length && sb->text[sb->length - 1] == ' ')
        strbuf_truncate(sb, sb->length - 1);
}

/* The word goes on the line, or on a new one when the line would be too
   long (and a new one helps). */
static void extend_line(struct writer *w, size_t indent, int width)
{
    if ((int)(w->line.length + w->word.length) > width && w->line.length > indent) {
        rstrip(&w->line);
        strbuf_addc(&w->line, '\n');
        strbuf_add(w->sb, w->line.text, w->line.length);
        strbuf_clear(&w->line);
        strbuf_repeat(&w->line, ' ', indent);
    }
    strbuf_add(&w->line, w->word.text, w->word.length);
}

/* The elements of the last axis, wrapped. */
static void write_row(struct writer *w, int axis, const char *data,
                      size_t indent, int width)
{
    const struct tensor *tensor = w->layout.tensor;
    int64_t length = tensor->shape[axis], edge = w->layout.options->edgeitems;
    bool cut = is_cut(&w->layout, axis);
    size_t start = w->sb->length;

    width -= w->tight > 1 ? (int)w->tight : 1;
    strbuf_clear(&w->line);
    strbuf_repeat(&w->line, ' ', indent);
    for (int64_t i = 0; i < length; i++) {
        if (cut && i == edge) {
            strbuf_clear(&w->word);
            strbuf_adds(&w->word, "...");
            extend_line(w, indent, width);
            strbuf_adds(&w->line, w->separator);
            i = length - (edge > 0 ? edge : 1);
        }
        strbuf_clear(&w->word);
        add_element(&w->format,
                    scalar_load(tensor->dtype,
                                data + i * tensor->strides[axis]),
                    &w->word);
        extend_line(w, indent, width);
        if (i + 1 < length)
            strbuf_adds(&w->line, w->separator);
    }
    /* The first line's indent stands before the bracket already. */
    strbuf_add(w->sb, w->line.text, w->line.length);
    size_t rest = w->sb->length - start - indent;
    memmove(w->sb->text + start, w->sb->text + start + indent, rest);
    strbuf_truncate(w->sb, start + rest);
}

static void write_axis(struct writer *w, int axis, const char *data,
                       size_t indent, int width)
{
    const struct tensor *tensor = w->layout.tensor;
    int left = tensor->ndim - axis;

    if (left == 0) {
        add_element(&w->format, scalar_load(tensor->dtype, data), w->sb);
        return;
    }
    strbuf_addc(w->sb, '[');
    if (left == 1) {
        write_row(w, axis, data, indent, width);
        strbuf_addc(w->sb, ']');
        return;
    }
    int64_t length = tensor->shape[axis], edge = w->layout.options->edgeitems;
    for (int64_t i = 0; i < length; i++) {
        if (i) {
            strbuf_add(w->sb, w->separator, w->tight);
            strbuf_repeat(w->sb, '\n', (size_t)left - 1);
            strbuf_repeat(w->sb, ' ', indent);
        }
        if (is_cut(&w->layout, axis) && i == edge) {
            strbuf_adds(w->sb, "...");
            i = length - (edge > 0 ? edge : 1) - 1;
            continue;
        }
        write_axis(w, axis + 1, data + i * tensor->strides[axis], indent + 1,
                   width - 1);
    }
    strbuf_addc(w->sb, ']');
}

void tensor_to_string(const struct tensor *tensor,
                      const struct print_options *options,
                      const char *separator, const char *prefix,
                      const char *suffix, struct strbuf *sb)
{
    if (tensor->size == 0) {
        strbuf_adds(sb, "[]");
        return;
    }
    struct writer w = {.layout = {tensor, options,
                                  tensor->size > options->threshold},
                       .separator = separator,
                       .sb = sb,
                       .line = STRBUF_INIT,
                       .word = STRBUF_INIT};
    int width = options->linewidth - (int)strlen(suffix);
    w.tight = strlen(separator);
    while (w.tight && separator[w.tight - 1] == ' ')
        w.tight--;
    w.format = format_for(&w.layout);
    write_axis(&w, 0, tensor->data, strlen(prefix) + 1, width);
    strbuf_done(&w.line);
    strbuf_done(&w.word);
}

/* ----------------------------------------------------------- repr, str */

void tensor_repr(const struct tensor *tensor, struct strbuf *sb)
{
    tensor_repr_with(tensor, &print_options, sb);
}

void tensor_repr_with(const struct tensor *tensor,
                      const struct print_options *options, struct strbuf *sb)
{
    bool implied = tensor->size > 0 && (tensor->dtype == DTYPE_INT64 ||
                                        tensor->dtype == DTYPE_FLOAT64 ||
                                        tensor->dtype == DTYPE_BOOL);
    size_t start = sb->length;

    strbuf_adds(sb, "array(");
    if (tensor->size == 0 && !(tensor->ndim == 1)) {
        strbuf_adds(sb, "[], shape=");
        shape_format(sb, tensor->ndim, tensor->shape);
    } else {
        tensor_to_string(tensor, options, ", ", "array(",
                         implied ? ")" : ",", sb);
    }
    strbuf_addc(sb, implied ? ')' : ',');
    if (implied)
        return;
    const char *line = strrchr(sb->text + start, '\n');
    size_t used = line ? strlen(line + 1) : sb->length - start;
    size_t needed = strlen("dtype=)") + strlen(dtype_name(tensor->dtype));
    if (used + needed + 1 > (size_t)options->linewidth)
        strbuf_adds(sb, "\n      ");
    else
        strbuf_addc(sb, ' ');
    strbuf_addf(sb, "dtype=%s)", dtype_name(tensor->dtype));
}

void tensor_str(const struct tensor *tensor, struct strbuf *sb)
{
    tensor_str_with(tensor, &print_options, sb);
}

void tensor_str_with(const struct tensor *tensor,
                     const struct print_options *options, struct strbuf *sb)
{
    if (tensor->ndim == 0)
        scalar_repr(tensor_item(tensor), sb);
    else
        tensor_to_string(tensor, options, " ", "", "", sb);
}
