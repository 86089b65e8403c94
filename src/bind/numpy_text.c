/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of numbers in text files: np.savetxt, np.loadtxt, np.genfromtxt. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/interrupt.h"
#include "base/path.h"
#include "bind/file_object.h"
#include "bind/numpy_files.h"
#include "bind/op_call.h"
#include "bind/warnings.h"
#include "data/text.h"
#include "lang/interp.h"

/* ----------------------------------------------------------------- savetxt */

enum { FNAME, X, FMT, DELIMITER, NEWLINE, HEADER, FOOTER, COMMENTS, ENCODING };

static const struct param savetxt_params[] = {
    {"fname", PARAM_ANY, 0, NULL},      {"X", PARAM_ANY, 0, NULL},
    {"fmt", PARAM_ANY, 0, "'%.18e'"},   {"delimiter", PARAM_ANY, 0, "' '"},
    {"newline", PARAM_ANY, 0, "'\\n'"}, {"header", PARAM_ANY, 0, "''"},
    {"footer", PARAM_ANY, 0, "''"},     {"comments", PARAM_ANY, 0, "'# '"},
    {"encoding", PARAM_ANY, 0, "None"}, {NULL, 0, 0, NULL}};

static const char *text_or(struct value slot, const char *otherwise)
{
    return slot.kind == VALUE_STRING ? slot.string->text : otherwise;
}

static int count_of(const char *format, char c)
{
    int count = 0;
    for (; *format; format++)
        count += *format == c;
    return count;
}

static bool wrong_format(const char *format, struct error *err)
{
    return error_set(err, ERROR_VALUE,
                     "fmt has wrong number of %% formats:  %s", format);
}

/* One format for a whole row of COLUMNS numbers. */
static bool row_format(struct value fmt, const char *delimiter, int64_t columns,
                       struct strbuf *sb, struct error *err)
{
    const char *one = text_or(fmt, "%.18e");
    bool several = fmt.kind == VALUE_LIST || fmt.kind == VALUE_TUPLE;

    if (several && (int64_t)fmt.sequence->count != columns)
        return error_set(err, ERROR_ATTRIBUTE,
                         "fmt has wrong shape.  %zu formats for %lld columns",
                         fmt.sequence->count, (long long)columns);
    if (!several && fmt.kind != VALUE_STRING && slot_given(fmt))
        return error_set(err, ERROR_VALUE, "invalid fmt: %s",
                         value_type_name(fmt));
    int formats = several ? 0 : count_of(one, '%');
    if (!several && formats != 1) {
        if (formats != columns)
            return wrong_format(one, err);
        strbuf_adds(sb, one);
        return true;
    }
    for (int64_t i = 0; i < columns; i++) {
        if (i)
            strbuf_adds(sb, delimiter);
        strbuf_adds(sb, several ? text_or(fmt.sequence->items[i], "") : one);
    }
    return true;
}

static bool add_row(struct interp *interp, const struct tensor *table,
                    int64_t row, struct value format, struct strbuf *text,
                    struct error *err)
{
    int64_t columns = table->shape[1];
    struct value *items = xcalloc((size_t)columns, sizeof *items), line;

    for (int64_t i = 0; i < columns; i++)
        items[i] = value_scalar(tensor_item_at(table, row * columns + i));
    struct value numbers = value_tuple_take((size_t)columns, items);
    free(items);
    bool good = format_percent(interp, format.string, numbers, &line, err);
    value_unref(numbers);
    if (!good) {
        error_set(err, ERROR_TYPE,
                  "Mismatch between array dtype ('%s') and format specifier "
                  "('%s')",
                  dtype_name(table->dtype), format.string->text);
        return false;
    }
    strbuf_add(text, line.string->text, line.string->length);
    value_unref(line);
    return true;
}

/* HEADER or FOOTER with the comment sign before each of its lines. */
static void add_comment(const char *lines, const char *sign,
                        const char *newline, struct strbuf *text)
{
    if (!*lines)
        return;
    strbuf_adds(text, sign);
    for (; *lines; lines++) {
        strbuf_addc(text, *lines);
        if (*lines == '\n')
            strbuf_adds(text, sign);
    }
    strbuf_adds(text, newline);
}

