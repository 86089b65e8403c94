/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays in binary files: NPY, NPZ and bare elements. */
#include "bind/numpy_files.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/confine.h"
#include "base/i18n.h"
#include "base/path.h"
#include "bind/file_object.h"
#include "bind/op_call.h"
#include "data/npy.h"
#include "data/npz.h"
#include "data/text.h"
#include "lang/object.h"

bool file_name_of(const char *function, struct value value, const char **ret,
                  struct error *err)
{
    value = value_plain(value); /* a pathlib.Path */
    if (value.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         _("%s() wants the name of a file, not %s"), function,
                         value_type_name(value));
    *ret = value.string->text;
    if (strlen(*ret) != value.string->length)
        return error_set(err, ERROR_VALUE, "embedded null byte");
    return true;
}

/* NAME with SUFFIX, unless it ends so; to be free()d. */
static char *with_suffix(const char *name, const char *suffix)
{
    size_t length = strlen(name), size = strlen(suffix);
    bool has = length >= size && !strcmp(name + length - size, suffix);
    return xasprintf("%s%s", name, has ? "" : suffix);
}

/* ----------------------------------------------------------------- sources */

static int64_t read_descriptor(struct byte_source *source, char *memory,
                               int64_t size, struct error *err)
{
    ssize_t got;

    do
        got = read(*(int *)source->handle, memory, (size_t)size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        error_set_errno(err, errno, source->name);
    return got;
}

/* A regular file; -1 with an error. */
static int open_source(const char *path, int *descriptor,
                       struct byte_source *source, struct error *err)
{
    struct stat status;

    if (!confine_allow_reading(path, err))
        return -1;
    *descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*descriptor < 0 || fstat(*descriptor, &status) != 0)
        return error_set_errno(err, errno, path), -1;
    bool regular = S_ISREG(status.st_mode);
    if (!regular) {
        if (S_ISDIR(status.st_mode))
            error_set_errno(err, EISDIR, path);
        else
            error_set(err, ERROR_OS, _("%s: not a regular file"), path);
        close(*descriptor);
        return -1;
    }
    *source = (struct byte_source){.name = path,
                                   .size = status.st_size,
                                   .read = read_descriptor,
                                   .handle = descriptor};
    return *descriptor;
}

static int64_t read_object(struct byte_source *source, char *memory,
                           int64_t size, struct error *err)
{
    const char *text;
    size_t length;

    if (!file_object_rest(source->handle, &text, &length, err))
        return -1;
    if ((int64_t)length > size)
        length = (size_t)size;
    memcpy(memory, text, length);
    file_object_advance(source->handle, length);
    return (int64_t)length;
}

static bool object_source(struct file_object *file, struct byte_source *source,
                          struct error *err)
{
    const char *text;
    size_t length;

    if (!file_object_rest(file, &text, &length, err))
        return false;
    *source = (struct byte_source){.name = file_object_name(file),
                                   .size = (int64_t)length,
                                   .read = read_object,
                                   .handle = file};
    return true;
}

/* -------------------------------------------------------------------- save */

static const struct param save_params[] = {
    {"file", PARAM_ANY, 0, NULL},
    {"arr", PARAM_ANY, 0, NULL},
    {"allow_pickle", PARAM_ANY, 0, "True"},
    {"fix_imports", PARAM_ANY, 0, "True"},
    {NULL, 0, 0, NULL}};

static bool save_array(struct value file, struct tensor *tensor,
                       struct error *err)
{
    struct strbuf header = STRBUF_INIT;
    struct file_object *object = file_object_get(file);
    const char *name;
    bool fortran, good = false;
    struct tensor *elements = npy_elements(tensor, err);

    if (!elements)
        return false;
    npy_header(tensor, &header, &fortran);
    struct file_part parts[] = {
        {header.text, header.length},
        {elements->data, (size_t)elements->size * dtype_size(elements->dtype)}};
    if (object) {
        good =
            file_object_write(object, parts[0].bytes, parts[0].length, err) &&
            file_object_write(object, parts[1].bytes, parts[1].length, err);
    } else if (file_name_of("save", file, &name, err)) {
        char *path = with_suffix(name, ".npy");
        good = file_write_parts(path, 2, parts, err);
        free(path);
    }
    strbuf_done(&header);
    tensor_unref(elements);
    return good;
}

NATIVE(save_call)
{
    struct value slots[4];

    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct tensor *tensor = value_to_tensor(slots[1], DTYPE_COUNT, err);
    bool good = tensor && save_array(slots[0], tensor, err);
    tensor_unref(tensor);
    *ret = value_none();
    return good;
}

