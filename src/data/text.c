/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/text.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/interrupt.h"

/* One line, cut into cells; the buffer holds them NUL-terminated. */
struct line {
    struct strbuf text;
    char **cells;
    size_t count, capacity;
};

/* The cells of all rows, as text and row by row. */
struct table {
    const struct text_options *options;
    struct error *err;
    struct strbuf text; /* cells one after the other, each with its NUL */
    int64_t row_count;
    int64_t column_count;   /* of a row; -1: none yet */
    struct strbuf failures; /* genfromtxt lists all rows that do not fit */
};

static bool is_space(char c)
{
    return isspace((unsigned char)c);
}

/* ------------------------------------------------------------------- lines */

static size_t without_comment(const char *line, size_t length,
                              const struct text_options *options)
{
    for (int i = 0; i < options->comment_count; i++) {
        size_t size = strlen(options->comments[i]);
        for (size_t at = 0; size && at + size <= length; at++)
            if (!memcmp(line + at, options->comments[i], size))
                length = at;
    }
    return length;
}

static void add_cell(struct line *line, char *start, char *end)
{
    while (start < end && is_space(*start))
        start++;
    while (end > start && is_space(end[-1]))
        end--;
    *end = '\0';
    VEC_PUSH(line->cells, line->count, line->capacity) = start;
}

static void split_at_spaces(struct line *line)
{
    char *at = line->text.text, *end = at + line->text.length;

    while (at < end) {
        while (at < end && is_space(*at))
            at++;
        char *start = at;
        while (at < end && !is_space(*at))
            at++;
        if (at > start) {
            bool last = at == end;
            add_cell(line, start, at);
            at += !last;
        }
    }
}

static void split_at_delimiter(struct line *line, const char *delimiter)
{
    char *at = line->text.text;
    size_t size = strlen(delimiter);

    for (;;) {
        char *end = strstr(at, delimiter);
        bool last = !end;
        if (last)
            end = line->text.text + line->text.length;
        char *next = end + size;
        add_cell(line, at, end);
        if (last)
            return;
        at = next;
    }
}

static void split(struct line *line, const char *text, size_t length,
                  const struct text_options *options)
{
    strbuf_clear(&line->text);
    strbuf_add(&line->text, text, length);
    line->count = 0;
    if (options->delimiter)
        split_at_delimiter(line, options->delimiter);
    else
        split_at_spaces(line);
}

/* ----------------------------------------------------------------- columns */

/* The cells that usecols asks for, in its order. */
static bool pick_columns(struct table *table, struct line *line)
{
    const struct text_options *options = table->options;

    for (int i = 0; i < options->column_count; i++) {
        int64_t column = options->columns[i];
        int64_t at = column < 0 ? column + (int64_t)line->count : column;
        if (at < 0 || at >= (int64_t)line->count)
            return error_set(table->err, ERROR_VALUE,
                             "invalid column index %" PRId64 " at row %" PRId64
                             " with %zu columns",
                             column, table->row_count + 1, line->count);
        const char *cell = line->cells[at];
        strbuf_add(&table->text, cell, strlen(cell) + 1);
    }
    return true;
}

static bool wrong_length(struct table *table, int64_t number, size_t count)
{
    if (table->options->ragged)
        return true;
    if (table->options->lenient) {
        strbuf_addf(&table->failures,
                    "\n    Line #%" PRId64 " (got %zu columns instead of "
                    "%" PRId64 ")",
                    number, count, table->column_count);
        return true;
    }
    return error_set(table->err, ERROR_VALUE,
                     "the number of columns changed from %" PRId64
                     " to %zu at row %" PRId64 "; use `usecols` to select a "
                     "subset and avoid this error",
                     table->column_count, count, table->row_count + 1);
}

/* NUMBER is the line's in the file, from 1. */
static bool add_row(struct table *table, struct line *line, int64_t number)
{
    const struct text_options *options = table->options;
    bool picks = options->column_count >= 0;

    if (table->column_count < 0)
        table->column_count = (int64_t)line->count;
    if ((int64_t)line->count != table->column_count &&
        (!picks || options->lenient))
        return wrong_length(table, number, line->count);
    if (picks) {
        if (!pick_columns(table, line))
            return false;
    } else {
        for (size_t i = 0; i < line->count; i++)
            strbuf_add(&table->text, line->cells[i],
                       strlen(line->cells[i]) + 1);
    }
    table->row_count++;
    return true;
}

static bool is_blank(const char *text, size_t length)
{
    while (length && is_space(text[length - 1]))
        length--;
    return length == 0;
}

static bool split_text(struct table *table, const char *text, size_t length)
{
    const struct text_options *options = table->options;
    struct line line = {.text = STRBUF_INIT};
    bool good = true;
    int64_t number = 0;

    while (good && length > 0 &&
           (options->max_rows < 0 || table->row_count < options->max_rows)) {
        const char *end = memchr(text, '\n', length);
        size_t size = end ? (size_t)(end - text) : length;
        if (++number > options->skip_rows) {
            size_t used = without_comment(text, size, options);
            if (!is_blank(text, used)) {
                split(&line, text, used, options);
                good = add_row(table, &line, number);
            }
        }
        size += end != NULL;
        text += size;
        length -= size;
        if (number % 1024 == 0 && good)
            good = interrupt_check(table->err);
    }
    strbuf_done(&line.text);
    free(line.cells);
    if (good && table->failures.length)
        good = error_set(table->err, ERROR_VALUE,
                         "Some errors were detected !%s", table->failures.text);
    return good;
}