/* 2-D: a 1-D array is a column. */
static struct tensor *as_table(struct value x, struct error *err)
{
    struct tensor *tensor = value_to_tensor(x, DTYPE_COUNT, err);

    if (!tensor)
        return NULL;
    int64_t column[2] = {tensor->size, 1};
    struct tensor *table = NULL;
    if (tensor->ndim == 1)
        table = tensor_reshape(tensor, 2, column, 'C', err);
    else if (tensor->ndim == 2)
        table = tensor_ref(tensor);
    else
        error_set(err, ERROR_VALUE,
                  "Expected 1D or 2D array, got %dD array instead",
                  tensor->ndim);
    tensor_unref(tensor);
    return table;
}

static bool add_table(struct interp *interp, const struct value *slots,
                      const struct tensor *table, struct strbuf *text,
                      struct error *err)
{
    struct strbuf format = STRBUF_INIT;
    const char *newline = text_or(slots[NEWLINE], "\n");
    const char *sign = text_or(slots[COMMENTS], "# ");

    if (!row_format(slots[FMT], text_or(slots[DELIMITER], " "), table->shape[1],
                    &format, err)) {
        strbuf_done(&format);
        return false;
    }
    struct value row = value_string_take(&format);
    bool good = true;
    add_comment(text_or(slots[HEADER], ""), sign, newline, text);
    for (int64_t i = 0; good && i < table->shape[0]; i++) {
        good =
            interrupt_check(err) && add_row(interp, table, i, row, text, err);
        strbuf_adds(text, newline);
    }
    add_comment(text_or(slots[FOOTER], ""), sign, newline, text);
    value_unref(row);
    return good;
}

NATIVE(savetxt_call)
{
    struct value slots[9];
    struct strbuf text = STRBUF_INIT;
    const char *path;

    if (!native_bind(native, args, slots, err))
        return false;
    struct file_object *object = file_object_get(slots[FNAME]);
    if (!object && !file_name_of("savetxt", slots[FNAME], &path, err))
        return false;
    struct tensor *table = as_table(slots[X], err);
    bool good = table && add_table(interp, slots, table, &text, err);
    tensor_unref(table);
    if (good)
        good = object ? file_object_write(object, text.text, text.length, err)
                      : file_write(path, text.text, text.length, err);
    strbuf_done(&text);
    *ret = value_none();
    return good;
}

/* ---------------------------------------------------------- what both read */

/* The text behind FNAME: a file's name, an open file, a list of lines. */
static bool source_text(struct interp *interp, const char *function,
                        struct value fname, struct strbuf *text,
                        struct error *err)
{
    struct file_object *object = file_object_get(fname);
    const char *path, *rest;
    size_t length, count;
    struct value *lines;