/* ------------------------------------------------------------------- savez */

struct members {
    int count;
    char **names;
    struct tensor **tensors;
};

static void members_done(struct members *members)
{
    for (int i = 0; i < members->count; i++) {
        free(members->names[i]);
        tensor_unref(members->tensors[i]);
    }
    free(members->names);
    free(members->tensors);
}

static bool add_member(struct members *members, char *name, struct value value,
                       struct error *err)
{
    for (int i = 0; i < members->count; i++) {
        if (strcmp(members->names[i], name) != 0)
            continue;
        error_set(err, ERROR_VALUE,
                  "Cannot use un-named variables and keyword %s", name);
        free(name);
        return false;
    }
    struct tensor *tensor = value_to_tensor(value, DTYPE_COUNT, err);
    if (!tensor) {
        free(name);
        return false;
    }
    members->names[members->count] = name;
    members->tensors[members->count++] = tensor;
    return true;
}

/* Keywords by their names, the others as arr_0, arr_1… */
static bool collect_members(const struct call_args *args,
                            struct members *members, struct error *err)
{
    size_t room = (size_t)(args->count + args->keyword_count);

    members->names = xcalloc(room, sizeof *members->names);
    members->tensors = xcalloc(room, sizeof(struct tensor *));
    for (int i = 0; i < args->keyword_count; i++)
        if (!add_member(members, xstrdup(args->keywords[i].name),
                        args->keywords[i].value, err))
            return false;
    for (int i = 1; i < args->count; i++)
        if (!add_member(members, xasprintf("arr_%d", i - 1), args->values[i],
                        err))
            return false;
    return true;
}

static bool save_members(const struct native *native,
                         const struct call_args *args, bool compressed,
                         struct value *ret, struct error *err)
{
    struct members members = {.count = 0};
    const char *name;

    if (args->count == 0)
        return error_set(err, ERROR_TYPE,
                         "%s() missing 1 required positional argument: 'file'",
                         native->name);
    if (!file_name_of(native->name, args->values[0], &name, err))
        return false;
    bool good = collect_members(args, &members, err);
    if (good) {
        char *path = with_suffix(name, ".npz");
        good =
            npz_write(path, members.count, (const char *const *)members.names,
                      members.tensors, compressed, err);
        free(path);
    }
    members_done(&members);
    *ret = value_none();
    return good;
}

NATIVE(savez_call)
{
    (void)interp;
    return save_members(native, args, false, ret, err);
}

NATIVE(savez_compressed_call)
{
    (void)interp;
    return save_members(native, args, true, ret, err);
}

/* ----------------------------------------------------------------- NpzFile */

struct npz_file {
    struct npz *npz; /* NULL when closed */
};

static const struct native_type npz_type;

static void npz_free(void *data)
{
    struct npz_file *file = data;
    npz_close(file->npz);
    free(file);
}

/* The open archive in VALUE. */
static struct npz *npz_of(struct value value, struct error *err)
{
    struct npz_file *file = value_opaque_data(value, &npz_type);

    if (!file->npz)
        error_set(err, ERROR_VALUE, _("the NPZ file is closed"));
    return file->npz;
}

static bool npz_item(struct npz *npz, int index, struct value *ret,
                     struct error *err)
{
    struct tensor *tensor = npz_read(npz, index, err);
    if (tensor)
        *ret = value_tensor_take(tensor);
    return tensor != NULL;
}

static bool npz_get_item(struct interp *interp, struct value self,
                         struct value key, struct value *ret, struct error *err)
{
    struct npz *npz = npz_of(self, err);
    struct strbuf text = STRBUF_INIT;

    (void)interp;
    if (!npz)
        return false;
    int index = key.kind == VALUE_STRING ? npz_find(npz, key.string->text) : -1;
    if (index >= 0)
        return npz_item(npz, index, ret, err);
    value_str(key, &text);
    error_set(err, ERROR_KEY, "%s is not a file in the archive", text.text);
    strbuf_clear(&text);
    for (int i = 0; i < npz_count(npz) && i < 20; i++)
        strbuf_addf(&text, "%s'%s'", i ? ", " : "", npz_name(npz, i));
    error_hint(err, _("it holds %s"), text.length ? text.text : _("nothing"));
    strbuf_done(&text);
    return false;
}

/* What items(), keys() and values() list. */
enum { KEYS = 1, VALUES = 2 };

