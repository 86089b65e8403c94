/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file is read as a whole when it is opened, a file that is written to is a
 * stream; nothing is ever executed or removed.
 */
#include "bind/file_object.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/confine.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/utf8.h"
#include "bind/natives.h"
#include "lang/object.h"

struct file_object {
    char *name, *mode;
    bool readable, writable, binary, closed;
    FILE *stream;       /* written to; NULL for io.StringIO */
    struct strbuf text; /* of what is read, and of io.StringIO */
    size_t position;    /* in it */
};

static const struct native_type file_type, string_type;

static void file_free(void *data)
{
    struct file_object *file = data;

    if (file->stream)
        fclose(file->stream);
    strbuf_done(&file->text);
    free(file->name);
    free(file->mode);
    free(file);
}

struct file_object *file_object_get(struct value value)
{
    struct file_object *file = value_opaque_data(value, &file_type);
    return file ? file : value_opaque_data(value, &string_type);
}

const char *file_object_name(const struct file_object *file)
{
    return file->name;
}

static bool check_open(const struct file_object *file, struct error *err)
{
    return !file->closed ||
           error_set(err, ERROR_VALUE, "I/O operation on closed file.");
}

static bool check_readable(const struct file_object *file, struct error *err)
{
    return check_open(file, err) &&
           (file->readable || error_set(err, ERROR_OS, "not readable"));
}

bool file_object_rest(struct file_object *file, const char **ret_text,
                      size_t *ret_length, struct error *err)
{
    if (!check_readable(file, err))
        return false;
    size_t start =
        file->position < file->text.length ? file->position : file->text.length;
    *ret_text = file->text.text + start;
    *ret_length = file->text.length - start;
    return true;
}

void file_object_advance(struct file_object *file, size_t length)
{
    file->position += length;
}

/* At the position, over what is there. */
static void write_string(struct file_object *file, const char *bytes,
                         size_t length)
{
    struct strbuf *text = &file->text;
    size_t after = file->position + length;

    if (file->position > text->length)
        strbuf_repeat(text, '\0', file->position - text->length);
    char *tail = after < text->length
                     ? xstrndup(text->text + after, text->length - after)
                     : NULL;
    strbuf_truncate(text, file->position);
    strbuf_add(text, bytes, length);
    if (tail)
        strbuf_adds(text, tail);
    free(tail);
    file->position = after;
}

bool file_object_write(struct file_object *file, const char *bytes,
                       size_t length, struct error *err)
{
    if (!check_open(file, err))
        return false;
    if (!file->writable)
        return error_set(err, ERROR_OS, "not writable");
    if (!file->stream)
        write_string(file, bytes, length);
    else if (fwrite(bytes, 1, length, file->stream) != length)
        return error_set_errno(err, errno, file->name);
    return true;
}

bool file_write_text(struct interp *interp, struct value file,
                     const char *text, size_t length, struct error *err)
{
    struct file_object *object = file_object_get(file);
    struct value write, result;

    if (object)
        return file_object_write(object, text, length, err);
    if (!interp_get_attribute(interp, file, "write", &write, err))
        return false;
    struct value string = value_string_n(text, length);
    struct call_args args = {.count = 1, .values = &string};
    bool good = interp_call(interp, write, &args, &result, err);
    if (good)
        value_unref(result);
    value_unref(string);
    value_unref(write);
    return good;
}

static bool flush(struct file_object *file, struct error *err)
{
    return !file->stream || fflush(file->stream) == 0 ||
           error_set_errno(err, errno, file->name);
}

static bool close_file(struct file_object *file, struct error *err)
{
    FILE *stream = file->stream;

    file->stream = NULL;
    file->closed = true;
    return !stream || fclose(stream) == 0 ||
           error_set_errno(err, errno, file->name);
}

/* ----------------------------------------------------------------- methods */

static const struct param no_params[] = {{NULL, 0, 0, NULL}};
static const struct param size_params[] = {{"size", PARAM_ANY, 0, "-1"},
                                           {NULL, 0, 0, NULL}};
