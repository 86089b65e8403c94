/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.frombuffer, and what the modules struct and gzip need from C. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/alloc.h"
#include "base/confine.h"
#include "bind/library.h"
#include "bind/natives.h"
#include "bind/op_call.h"
#include "lang/interp.h"

static const struct param frombuffer_params[] = {
    {"buffer", PARAM_ANY, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "float64"},
    {"count", PARAM_ANY, 0, "-1"},
    {"offset", PARAM_ANY, 0, "0"},
    {NULL, 0, 0, NULL}};

static bool number_slot(struct value slot, int64_t otherwise, int64_t *ret,
                        struct error *err)
{
    *ret = otherwise;
    return slot.kind == VALUE_UNDEFINED || value_as_int(slot, ret) ||
           error_set(err, ERROR_TYPE,
                     "'%s' object cannot be interpreted as an integer",
                     value_type_name(slot));
}

NATIVE(frombuffer_call)
{
    struct value slots[4];
    enum dtype dtype = DTYPE_FLOAT64;
    int64_t count, offset;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        (slot_given(slots[1]) && !dtype_convert(slots[1], &dtype, err)) ||
        !number_slot(slots[2], -1, &count, err) ||
        !number_slot(slots[3], 0, &offset, err))
        return false;
    if (slots[0].kind != VALUE_BYTES)
        return error_set(err, ERROR_TYPE,
                         "a bytes-like object is required, not '%s'",
                         value_type_name(slots[0]));
    int64_t length = (int64_t)slots[0].string->length;
    int64_t size = (int64_t)dtype_size(dtype);
    if (offset < 0 || (offset && offset >= length))
        return error_set(err, ERROR_VALUE,
                         "offset must be non-negative and no greater than "
                         "buffer length (%lld)",
                         (long long)length);
    if (count < 0 && (length - offset) % size)
        return error_set(err, ERROR_VALUE,
                         "buffer size must be a multiple of element size");
    if (count < 0)
        count = (length - offset) / size;
    if (count > (length - offset) / size)
        return error_set(err, ERROR_VALUE,
                         "buffer is smaller than requested size");
    struct tensor *tensor = tensor_new(dtype, 1, &count, err);
    if (!tensor)
        return false;
    if (count)
        memcpy(tensor->data, slots[0].string->text + offset,
               (size_t)(count * size));
    tensor->readonly = true;
    *ret = value_tensor_take(tensor);
    return true;
}

struct native bytes_natives[] = {
    FUNCTION_ROW("frombuffer", frombuffer_call, frombuffer_params,
                 "An array of what the bytes stand for"),
    {.name = NULL},
};

/* -------------------------------------------------------------------- gzip */

static const struct param x_params[] = {{"x", PARAM_ANY, 0, NULL},
                                        {NULL, 0, 0, NULL}};

/* The contents of a file that gzip has made, or of any other. */
NATIVE(gunzip_call)
{
    struct value x;
    struct strbuf sb = STRBUF_INIT;
    char part[65536];
    int got;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    x = value_plain(x);
    if (x.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "expected str, bytes or os.PathLike object, not %s",
                         value_type_name(x));
    if (!confine_allow_reading(x.string->text, err))
        return false;
    gzFile file = gzopen(x.string->text, "rb");
    if (!file)
        return error_set_errno(err, errno ? errno : ENOENT, x.string->text);
    while ((got = gzread(file, part, sizeof part)) > 0)
        strbuf_add(&sb, part, (size_t)got);
    bool good = gzclose(file) == Z_OK && got == 0;
    if (good)
        *ret = value_bytes_n(sb.text ? sb.text : "", sb.length);
    else
        error_set(err, ERROR_OS, "'%s' is no sound gzip file", x.string->text);
    strbuf_done(&sb);
    return good;
}

/* The double of 8 bytes, the float of 4; and back. */
NATIVE(double_call)
{
    struct value x;
    double number;
    float small;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    if (x.kind == VALUE_BYTES && x.string->length == sizeof number) {
        memcpy(&number, x.string->text, sizeof number);
        *ret = value_float(number);
        return true;
    }
    if (x.kind == VALUE_BYTES && x.string->length == sizeof small) {
        memcpy(&small, x.string->text, sizeof small);
        *ret = value_float(small);
        return true;
    }
    if (!value_as_double(x, &number))
        return error_set(err, ERROR_TYPE, "required argument is not a float");
    small = (float)number;
    *ret = native->name[0] == 'f' ? value_bytes_n((char *)&small, sizeof small)
                                  : value_bytes_n((char *)&number,
                                                  sizeof number);
    return true;
}

static struct native hidden_natives[] = {
    FUNCTION_ROW("gunzip", gunzip_call, x_params, "A gzip file's contents"),
    FUNCTION_ROW("double", double_call, x_params, "A float64 and its bytes"),
    FUNCTION_ROW("float", double_call, x_params, "A float32 and its bytes"),
    {.name = NULL},
};

void bytes_install(struct interp *interp)
{
    struct value module = value_module("_bytes");

    natives_add_to_module(hidden_natives, module.module);
    interp_add_module(interp, "_bytes", module);
    value_unref(module);
}