static bool npz_list(struct value self, int what, struct value *ret,
                     struct error *err)
{
    struct npz *npz = npz_of(self, err);
    struct value list = value_list(0, NULL), pair[2];

    for (int i = 0; npz && i < npz_count(npz); i++) {
        int count = 0;
        if (what & KEYS)
            pair[count++] = value_string(npz_name(npz, i));
        if (what & VALUES && !npz_item(npz, i, &pair[count++], err)) {
            if (what & KEYS)
                value_unref(pair[0]);
            npz = NULL;
            break;
        }
        struct value item = count == 2 ? value_tuple_take(2, pair) : pair[0];
        list_append(list.sequence, item);
        value_unref(item);
    }
    if (npz)
        *ret = list;
    else
        value_unref(list);
    return npz != NULL;
}

static bool npz_iterate(struct interp *interp, struct value self,
                        struct value *ret, struct error *err)
{
    struct value names;

    if (!npz_list(self, KEYS, &names, err))
        return false;
    bool good = interp_iterate(interp, names, ret, err);
    value_unref(names);
    return good;
}

NATIVE(npz_list_call)
{
    (void)interp;
    if (args->count != 1 || args->keyword_count)
        return error_set(err, ERROR_TYPE, "%s() takes no arguments",
                         native->name);
    int what = !strcmp(native->name, "items")    ? KEYS | VALUES
               : !strcmp(native->name, "values") ? VALUES
                                                 : KEYS;
    return npz_list(args->values[0], what, ret, err);
}

NATIVE(npz_close_call)
{
    struct npz_file *file = value_opaque_data(args->values[0], &npz_type);

    (void)interp;
    (void)native;
    (void)err;
    npz_close(file->npz);
    file->npz = NULL;
    *ret = value_none();
    return true;
}

NATIVE(npz_enter_call)
{
    (void)interp;
    (void)native;
    *ret = value_ref(args->values[0]);
    if (npz_of(args->values[0], err))
        return true;
    value_unref(*ret);
    return false;
}

static struct native npz_methods[] = {
    FUNCTION_ROW("keys", npz_list_call, NULL, "The names of the arrays"),
    FUNCTION_ROW("values", npz_list_call, NULL, "The arrays"),
    FUNCTION_ROW("items", npz_list_call, NULL, "Pairs of name and array"),
    FUNCTION_ROW("close", npz_close_call, NULL, "Ends the work on the file"),
    FUNCTION_ROW("__enter__", npz_enter_call, NULL, NULL),
    FUNCTION_ROW("__exit__", npz_close_call, NULL, NULL),
    {.name = NULL},
};

static bool npz_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err)
{
    (void)interp;
    if (native_method(npz_methods, self, name, ret))
        return true;
    if (!strcmp(name, "files"))
        return npz_list(self, KEYS, ret, err);
    return error_set(err, ERROR_ATTRIBUTE,
                     "'NpzFile' object has no attribute '%s'", name);
}

static const char *const npz_names[] = {"files", "keys",  "values",
                                        "items", "close", NULL};
static const struct native_type npz_type = {.name = "numpy.lib.npyio.NpzFile",
                                            .free = npz_free,
                                            .get_attribute = npz_attribute,
                                            .get_item = npz_get_item,
                                            .iterate = npz_iterate,
                                            .attributes = npz_names};

/* -------------------------------------------------------------------- load */

static const struct param load_params[] = {
    {"file", PARAM_ANY, 0, NULL},
    {"mmap_mode", PARAM_ANY, 0, "None"},
    {"allow_pickle", PARAM_ANY, 0, "False"},
    {"fix_imports", PARAM_ANY, 0, "True"},
    {"encoding", PARAM_ANY, 0, "'ASCII'"},
    {NULL, 0, 0, NULL}};

static bool load_npz(const char *path, struct value *ret, struct error *err)
{
    struct npz *npz = npz_open(path, err);

    if (!npz)
        return false;
    struct npz_file *file = xcalloc(1, sizeof *file);
    file->npz = npz;
    *ret = value_opaque(&npz_type, file);
    return true;
}

static bool neither(const char *path, int64_t size, struct error *err)
{
    if (size == 0)
        return error_set(err, ERROR_EOF, _("%s: the file is empty"), path);
    error_set(err, ERROR_VALUE,
              _("%s: neither an NPY nor an NPZ file (pickled data are not "
                "loaded)"),
              path);
    error_hint(err, "np.loadtxt('%s')", path);
    return false;
}

