/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"

static const char *const kind_names[] = {
#define X(identifier, name) [ERROR_##identifier] = name,
    ERROR_KINDS(X)
#undef X
};

/* The parent of each kind that is not directly below Exception. Those that
   end the program are below BaseException. */
static const enum error_kind kind_parents[ERROR_KIND_COUNT] = {
    [ERROR_EXCEPTION] = ERROR_BASE_EXCEPTION,
    [ERROR_KEYBOARD_INTERRUPT] = ERROR_BASE_EXCEPTION,
    [ERROR_SYSTEM_EXIT] = ERROR_BASE_EXCEPTION,
    [ERROR_GENERATOR_EXIT] = ERROR_BASE_EXCEPTION,
    [ERROR_INDENTATION] = ERROR_SYNTAX,
    [ERROR_UNBOUND_LOCAL] = ERROR_NAME,
    [ERROR_INDEX] = ERROR_LOOKUP,
    [ERROR_KEY] = ERROR_LOOKUP,
    [ERROR_ZERO_DIVISION] = ERROR_ARITHMETIC,
    [ERROR_OVERFLOW] = ERROR_ARITHMETIC,
    [ERROR_FLOATING_POINT] = ERROR_ARITHMETIC,
    [ERROR_RECURSION] = ERROR_RUNTIME,
    [ERROR_NOT_IMPLEMENTED] = ERROR_RUNTIME,
    [ERROR_MODULE_NOT_FOUND] = ERROR_IMPORT,
    [ERROR_UNICODE] = ERROR_VALUE,
    [ERROR_FILE_NOT_FOUND] = ERROR_OS,
    [ERROR_FILE_EXISTS] = ERROR_OS,
    [ERROR_IS_A_DIRECTORY] = ERROR_OS,
    [ERROR_PERMISSION] = ERROR_OS,
    [ERROR_AXIS] = ERROR_VALUE,
    [ERROR_LINALG] = ERROR_VALUE,
    [ERROR_USER_WARNING] = ERROR_WARNING,
    [ERROR_RUNTIME_WARNING] = ERROR_WARNING,
    [ERROR_DEPRECATION_WARNING] = ERROR_WARNING,
    [ERROR_FUTURE_WARNING] = ERROR_WARNING,
    [ERROR_RANK_WARNING] = ERROR_USER_WARNING,
    [ERROR_VISIBLE_DEPRECATION_WARNING] = ERROR_USER_WARNING,
};

struct source *source_new(const char *name, const char *text, size_t length)
{
    struct source *source = xcalloc(1, sizeof *source);
    source->refs = 1;
    source->name = xstrdup(name);
    source->text = xstrndup(text, length);
    source->length = length;
    source->first_line = 1;
    return source;
}

struct source *source_ref(struct source *source)
{
    source->refs++;
    return source;
}

void source_unref(struct source *source)
{
    if (!source || --source->refs)
        return;
    free(source->name);
    free(source->text);
    free(source);
}

static char *vformat(const char *format, va_list args)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_vaddf(&sb, format, args);
    return strbuf_steal(&sb);
}

static void fill(struct error *err, enum error_kind kind, char *message)
{
    error_clear(err);
    err->kind = kind;
    err->message = message;
}

bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(err, kind, vformat(format, args));
    va_end(args);
    return false;
}

void *error_null(struct error *err, enum error_kind kind, const char *format,
                 ...)
{
    va_list args;
    va_start(args, format);
    fill(err, kind, vformat(format, args));
    va_end(args);
    return NULL;
}

static enum error_kind kind_of_errno(int number)
{
    switch (number) {
    case ENOENT:
        return ERROR_FILE_NOT_FOUND;
    case EEXIST:
        return ERROR_FILE_EXISTS;
    case EISDIR:
        return ERROR_IS_A_DIRECTORY;
    case EACCES:
    case EPERM:
        return ERROR_PERMISSION;
    default:
        return ERROR_OS;
    }
}

bool error_set_errno(struct error *err, int number, const char *path)
{
    return error_set(err, kind_of_errno(number), "[Errno %d] %s: '%s'", number,
                     strerror(number), path);
}

void error_hint(struct error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    free(err->hint);
    err->hint = vformat(format, args);
    va_end(args);
}

void error_note(struct error *err, struct span span, const char *format, ...)
{
    if (err->note_count == ERROR_MAX_NOTES)
        return;
    va_list args;
    va_start(args, format);
    err->notes[err->note_count++] =
        (struct error_note){span, vformat(format, args)};
    va_end(args);
}

void error_frame(struct error *err, struct source *source, struct span span,
                 const char *function)
{
    if (err->frame_count == ERROR_MAX_FRAMES)
        return;
    err->frames[err->frame_count++] = (struct error_frame){
        source_ref(source), span, function ? xstrdup(function) : NULL};
}

void error_move(struct error *to, struct error *from)
{
    error_clear(to);
    *to = *from;
    *from = (struct error)ERROR_INIT;
}

void error_clear(struct error *err)
{
    free(err->message);
    free(err->hint);
    for (int i = 0; i < err->note_count; i++)
        free(err->notes[i].text);
    for (int i = 0; i < err->frame_count; i++) {
        source_unref(err->frames[i].source);
        free(err->frames[i].function);
    }
    if (err->payload)
        err->payload_free(err->payload);
    *err = (struct error)ERROR_INIT;
}

const char *error_kind_name(enum error_kind kind)
{
    return kind_names[kind];
}

enum error_kind error_kind_find(const char *name)
{
    for (int kind = 1; kind < ERROR_KIND_COUNT; kind++) {
        const char *dot = strrchr(kind_names[kind], '.');
        if (!strcmp(name, kind_names[kind]) ||
            (dot && !strcmp(name, dot + 1)))
            return (enum error_kind)kind;
    }
    return ERROR_NONE;
}

enum error_kind error_kind_parent(enum error_kind kind)
{
    if (kind == ERROR_NONE || kind == ERROR_BASE_EXCEPTION)
        return ERROR_NONE;
    return kind_parents[kind] ? kind_parents[kind] : ERROR_EXCEPTION;
}

bool error_kind_is(enum error_kind kind, enum error_kind base)
{
    if (kind == ERROR_AXIS && base == ERROR_INDEX)
        return true; /* NumPy derives AxisError from both */
    for (; kind != ERROR_NONE; kind = error_kind_parent(kind))
        if (kind == base)
            return true;
    return false;
}