static const struct param text_params[] = {{"text", PARAM_ANY, 0, NULL},
                                           {NULL, 0, 0, NULL}};
static const struct param lines_params[] = {{"lines", PARAM_ANY, 0, NULL},
                                            {NULL, 0, 0, NULL}};
static const struct param seek_params[] = {{"offset", PARAM_ANY, 0, NULL},
                                           {"whence", PARAM_ANY, 0, "0"},
                                           {NULL, 0, 0, NULL}};
static const struct param exit_params[] = {{"type", PARAM_ANY, 0, "None"},
                                           {"value", PARAM_ANY, 0, "None"},
                                           {"traceback", PARAM_ANY, 0, "None"},
                                           {NULL, 0, 0, NULL}};

/* SELF and the SLOTS of the other arguments. */
static struct file_object *bind_method(const struct native *native,
                                       const struct call_args *args,
                                       struct value *slots, struct error *err)
{
    struct call_args rest = *args;

    rest.values++;
    rest.count--;
    return native_bind(native, &rest, slots, err)
               ? file_object_get(args->values[0])
               : NULL;
}

/* The bytes of COUNT characters of TEXT; all for a negative COUNT. */
static size_t bytes_of(const char *text, size_t length, int64_t count)
{
    size_t at = 0;
    uint32_t c;

    if (count < 0)
        return length;
    for (; count > 0 && at < length; count--) {
        int used = utf8_decode(text + at, length - at, &c);
        at += used > 0 ? (size_t)used : 1;
    }
    return at;
}

/* What is read: bytes of a binary file, else text. */
static struct value part_of(const struct file_object *file, const char *text,
                            size_t length)
{
    return file->binary ? value_bytes_n(text, length)
                        : value_string_n(text, length);
}

NATIVE(read_call)
{
    struct value size;
    const char *text;
    size_t length;
    int64_t count = -1;
    struct file_object *file = bind_method(native, args, &size, err);

    (void)interp;
    if (!file || !file_object_rest(file, &text, &length, err))
        return false;
    if (slot_given(size) && !value_as_int(size, &count))
        return error_set(err, ERROR_TYPE,
                         "argument should be integer or None, not '%s'",
                         value_type_name(size));
    if (!file->binary)
        length = bytes_of(text, length, count);
    else if (count >= 0 && (size_t)count < length)
        length = (size_t)count;
    file_object_advance(file, length);
    *ret = part_of(file, text, length);
    return true;
}

/* The next line with its newline; empty at the end. */
static bool next_line(struct file_object *file, struct value *ret,
                      struct error *err)
{
    const char *text;
    size_t length;

    if (!file_object_rest(file, &text, &length, err))
        return false;
    const char *end = memchr(text, '\n', length);
    if (end)
        length = (size_t)(end - text) + 1;
    file_object_advance(file, length);
    *ret = part_of(file, text, length);
    return true;
}

NATIVE(readline_call)
{
    struct value size;
    struct file_object *file = bind_method(native, args, &size, err);

    (void)interp;
    return file && next_line(file, ret, err);
}

NATIVE(readlines_call)
{
    struct value size, line;
    struct file_object *file = bind_method(native, args, &size, err);
    struct value list = value_list(0, NULL);

    (void)interp;
    for (bool more = file != NULL; more;) {
        if (!next_line(file, &line, err)) {
            file = NULL;
            break;
        }
        more = line.string->length > 0;
        if (more)
            list_append(list.sequence, line);
        value_unref(line);
    }
    if (file)
        *ret = list;
    else
        value_unref(list);
    return file != NULL;
}

static bool write_text(struct file_object *file, struct value text,
                       struct error *err)
{
    if (!check_open(file, err))
        return false;
    if (file->binary && text.kind != VALUE_BYTES)
        return error_set(err, ERROR_TYPE,
                         "a bytes-like object is required, not '%s'",
                         value_type_name(text));
    if (!file->binary && text.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "write() argument must be str, not %s",
                         value_type_name(text));
    return file_object_write(file, text.string->text, text.string->length, err);
}