    if (object) {
        if (!file_object_rest(object, &rest, &length, err))
            return false;
        strbuf_add(text, rest, length);
        file_object_advance(object, length);
        return true;
    }
    if (value_plain(fname).kind == VALUE_STRING) {
        if (!file_name_of(function, fname, &path, err))
            return false;
        if (file_read_regular(path, text, err))
            return !memchr(text->text, '\0', text->length) ||
                   error_set(err, ERROR_VALUE,
                             _("%s: this is not text: it has NUL bytes"),
                             path);
        return err->kind != ERROR_FILE_NOT_FOUND
                   ? false
                   : error_set(err, ERROR_FILE_NOT_FOUND, "%s not found.",
                               path);
    }
    if (!interp_collect(interp, fname, &count, &lines, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        value_str(lines[i], text);
        if (text->length && text->text[text->length - 1] != '\n')
            strbuf_addc(text, '\n');
        value_unref(lines[i]);
    }
    free(lines);
    return true;
}

/* Windows' and old Macintosh's line ends. */
static void plain_newlines(struct strbuf *text)
{
    for (size_t i = 0; i < text->length; i++)
        if (text->text[i] == '\r')
            text->text[i] = text->text[i + 1] == '\n' ? ' ' : '\n';
}

/* comments=: a string, several, or None. */
struct comments {
    const char *items[8];
    int count;
};

static bool read_comments(struct value slot, struct comments *comments,
                          struct error *err)
{
    comments->count = 0;
    if (slot.kind == VALUE_UNDEFINED)
        comments->items[comments->count++] = "#";
    else if (slot.kind == VALUE_STRING)
        comments->items[comments->count++] = slot.string->text;
    else if (slot.kind == VALUE_LIST || slot.kind == VALUE_TUPLE)
        for (size_t i = 0; i < slot.sequence->count && i < 8; i++)
            comments->items[comments->count++] =
                text_or(slot.sequence->items[i], "");
    else if (slot.kind != VALUE_NONE)
        return error_set(err, ERROR_TYPE,
                         _("comments must be a string or a list of them"));
    return true;
}

/* usecols=: an int or several; free() *RET. */
static bool read_columns(struct value slot, int *ret_count, int64_t **ret,
                         bool *single, struct error *err)
{
    static const struct param dims = {"usecols", PARAM_DIMS, 0, "None"};
    struct arg arg;

    *ret_count = -1;
    *ret = NULL;
    *single = false;
    if (!slot_given(slot))
        return true;
    if (!arg_convert("loadtxt", &dims, slot, &arg, err))
        return false;
    *ret_count = arg.dims.count;
    *ret = arg.dims.values;
    *single = arg.dims.scalar;
    return true;
}

static bool read_int(struct value slot, const char *name, int64_t *ret,
                     struct error *err)
{
    return !slot_given(slot) || value_as_int(slot, ret) ||
           error_set(err, ERROR_TYPE, "argument must be an integer: %s is %s",
                     name, value_type_name(slot));
}

static bool read_delimiter(struct value slot, const char **ret,
                           struct error *err)
{
    *ret = NULL;
    if (!slot_given(slot))
        return true;
    if (slot.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         _("delimiter must be a string, not %s"),
                         value_type_name(slot));
    if (slot.string->length && strcmp(slot.string->text, " ") != 0)
        *ret = slot.string->text;
    return true;
}

/* converters={0: f} or one function for all columns. */
struct converters {
    struct interp *interp;
    struct value functions;
    int64_t column_count; /* for keys that count from the end; 0: unknown */
};

static bool convert_cell(void *context, int64_t column, const char *cell,
                         bool *done, double *ret, struct error *err)
{
    struct converters *converters = context;
    struct value function = value_none(), text, number;

    *done = false;
    if (converters->functions.kind == VALUE_DICT) {
        if (!dict_get(converters->functions.dict, value_int(column), done,
                      &function, err))
            return false;
        if (!*done)
            return true;
    } else {
        function = value_ref(converters->functions);
    }
    text = value_string(cell);
    struct call_args args = {.count = 1, .values = &text};
    bool good = interp_call(converters->interp, function, &args, &number, err);
    value_unref(text);
    value_unref(function);
    if (!good)
        return false;
    *done = value_as_double(number, ret);
    if (!*done)
        error_set(err, ERROR_TYPE,
                  _("a converter has to return a number, not "
                    "%s"),
                  value_type_name(number));
    value_unref(number);
    return *done;
}

static void use_converters(struct interp *interp, struct value slot,
                           struct converters *converters,
                           struct text_options *options)
{
    if (!slot_given(slot))
        return;
    *converters = (struct converters){.interp = interp, .functions = slot};
    options->convert = convert_cell;
    options->context = converters;
}

/* Axes of length 1 go, as long as more than NDMIN are left; UNPACK gives the
   columns. */
static struct tensor *shaped(struct tensor *table, int64_t ndmin, bool single,
                             bool unpack, struct error *err)
{
    int64_t rows = table->shape[0], columns = table->shape[1];
    struct tensor *result = NULL;

    if (table->size == 0 && rows == 0) {
        int64_t none[2] = {0, columns > 0 && ndmin == 2 ? columns : 1};
        return tensor_new(table->dtype, ndmin == 2 ? 2 : 1, none, err);
    }
    if (ndmin == 2 || (!single && rows > 1 && columns > 1))
        result = tensor_ref(table);
    else if (ndmin == 0 && rows == 1 && columns == 1)
        result = tensor_reshape(table, 0, NULL, 'C', err);
    else if (ndmin == 0 && rows == 1)
        result = tensor_reshape(table, 1, &columns, 'C', err);
    else if (columns == 1 || rows == 1)
        result = tensor_reshape(table, 1, &table->size, 'C', err);
    else
        result = tensor_ref(table);
    if (!result || !unpack || result->ndim < 2)
        return result;
    struct tensor *turned = tensor_transpose(result, NULL, err);
    tensor_unref(result);
    return turned;
}

static bool finish(struct tensor *table, int64_t ndmin, bool single,
                   struct value unpack, struct value *ret, struct error *err)
{
    bool turn = false;