/* ----------------------------------------------------------------- numbers */

static bool at_end(const char *cell, const char *end)
{
    return end != cell && *end == '\0';
}

/* Only decimal numbers, nan and inf. */
static bool as_double(const char *cell, double *ret)
{
    char *end;

    if (strpbrk(cell, "xXpP(") || is_space(*cell))
        return false;
    *ret = strtod(cell, &end);
    return at_end(cell, end);
}

static bool as_integer(const char *cell, int64_t *ret)
{
    char *end;

    if (is_space(*cell))
        return false;
    errno = 0;
    *ret = strtoll(cell, &end, 10);
    if (errno == ERANGE && *cell != '-')
        *ret = (int64_t)strtoull(cell, &end, 10);
    return at_end(cell, end);
}

static bool as_bool(const char *cell, bool *ret)
{
    *ret = !strcasecmp(cell, "true");
    return *ret || !strcasecmp(cell, "false");
}

/* What a missing cell is. */
static struct scalar missing(const struct text_options *options,
                             enum dtype dtype)
{
    if (options->has_fill)
        return scalar_cast(scalar_from_double(options->fill), dtype);
    if (dtype_is_float(dtype))
        return scalar_from_double(NAN);
    return dtype == DTYPE_BOOL ? scalar_from_bool(false)
                               : scalar_cast(scalar_from_int(-1), dtype);
}

static bool parse_cell(const char *cell, enum dtype dtype, bool lenient,
                       struct scalar *ret)
{
    double number;
    int64_t whole;
    bool flag;

    if (lenient && dtype == DTYPE_BOOL && as_bool(cell, &flag)) {
        *ret = scalar_from_bool(flag);
        return true;
    }
    if (dtype_is_float(dtype)) {
        if (!as_double(cell, &number))
            return false;
        *ret = scalar_from_double(number);
        return true;
    }
    if (as_integer(cell, &whole)) {
        *ret = scalar_from_int(whole);
        if (dtype == DTYPE_UINT64)
            *ret = (struct scalar){DTYPE_UINT64, {.u = (uint64_t)whole}};
        return true;
    }
    if (lenient || !as_double(cell, &number))
        return false;
    *ret = scalar_from_double(number);
    return true;
}

static bool store_cell(const struct table *table, struct tensor *result,
                       int64_t i, const char *cell)
{
    const struct text_options *options = table->options;
    struct scalar value;
    int64_t columns = result->shape[1], column = i % columns;
    double number;
    bool done = false;

    if (options->convert) {
        if (!options->convert(
                options->context,
                options->column_count >= 0 ? options->columns[column] : column,
                cell, &done, &number, table->err))
            return false;
        value = scalar_from_double(number);
    }
    if (!done && !parse_cell(cell, result->dtype, options->lenient, &value)) {
        if (!options->lenient)
            return error_set(table->err, ERROR_VALUE,
                             "could not convert string '%s' to %s at row "
                             "%" PRId64 ", column %" PRId64 ".",
                             cell, dtype_name(result->dtype), i / columns,
                             column + 1);
        value = missing(options, result->dtype);
    }
    scalar_store(scalar_cast(value, result->dtype), result->dtype,
                 result->data + i * (int64_t)dtype_size(result->dtype));
    return true;
}

/* dtype=None: the first of bool, int64, float64 that reads all cells. */
static bool guess_dtype(const struct table *table, int64_t cells,
                        enum dtype *ret)
{
    const char *cell = table->text.text;
    bool bools = true, integers = true, flag;
    int64_t whole;
    double number;

    for (int64_t i = 0; i < cells; i++, cell += strlen(cell) + 1) {
        if (!*cell)
            continue;
        bools = bools && as_bool(cell, &flag);
        integers = integers && as_integer(cell, &whole);
        if (!bools && !integers && !as_double(cell, &number))
            return error_set(table->err, ERROR_VALUE,
                             _("'%s' is not a number, and there are no arrays "
                               "of strings"),
                             cell);
    }
    *ret = bools && cells ? DTYPE_BOOL : integers ? DTYPE_INT64 : DTYPE_FLOAT64;
    return true;
}

static struct tensor *make_tensor(struct table *table)
{
    const struct text_options *options = table->options;
    int64_t rows = table->row_count - options->skip_footer;
    int64_t columns = options->column_count >= 0 ? options->column_count
                      : table->column_count < 0  ? 0
                                                 : table->column_count;
    int64_t shape[2] = {rows > 0 ? rows : 0, columns};
    enum dtype dtype = options->dtype;

    if (dtype == DTYPE_COUNT && !guess_dtype(table, shape[0] * columns, &dtype))
        return NULL;
    struct tensor *result = tensor_new(dtype, 2, shape, table->err);
    const char *cell = table->text.text;
    for (int64_t i = 0; result && i < result->size; i++) {
        if (!store_cell(table, result, i, cell)) {
            tensor_unref(result);
            return NULL;
        }
        cell += strlen(cell) + 1;
    }
    return result;
}

struct tensor *text_read(const char *text, size_t length,
                         const struct text_options *options, struct error *err)
{
    struct table table = {.options = options,
                          .err = err,
                          .text = STRBUF_INIT,
                          .column_count = -1,
                          .failures = STRBUF_INIT};
    struct tensor *result = NULL;

    if (memchr(text, '\0', length))
        error_set(err, ERROR_VALUE, _("this is not text: it has NUL bytes"));
    else if (split_text(&table, text, length))
        result = make_tensor(&table);
    strbuf_done(&table.text);
    strbuf_done(&table.failures);
    return result;
}