NATIVE(write_call)
{
    struct value text;
    struct file_object *file = bind_method(native, args, &text, err);

    (void)interp;
    if (!file || !write_text(file, text, err))
        return false;
    int64_t count = 0;
    for (size_t i = 0; i < text.string->length; i++)
        count += (text.string->text[i] & 0xc0) != 0x80;
    *ret = value_int(count);
    return true;
}

NATIVE(writelines_call)
{
    struct value lines, *items;
    size_t count;
    struct file_object *file = bind_method(native, args, &lines, err);

    if (!file || !interp_collect(interp, lines, &count, &items, err))
        return false;
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        good = good && write_text(file, items[i], err);
        value_unref(items[i]);
    }
    free(items);
    *ret = value_none();
    return good;
}

NATIVE(seek_call)
{
    struct value slots[2];
    int64_t offset, whence = 0;
    struct file_object *file = bind_method(native, args, slots, err);

    (void)interp;
    if (!file || !check_open(file, err))
        return false;
    if (!value_as_int(slots[0], &offset) ||
        (slot_given(slots[1]) && !value_as_int(slots[1], &whence)))
        return error_set(err, ERROR_TYPE,
                         "'%s' object cannot be interpreted as an integer",
                         value_type_name(slots[0]));
    if (file->stream)
        return error_set(err, ERROR_NOT_IMPLEMENTED,
                         _("a file that is written to goes on at its end"));
    if (whence == 1)
        offset += (int64_t)file->position;
    else if (whence == 2)
        offset += (int64_t)file->text.length;
    if (offset < 0 || whence < 0 || whence > 2)
        return error_set(err, ERROR_VALUE, "Negative seek position %lld",
                         (long long)offset);
    file->position = (size_t)offset;
    *ret = value_int(offset);
    return true;
}

NATIVE(tell_call)
{
    struct file_object *file = bind_method(native, args, NULL, err);

    (void)interp;
    if (!file || !check_open(file, err))
        return false;
    *ret = value_int(file->stream ? (int64_t)ftello(file->stream)
                                  : (int64_t)file->position);
    return true;
}

NATIVE(getvalue_call)
{
    struct file_object *file = bind_method(native, args, NULL, err);

    (void)interp;
    if (!file || !check_open(file, err))
        return false;
    *ret = value_string_n(file->text.text, file->text.length);
    return true;
}

NATIVE(flush_call)
{
    struct file_object *file = bind_method(native, args, NULL, err);

    (void)interp;
    *ret = value_none();
    return file && check_open(file, err) && flush(file, err);
}

NATIVE(close_call)
{
    struct file_object *file = bind_method(native, args, NULL, err);

    (void)interp;
    *ret = value_none();
    return file && close_file(file, err);
}

NATIVE(enter_call)
{
    struct file_object *file = bind_method(native, args, NULL, err);

    (void)interp;
    if (!file || !check_open(file, err))
        return false;
    *ret = value_ref(args->values[0]);
    return true;
}

NATIVE(exit_call)
{
    struct value slots[3];
    struct file_object *file = bind_method(native, args, slots, err);

    (void)interp;
    *ret = value_none();
    return file && close_file(file, err);
}

static struct native methods[] = {
    FUNCTION_ROW("read", read_call, size_params, "The rest of the file"),
    FUNCTION_ROW("readline", readline_call, size_params, "The next line"),
    FUNCTION_ROW("readlines", readlines_call, size_params,
                 "The lines that are left, a list"),
    FUNCTION_ROW("write", write_call, text_params, "Writes a string"),
    FUNCTION_ROW("writelines", writelines_call, lines_params,
                 "Writes the strings of a list"),
    FUNCTION_ROW("seek", seek_call, seek_params,
                 "Where reading goes on; 0 is the start"),
    FUNCTION_ROW("tell", tell_call, no_params, "Where reading goes on"),
    FUNCTION_ROW("flush", flush_call, no_params, "Writes out what waits"),
    FUNCTION_ROW("close", close_call, no_params, "Ends the work on the file"),
    FUNCTION_ROW("__enter__", enter_call, no_params, NULL),
    FUNCTION_ROW("__exit__", exit_call, exit_params, NULL),
    {.name = NULL},
};