    if (!table)
        return false;
    if (slot_given(unpack) && !value_truth(unpack, &turn, err)) {
        tensor_unref(table);
        return false;
    }
    struct tensor *result = shaped(table, ndmin, single, turn, err);
    tensor_unref(table);
    if (result)
        *ret = value_tensor_take(result);
    return result != NULL;
}

/* ----------------------------------------------------------------- loadtxt */

static const struct param loadtxt_params[] = {
    {"fname", PARAM_ANY, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "float"},
    {"comments", PARAM_ANY, 0, "'#'"},
    {"delimiter", PARAM_ANY, 0, "None"},
    {"converters", PARAM_ANY, 0, "None"},
    {"skiprows", PARAM_ANY, 0, "0"},
    {"usecols", PARAM_ANY, 0, "None"},
    {"unpack", PARAM_ANY, 0, "False"},
    {"ndmin", PARAM_ANY, 0, "0"},
    {"encoding", PARAM_ANY, 0, "'bytes'"},
    {"max_rows", PARAM_ANY, 0, "None"},
    {"quotechar", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {NULL, 0, 0, NULL}};

NATIVE(loadtxt_call)
{
    struct value s[12];
    struct text_options options = {.dtype = DTYPE_FLOAT64, .max_rows = -1};
    struct converters converters;
    struct comments comments;
    struct strbuf text = STRBUF_INIT;
    struct tensor *table = NULL;
    int64_t ndmin = 0, *columns;
    bool single;

    if (!native_bind(native, args, s, err) ||
        (slot_given(s[1]) && !dtype_convert(s[1], &options.dtype, err)) ||
        !read_comments(s[2], &comments, err) ||
        !read_delimiter(s[3], &options.delimiter, err) ||
        !read_int(s[5], "skiprows", &options.skip_rows, err) ||
        !read_int(s[8], "ndmin", &ndmin, err) ||
        !read_int(s[10], "max_rows", &options.max_rows, err))
        return false;
    if (ndmin < 0 || ndmin > 2)
        return error_set(err, ERROR_VALUE,
                         "Illegal value of ndmin keyword: %lld",
                         (long long)ndmin);
    if (options.delimiter && strlen(options.delimiter) > 1)
        return error_set(err, ERROR_TYPE,
                         "Text reading control character must be a single "
                         "unicode character or None; but got: '%s'",
                         options.delimiter);
    if (!read_columns(s[6], &options.column_count, &columns, &single, err))
        return false;
    options.columns = columns;
    options.comments = comments.items;
    options.comment_count = comments.count;
    use_converters(interp, s[4], &converters, &options);
    if (source_text(interp, "loadtxt", s[0], &text, err)) {
        plain_newlines(&text);
        table = text_read(text.text, text.length, &options, err);
    }
    strbuf_done(&text);
    free(columns);
    return finish(table, ndmin, single, s[7], ret, err);
}

/* -------------------------------------------------------------- genfromtxt */

enum {
    G_FNAME,
    G_DTYPE,
    G_COMMENTS,
    G_DELIMITER,
    G_SKIP_HEADER,
    G_SKIP_FOOTER,
    G_CONVERTERS,
    G_FILLING_VALUES,
    G_USECOLS,
    G_NAMES,
    G_UNPACK,
    G_INVALID_RAISE,
    G_MAX_ROWS,
    G_ENCODING,
    G_NDMIN,
    G_AUTOSTRIP,
    G_MISSING_VALUES,
    G_COUNT
};

static const struct param genfromtxt_params[] = {
    {"fname", PARAM_ANY, 0, NULL},
    {"dtype", PARAM_ANY, 0, "float"},
    {"comments", PARAM_ANY, 0, "'#'"},
    {"delimiter", PARAM_ANY, 0, "None"},
    {"skip_header", PARAM_ANY, 0, "0"},
    {"skip_footer", PARAM_ANY, 0, "0"},
    {"converters", PARAM_ANY, 0, "None"},
    {"filling_values", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"usecols", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"names", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"unpack", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"invalid_raise", PARAM_ANY, PARAM_KEYWORD_ONLY, "True"},
    {"max_rows", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"encoding", PARAM_ANY, PARAM_KEYWORD_ONLY, "'bytes'"},
    {"ndmin", PARAM_ANY, PARAM_KEYWORD_ONLY, "0"},
    {"autostrip", PARAM_ANY, PARAM_KEYWORD_ONLY, "False"},
    {"missing_values", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {NULL, 0, 0, NULL}};

static bool refuse_names(struct value names, struct error *err)
{
    bool wanted = slot_given(names);

    if (wanted && !value_truth(names, &wanted, err))
        return false;
    if (!wanted)
        return true;
    error_set(err, ERROR_NOT_IMPLEMENTED,
              _("there are no arrays with named columns"));
    error_hint(err, _("skip_header=1 leaves the names out"));
    return false;
}

static bool genfromtxt_options(const struct value *s,
                               struct text_options *options, struct error *err)
{
    bool raise = true;

    if (s[G_DTYPE].kind == VALUE_NONE)
        options->dtype = DTYPE_COUNT;
    else if (slot_given(s[G_DTYPE]) &&
             !dtype_convert(s[G_DTYPE], &options->dtype, err))
        return false;
    if (!refuse_names(s[G_NAMES], err) ||
        !read_delimiter(s[G_DELIMITER], &options->delimiter, err) ||
        !read_int(s[G_SKIP_HEADER], "skip_header", &options->skip_rows, err) ||
        !read_int(s[G_SKIP_FOOTER], "skip_footer", &options->skip_footer,
                  err) ||
        !read_int(s[G_MAX_ROWS], "max_rows", &options->max_rows, err))
        return false;
    if (slot_given(s[G_FILLING_VALUES])) {
        options->has_fill =
            value_as_double(s[G_FILLING_VALUES], &options->fill);
        if (!options->has_fill)
            return error_set(err, ERROR_TYPE,
                             _("filling_values must be one number"));
    }
    if (slot_given(s[G_INVALID_RAISE]) &&
        !value_truth(s[G_INVALID_RAISE], &raise, err))
        return false;
    options->ragged = !raise;
    return true;
}

NATIVE(genfromtxt_call)
{
    struct value s[G_COUNT];
    struct text_options options = {
        .dtype = DTYPE_FLOAT64, .max_rows = -1, .lenient = true};
    struct converters converters;
    struct comments comments;
    struct strbuf text = STRBUF_INIT;
    struct tensor *table = NULL;
    int64_t ndmin = 0, *columns;
    bool single;

    if (!native_bind(native, args, s, err) ||
        !genfromtxt_options(s, &options, err) ||
        !read_comments(s[G_COMMENTS], &comments, err) ||
        !read_int(s[G_NDMIN], "ndmin", &ndmin, err) ||
        !read_columns(s[G_USECOLS], &options.column_count, &columns, &single,
                      err))
        return false;
    options.columns = columns;
    options.comments = comments.items;
    options.comment_count = comments.count;
    use_converters(interp, s[G_CONVERTERS], &converters, &options);
    if (source_text(interp, "genfromtxt", s[G_FNAME], &text, err)) {
        plain_newlines(&text);
        table = text_read(text.text, text.length, &options, err);
    }
    strbuf_done(&text);
    free(columns);
    return finish(table, ndmin, single, s[G_UNPACK], ret, err);
}

struct native numpy_text_functions[] = {
    FUNCTION_ROW("savetxt", savetxt_call, savetxt_params,
                 "Writes a table of numbers as text"),
    FUNCTION_ROW("loadtxt", loadtxt_call, loadtxt_params,
                 "Reads a table of numbers from text"),
    FUNCTION_ROW("genfromtxt", genfromtxt_call, genfromtxt_params,
                 "Reads a table from text in which numbers may be missing"),
    {.name = NULL},
};