static bool load_path(const char *path, struct value *ret, struct error *err)
{
    struct byte_source source;
    struct tensor *tensor = NULL;
    char start[6] = "";
    int descriptor;
    bool zip = false;

    if (open_source(path, &descriptor, &source, err) < 0)
        return false;
    ssize_t got = pread(descriptor, start, sizeof start, 0);
    if (npy_has_magic(start, got > 0 ? (size_t)got : 0))
        tensor = npy_read(&source, err);
    else
        zip = got > 3 &&
              (!memcmp(start, "PK\3\4", 4) || !memcmp(start, "PK\5\6", 4));
    close(descriptor);
    if (zip)
        return load_npz(path, ret, err);
    if (tensor)
        *ret = value_tensor_take(tensor);
    else if (!npy_has_magic(start, sizeof start))
        neither(path, source.size, err);
    return tensor != NULL;
}

NATIVE(load_call)
{
    struct value slots[5];
    struct byte_source source;
    const char *path;

    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct file_object *object = file_object_get(slots[0]);
    if (!object)
        return file_name_of("load", slots[0], &path, err) &&
               load_path(path, ret, err);
    if (!object_source(object, &source, err))
        return false;
    struct tensor *tensor = npy_read(&source, err);
    if (tensor)
        *ret = value_tensor_take(tensor);
    return tensor != NULL;
}

/* ----------------------------------------------------------- bare elements */

static const struct param fromfile_params[] = {
    {"file", PARAM_ANY, 0, NULL},  {"dtype", PARAM_DTYPE, 0, "float"},
    {"count", PARAM_ANY, 0, "-1"}, {"sep", PARAM_ANY, 0, "''"},
    {"offset", PARAM_ANY, 0, "0"}, {NULL, 0, 0, NULL}};
static const struct param fromstring_params[] = {
    {"string", PARAM_ANY, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "float"},
    {"count", PARAM_ANY, 0, "-1"},
    {"sep", PARAM_ANY, PARAM_KEYWORD_ONLY, NULL},
    {NULL, 0, 0, NULL}};

static bool dtype_or_float(struct value slot, enum dtype *ret,
                           struct error *err)
{
    *ret = DTYPE_FLOAT64;
    return !slot_given(slot) || dtype_convert(slot, ret, err);
}

static bool int_or(struct value slot, const char *name, int64_t *ret,
                   struct error *err)
{
    return !slot_given(slot) || value_as_int(slot, ret) ||
           error_set(err, ERROR_TYPE, "%s must be an integer, not %s", name,
                     value_type_name(slot));
}

/* Numbers with SEPARATOR between them, over any number of lines. */
static struct tensor *parse_numbers(const char *text, enum dtype dtype,
                                    const char *separator, int64_t count,
                                    struct error *err)
{
    struct strbuf line = STRBUF_INIT;
    bool spaces = strspn(separator, " ") == strlen(separator);
    struct text_options options = {.dtype = dtype,
                                   .delimiter = spaces ? NULL : separator,
                                   .max_rows = -1,
                                   .column_count = -1};
    int64_t minus = -1;

    strbuf_adds(&line, text);
    for (size_t i = 0; i < line.length; i++)
        if (line.text[i] == '\n' || line.text[i] == '\r')
            line.text[i] = ' ';
    struct tensor *table = text_read(line.text, line.length, &options, err);
    strbuf_done(&line);
    struct tensor *flat =
        table ? tensor_reshape(table, 1, &minus, 'C', err) : NULL;
    tensor_unref(table);
    if (!flat || count < 0 || count >= flat->size)
        return flat;
    struct tensor *part =
        tensor_view(flat, 1, &count, flat->strides, flat->data);
    tensor_unref(flat);
    return part;
}

static struct tensor *read_bare(const char *path, enum dtype dtype,
                                int64_t count, int64_t offset,
                                struct error *err)
{
    struct byte_source source;
    int descriptor;

    if (open_source(path, &descriptor, &source, err) < 0)
        return NULL;
    int64_t size = (int64_t)dtype_size(dtype);
    int64_t left = source.size > offset ? source.size - offset : 0;
    if (count < 0 || count > left / size)
        count = left / size;
    struct tensor *tensor = NULL;
    if (lseek(descriptor, offset, SEEK_SET) < 0)
        error_set_errno(err, errno, path);
    else
        tensor = tensor_new(dtype, 1, &count, err);
    if (tensor && !elements_read(&source, tensor, false, err)) {
        tensor_unref(tensor);
        tensor = NULL;
    }
    close(descriptor);
    return tensor;
}