static struct native string_methods_only[] = {
    FUNCTION_ROW("getvalue", getvalue_call, no_params, "All of its text"),
    {.name = NULL},
};

static bool file_attribute(struct interp *interp, struct value self,
                           const char *name, struct value *ret,
                           struct error *err)
{
    struct file_object *file = file_object_get(self);
    bool is_string = value_opaque_data(self, &string_type) != NULL;

    (void)interp;
    if (native_method(methods, self, name, ret) ||
        (is_string && native_method(string_methods_only, self, name, ret)))
        return true;
    if (!strcmp(name, "closed"))
        *ret = value_bool(file->closed);
    else if (!strcmp(name, "name") && !is_string)
        *ret = value_string(file->name);
    else if (!strcmp(name, "mode") && !is_string)
        *ret = value_string(file->mode);
    else
        return error_set(err, ERROR_ATTRIBUTE,
                         "'%s' object has no attribute '%s'",
                         value_type_name(self), name);
    return true;
}

static void file_repr(void *data, struct strbuf *sb)
{
    const struct file_object *file = data;
    strbuf_addf(sb, "<_io.TextIOWrapper name='%s' mode='%s' encoding='UTF-8'>",
                file->name, file->mode);
}

/* --------------------------------------------------------------- iteration */

static bool lines_next(struct interp *interp, void *data, bool *done,
                       struct value *ret, struct error *err)
{
    struct value *file = data, line;

    (void)interp;
    if (!next_line(file_object_get(*file), &line, err))
        return false;
    *done = line.string->length == 0;
    if (*done)
        value_unref(line);
    else
        *ret = line;
    return true;
}

static void lines_free(void *data)
{
    struct value *file = data;
    value_unref(*file);
    free(file);
}

static const struct iterator_type lines_type = {"_io.TextIOWrapper", lines_next,
                                                lines_free};

static bool file_iterate(struct interp *interp, struct value self,
                         struct value *ret, struct error *err)
{
    (void)interp;
    if (!check_readable(file_object_get(self), err))
        return false;
    struct value *file = xmalloc(sizeof *file);
    *file = value_ref(self);
    *ret = value_iterator(&lines_type, file);
    return true;
}

static const char *const file_names[] = {
    "read", "readline", "readlines", "write", "writelines", "seek",
    "tell", "close",    "closed",    "name",  "mode",       NULL};

static const struct native_type file_type = {.name = "_io.TextIOWrapper",
                                             .free = file_free,
                                             .repr = file_repr,
                                             .get_attribute = file_attribute,
                                             .iterate = file_iterate,
                                             .attributes = file_names};
static const struct native_type string_type = {.name = "_io.StringIO",
                                               .free = file_free,
                                               .get_attribute = file_attribute,
                                               .iterate = file_iterate,
                                               .attributes = file_names};

/* -------------------------------------------------------------------- open */

static bool parse_mode(struct file_object *file, struct error *err)
{
    const char *mode = file->mode;
    int kinds = 0;

    for (const char *c = mode; *c; c++) {
        if (!strchr("rwaxbt+", *c) || strchr(c + 1, *c))
            return error_set(err, ERROR_VALUE, "invalid mode: '%s'", mode);
        kinds += strchr("rwax", *c) != NULL;
        file->binary |= *c == 'b';
    }
    if (kinds != 1)
        return error_set(err, ERROR_VALUE,
                         "must have exactly one of create/read/write/append "
                         "mode");
    if (strchr(mode, '+'))
        return error_set(err, ERROR_NOT_IMPLEMENTED,
                         _("a file is either read or written, mode '%s' is "
                           "both"),
                         mode);
    file->readable = strchr(mode, 'r') != NULL;
    file->writable = !file->readable;
    return true;
}

/* "\r\n" and "\r" are "\n" to who reads. */
static void translate_newlines(struct strbuf *text)
{
    size_t to = 0;

    for (size_t from = 0; from < text->length; from++) {
        char c = text->text[from];
        if (c == '\r') {
            if (text->text[from + 1] == '\n')
                continue;
            c = '\n';
        }
        text->text[to++] = c;
    }
    strbuf_truncate(text, to);
}

