/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/short_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "repl/text_layout.h"
#include "tensor/format.h"

/* Arrays with more elements are never written out. */
enum { WRITTEN_MOST = 12 };

void short_number(struct strbuf *sb, double number)
{
    char text[40];
    snprintf(text, sizeof text, "%.6g", number);
    strbuf_adds(sb, text);
    if (isfinite(number) && !strpbrk(text, ".e"))
        strbuf_adds(sb, ".0");
}

/* The root of the sum of the squares. */
static double norm_of(const struct tensor *tensor)
{
    double largest = 0.0, sum = 0.0;
    for (int64_t i = 0; i < tensor->size; i++) {
        double x = fabs(scalar_to_double(tensor_item_at(tensor, i)));
        if (!isfinite(x))
            return x;
        largest = x > largest ? x : largest;
    }
    for (int64_t i = 0; largest > 0.0 && i < tensor->size; i++) {
        double x = scalar_to_double(tensor_item_at(tensor, i)) / largest;
        sum += x * x;
    }
    return largest * sqrt(sum);
}

void short_norm(struct strbuf *sb, const struct tensor *tensor)
{
    strbuf_adds(sb, "norm ");
    short_number(sb, norm_of(tensor));
}

bool short_elements(struct strbuf *sb, struct tensor *tensor, size_t columns)
{
    struct strbuf text = STRBUF_INIT, line = STRBUF_INIT;
    struct print_options options = PRINT_OPTIONS_DEFAULT;
    options.precision = 4;
    if (tensor->ndim == 0) {
        short_number(&line, scalar_to_double(tensor_item(tensor)));
    } else if (tensor->size <= WRITTEN_MOST) {
        tensor_to_string(tensor, &options, ", ", "", "", &text);
        text_join_lines(&line, text.text);
    }
    bool fits = line.length && line.length <= columns;
    if (fits)
        strbuf_adds(sb, line.text);
    strbuf_done(&text);
    strbuf_done(&line);
    return fits;
}

bool short_tensor(struct strbuf *sb, struct tensor *tensor, size_t columns)
{
    size_t start = sb->length;
    if (tensor->ndim == 0)
        return short_elements(sb, tensor, SIZE_MAX);
    shape_format(sb, tensor->ndim, tensor->shape);
    strbuf_addc(sb, ' ');
    size_t used = sb->length - start;
    if (used < columns && short_elements(sb, tensor, columns - used))
        return true;
    short_norm(sb, tensor);
    return false;
}