NATIVE(fromfile_call)
{
    struct value slots[5];
    struct strbuf text = STRBUF_INIT;
    struct tensor *tensor = NULL;
    const char *path;
    enum dtype dtype;
    int64_t count = -1, offset = 0;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !file_name_of("fromfile", slots[0], &path, err) ||
        !dtype_or_float(slots[1], &dtype, err) ||
        !int_or(slots[2], "count", &count, err) ||
        !int_or(slots[4], "offset", &offset, err))
        return false;
    if (offset < 0)
        return error_set(err, ERROR_VALUE, "offset < 0");
    if (slots[3].kind != VALUE_STRING || slots[3].string->length == 0)
        tensor = read_bare(path, dtype, count, offset, err);
    else if (file_read_regular(path, &text, err))
        tensor =
            parse_numbers(text.text, dtype, slots[3].string->text, count, err);
    strbuf_done(&text);
    if (tensor)
        *ret = value_tensor_take(tensor);
    return tensor != NULL;
}

NATIVE(fromstring_call)
{
    struct value slots[4];
    enum dtype dtype;
    int64_t count = -1;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !dtype_or_float(slots[1], &dtype, err) ||
        !int_or(slots[2], "count", &count, err))
        return false;
    if (slots[0].kind != VALUE_STRING || slots[3].kind != VALUE_STRING ||
        slots[3].string->length == 0)
        return error_set(err, ERROR_TYPE,
                         _("fromstring() wants a string and sep=',' or ' '"));
    struct tensor *tensor = parse_numbers(slots[0].string->text, dtype,
                                          slots[3].string->text, count, err);
    if (tensor)
        *ret = value_tensor_take(tensor);
    return tensor != NULL;
}

static const struct param tofile_params[] = {{"self", PARAM_ANY, 0, NULL},
                                             {"fid", PARAM_ANY, 0, NULL},
                                             {"sep", PARAM_ANY, 0, "''"},
                                             {"format", PARAM_ANY, 0, "'%s'"},
                                             {NULL, 0, 0, NULL}};

static void add_as_text(const struct tensor *tensor, const char *separator,
                        struct strbuf *text)
{
    for (int64_t i = 0; i < tensor->size; i++) {
        struct scalar element = tensor_item_at(tensor, i);
        if (i)
            strbuf_adds(text, separator);
        value_str(value_scalar(element), text);
    }
}

NATIVE(tofile_call)
{
    struct value slots[4];
    struct strbuf text = STRBUF_INIT;
    const char *path;

    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct tensor *tensor = value_to_tensor(slots[0], DTYPE_COUNT, err);
    struct tensor *plain =
        tensor ? tensor_contiguous(tensor, tensor->dtype, err) : NULL;
    tensor_unref(tensor);
    if (!plain)
        return false;
    size_t length = (size_t)plain->size * dtype_size(plain->dtype);
    bool as_text = slots[2].kind == VALUE_STRING && slots[2].string->length;
    if (as_text)
        add_as_text(plain, slots[2].string->text, &text);
    struct file_object *object = file_object_get(slots[1]);
    const char *bytes = as_text ? text.text : plain->data;
    length = as_text ? text.length : length;
    bool good = object ? file_object_write(object, bytes, length, err)
                       : file_name_of("tofile", slots[1], &path, err) &&
                             file_write(path, bytes, length, err);
    strbuf_done(&text);
    tensor_unref(plain);
    *ret = value_none();
    return good;
}

struct native tofile_native = FUNCTION_ROW(
    "tofile", tofile_call, tofile_params, "Writes the bare elements to a file");

static const struct param savez_params[] = {{"file", PARAM_ANY, 0, NULL},
                                            {NULL, 0, 0, NULL}};

static struct native functions[] = {
    FUNCTION_ROW("save", save_call, save_params,
                 "Writes an array to a file, which is called ….npy"),
    FUNCTION_ROW("savez", savez_call, savez_params,
                 "Writes several arrays to one file: savez('f.npz', x=x, y=y)"),
    FUNCTION_ROW("savez_compressed", savez_compressed_call, savez_params,
                 "As savez, but smaller and slower"),
    FUNCTION_ROW("load", load_call, load_params,
                 "Reads what save or savez wrote"),
    FUNCTION_ROW("fromfile", fromfile_call, fromfile_params,
                 "Reads the bare elements of an array"),
    FUNCTION_ROW("fromstring", fromstring_call, fromstring_params,
                 "An array from the numbers of a string"),
    {.name = NULL},
};

void numpy_files_install(struct module *numpy)
{
    natives_add_to_module(functions, numpy);
    natives_add_to_module(numpy_text_functions, numpy);
}