static bool check_utf8(const struct file_object *file, struct error *err)
{
    uint32_t c;

    for (size_t at = 0; at < file->text.length;) {
        int used =
            utf8_decode(file->text.text + at, file->text.length - at, &c);
        if (used <= 0)
            return error_set(err, ERROR_UNICODE,
                             _("%s: not UTF-8 text: byte 0x%02x at position "
                               "%zu"),
                             file->name, (unsigned char)file->text.text[at],
                             at);
        at += (size_t)used;
    }
    return true;
}

static bool open_to_read(struct file_object *file, struct error *err)
{
    if (!file_read_regular(file->name, &file->text, err))
        return false;
    if (file->binary)
        return true;
    if (!check_utf8(file, err))
        return false;
    translate_newlines(&file->text);
    return true;
}

static bool open_to_write(struct file_object *file, struct error *err)
{
    const char *mode = strchr(file->mode, 'w')   ? "we"
                       : strchr(file->mode, 'a') ? "ae"
                                                 : "wxe";
    if (!confine_allow_writing(file->name, err))
        return false;
    file->stream = fopen(file->name, mode);
    return file->stream || error_set_errno(err, errno, file->name);
}

static const struct param open_params[] = {{"file", PARAM_ANY, 0, NULL},
                                           {"mode", PARAM_ANY, 0, "'r'"},
                                           {"buffering", PARAM_ANY, 0, "-1"},
                                           {"encoding", PARAM_ANY, 0, "None"},
                                           {"errors", PARAM_ANY, 0, "None"},
                                           {"newline", PARAM_ANY, 0, "None"},
                                           {NULL, 0, 0, NULL}};

NATIVE(open_call)
{
    struct value slots[6];

    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    slots[0] = value_plain(slots[0]);
    if (slots[0].kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "expected str, bytes or os.PathLike object, not %s",
                         value_type_name(slots[0]));
    if (slot_given(slots[1]) && slots[1].kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "open() argument 'mode' must be str, not %s",
                         value_type_name(slots[1]));
    struct file_object *file = xcalloc(1, sizeof *file);
    strbuf_init(&file->text);
    file->name = xstrdup(slots[0].string->text);
    file->mode = xstrdup(slot_given(slots[1]) ? slots[1].string->text : "r");
    if (parse_mode(file, err) &&
        (file->readable ? open_to_read(file, err) : open_to_write(file, err))) {
        *ret = value_opaque(&file_type, file);
        return true;
    }
    file_free(file);
    return false;
}

static const struct param string_params[] = {
    {"initial_value", PARAM_ANY, 0, "''"},
    {"newline", PARAM_ANY, 0, "None"},
    {NULL, 0, 0, NULL}};

NATIVE(string_io_call)
{
    struct value slots[2];

    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    if (slot_given(slots[0]) && slots[0].kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "initial_value must be str or None, not %s",
                         value_type_name(slots[0]));
    struct file_object *file = xcalloc(1, sizeof *file);
    strbuf_init(&file->text);
    file->name = xstrdup("<StringIO>");
    file->mode = xstrdup("");
    file->readable = file->writable = true;
    if (slot_given(slots[0]))
        strbuf_add(&file->text, slots[0].string->text, slots[0].string->length);
    *ret = value_opaque(&string_type, file);
    return true;
}

static struct native builtins[] = {
    FUNCTION_ROW("open", open_call, open_params,
                 "Opens a file to read ('r'), write ('w') or add to ('a')"),
    {.name = NULL},
};

static struct native io_functions[] = {
    FUNCTION_ROW("StringIO", string_io_call, string_params,
                 "Text in memory that is read and written as a file"),
    {.name = NULL},
};

void files_install(struct interp *interp)
{
    struct value io = value_module("io");

    natives_add_builtins(builtins, interp);
    natives_add_to_module(io_functions, io.module);
    interp_add_module(interp, "io", io);
    value_unref(io);
}
