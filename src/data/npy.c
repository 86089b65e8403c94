/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/npy.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/interrupt.h"

enum {
    MAGIC = 6,
    CHUNK = 1 << 20,    /* between two looks at Ctrl-C */
    MAX_HEADER = 10000, /* NumPy's own limit */
    ALIGNMENT = 64,     /* of the elements in the file */
    GROWTH_DIGITS = 21  /* room for the first axis to grow in place */
};

static const char magic[MAGIC + 1] = "\x93NUMPY";

int64_t source_read(struct byte_source *source, char *memory, int64_t size,
                    struct error *err)
{
    int64_t done = 0;

    while (done < size) {
        int64_t rest = size - done;
        int64_t got = source->read(source, memory + done,
                                   rest < CHUNK ? rest : CHUNK, err);
        if (got < 0 || !interrupt_check(err))
            return -1;
        if (got == 0)
            break;
        done += got;
    }
    source->size -= done < source->size ? done : source->size;
    return done;
}

bool npy_has_magic(const char *bytes, size_t length)
{
    return length >= MAGIC && !memcmp(bytes, magic, MAGIC);
}

static bool bad(const struct byte_source *source, const char *what,
                struct error *err)
{
    return error_set(err, ERROR_VALUE, "%s: %s", source->name, what);
}

static bool read_exactly(struct byte_source *source, char *memory, int64_t size,
                         struct error *err)
{
    int64_t got = source_read(source, memory, size, err);
    if (got == size)
        return true;
    return got >= 0 && error_set(err, ERROR_VALUE,
                                 _("%s: the file is truncated: %" PRId64
                                   " bytes are missing"),
                                 source->name, size - got);
}

/* ------------------------------------------------------------------ header */

struct header {
    char type[16]; /* "<f8" */
    bool fortran;
    int ndim;
    int64_t shape[TENSOR_MAX_DIMS];
    bool has_type, has_order, has_shape;
};

static void skip_spaces(const char **at)
{
    *at += strspn(*at, " \t\n");
}

static bool take(const char **at, char c)
{
    skip_spaces(at);
    if (**at != c)
        return false;
    ++*at;
    return true;
}

/* 'text' or "text" without escapes. */
static bool take_string(const char **at, char *ret, size_t size)
{
    skip_spaces(at);
    char quote = **at;
    if (quote != '\'' && quote != '"')
        return false;
    const char *end = strchr(*at + 1, quote);
    if (!end || (size_t)(end - *at) > size)
        return false;
    size_t length = (size_t)(end - *at) - 1;
    memcpy(ret, *at + 1, length);
    ret[length] = '\0';
    *at = end + 1;
    return true;
}

static bool take_bool(const char **at, bool *ret)
{
    skip_spaces(at);
    *ret = !strncmp(*at, "True", 4);
    if (!*ret && strncmp(*at, "False", 5) != 0)
        return false;
    *at += *ret ? 4 : 5;
    return true;
}

static bool take_length(const char **at, int64_t *ret)
{
    char *end;

    skip_spaces(at);
    if (**at < '0' || **at > '9')
        return false;
    unsigned long long number = strtoull(*at, &end, 10);
    if (number > INT64_MAX)
        return false;
    *ret = (int64_t)number;
    *at = *end == 'L' ? end + 1 : end; /* Python 2 wrote 3L */
    return true;
}

static bool take_shape(const char **at, struct header *header)
{
    if (!take(at, '('))
        return false;
    while (!take(at, ')')) {
        if (header->ndim == TENSOR_MAX_DIMS ||
            !take_length(at, &header->shape[header->ndim++]))
            return false;
        if (!take(at, ',')) {
            skip_spaces(at);
            if (**at != ')')
                return false;
        }
    }
    return true;
}

static bool take_item(const char **at, struct header *header)
{
    char key[16];

    if (!take_string(at, key, sizeof key) || !take(at, ':'))
        return false;
    if (!strcmp(key, "descr"))
        return header->has_type =
                   take_string(at, header->type, sizeof header->type);
    if (!strcmp(key, "fortran_order"))
        return header->has_order = take_bool(at, &header->fortran);
    if (!strcmp(key, "shape"))
        return header->has_shape = take_shape(at, header);
    return false;
}

static bool parse_header(const char *text, struct header *header)
{
    if (!take(&text, '{'))
        return false;
    while (!take(&text, '}')) {
        if (!take_item(&text, header))
            return false;
        if (!take(&text, ',')) {
            skip_spaces(&text);
            if (*text != '}')
                return false;
        }
    }
    skip_spaces(&text);
    return !*text && header->has_type && header->has_order && header->has_shape;
}

/* "<f8" to float64; *SWAPPED: of another byte order than ours. */
static bool find_type(const struct byte_source *source, const char *type,
                      enum dtype *ret, bool *swapped, struct error *err)
{
    char order = type[0];
    const char *rest = order && strchr("<>=|", order) ? type + 1 : type;
    const union {
        uint16_t number;
        uint8_t first;
    } probe = {.number = 1};
    char ours = probe.first ? '<' : '>';

    if (rest[0] == 'O')
        return bad(source,
                   "Object arrays cannot be loaded when allow_pickle=False",
                   err);
    if (rest[0] && strchr("biuf", rest[0]) && dtype_find(rest, ret)) {
        *swapped = (order == '<' || order == '>') && order != ours &&
                   dtype_size(*ret) > 1;
        return true;
    }
    error_set(err, ERROR_VALUE,
              _("%s: holds elements of type '%s', which is "
                "not one of ours"),
              source->name, type);
    error_hint(err, !strcmp(rest, "f2")
                        ? _("in Python: np.save(file, a.astype('float32'))")
                        : _("bool, whole numbers of 8 to 64 bits, float32 "
                            "and float64 can be read"));
    return false;
}

/* The header's text; to be free()d. */
static char *read_header(struct byte_source *source, struct error *err)
{
    unsigned char start[MAGIC + 6];
    int64_t length;

    if (!read_exactly(source, (char *)start, MAGIC + 4, err))
        return NULL;
    if (memcmp(start, magic, MAGIC) != 0)
        return bad(source, _("not an NPY file"), err), NULL;
    if (start[MAGIC] < 1 || start[MAGIC] > 3 || start[MAGIC + 1] != 0)
        return error_null(err, ERROR_VALUE,
                          _("%s: NPY version %d.%d is not known"), source->name,
                          start[MAGIC], start[MAGIC + 1]);
    length = start[MAGIC + 2] | start[MAGIC + 3] << 8;
    if (start[MAGIC] > 1) {
        if (!read_exactly(source, (char *)start + MAGIC + 4, 2, err))
            return NULL;
        length |= (int64_t)start[MAGIC + 4] << 16 | (int64_t)start[MAGIC + 5]
                                                        << 24;
    }
    if (length > MAX_HEADER)
        return error_null(err, ERROR_VALUE,
                          _("%s: the header is damaged: it is said to have "
                            "%" PRId64 " bytes"),
                          source->name, length);
    char *text = xcalloc((size_t)length + 1, 1);
    if (!read_exactly(source, text, length, err)) {
        free(text);
        return NULL;
    }
    return text;
}

/* ---------------------------------------------------------------- elements */

static void swap_bytes(struct tensor *tensor)
{
    size_t size = dtype_size(tensor->dtype);

    for (int64_t i = 0; i < tensor->size; i++) {
        char *element = tensor->data + i * (int64_t)size;
        for (size_t k = 0; k < size / 2; k++) {
            char byte = element[k];
            element[k] = element[size - 1 - k];
            element[size - 1 - k] = byte;
        }
    }
}

bool elements_read(struct byte_source *source, struct tensor *tensor,
                   bool swapped, struct error *err)
{
    int64_t size = tensor->size * (int64_t)dtype_size(tensor->dtype);

    if (!read_exactly(source, tensor->data, size, err))
        return false;
    if (swapped)
        swap_bytes(tensor);
    /* Any byte that is not 0 is True. */
    for (int64_t i = 0; tensor->dtype == DTYPE_BOOL && i < size; i++)
        tensor->data[i] = tensor->data[i] != 0;
    return true;
}

/* Are there as many bytes as the header promises?  Asked before memory is. */
static bool check_size(const struct byte_source *source,
                       const struct header *header, enum dtype dtype,
                       struct error *err)
{
    int64_t size = (int64_t)dtype_size(dtype);
    bool fits = true, empty = false;

    for (int i = 0; i < header->ndim; i++)
        empty |= header->shape[i] == 0;
    for (int i = 0; !empty && fits && i < header->ndim; i++)
        fits = size_multiply(size, header->shape[i], &size);
    if (empty || (fits && size <= source->size))
        return true;
    struct strbuf text = STRBUF_INIT;
    shape_format(&text, header->ndim, header->shape);
    error_set(err, ERROR_VALUE,
              _("%s: the file is truncated: its header promises an array of "
                "shape %s, more than it can hold"),
              source->name, text.text);
    strbuf_done(&text);
    return false;
}

/* In Fortran order the file has the transposed array. */
static struct tensor *read_elements(struct byte_source *source,
                                    const struct header *header,
                                    enum dtype dtype, bool swapped,
                                    struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];

    for (int i = 0; i < header->ndim; i++)
        shape[i] = header->shape[header->fortran ? header->ndim - 1 - i : i];
    struct tensor *tensor = tensor_new(dtype, header->ndim, shape, err);
    if (tensor && !elements_read(source, tensor, swapped, err)) {
        tensor_unref(tensor);
        return NULL;
    }
    if (!tensor || !header->fortran)
        return tensor;
    struct tensor *turned = tensor_transpose(tensor, NULL, err);
    tensor_unref(tensor);
    return turned;
}

struct tensor *npy_read(struct byte_source *source, struct error *err)
{
    struct header header = {.fortran = false};
    enum dtype dtype;
    bool swapped = false;
    char *text = read_header(source, err);

    if (!text)
        return NULL;
    bool good = parse_header(text, &header);
    if (!good && strstr(text, "'descr': ["))
        bad(source,
            _("holds records with named fields; only plain arrays can "
              "be read"),
            err);
    else if (!good)
        bad(source, _("the header is damaged"), err);
    free(text);
    if (!good || !find_type(source, header.type, &dtype, &swapped, err) ||
        !check_size(source, &header, dtype, err))
        return NULL;
    return read_elements(source, &header, dtype, swapped, err);
}

/* ----------------------------------------------------------------- writing */

static bool is_fortran(const struct tensor *tensor)
{
    return tensor_is_f_contiguous(tensor) && !tensor_is_contiguous(tensor);
}

void npy_header(const struct tensor *tensor, struct strbuf *sb,
                bool *ret_fortran)
{
    static const char order_of_byte_order[] = "|<";
    struct strbuf text = STRBUF_INIT, axis = STRBUF_INIT;
    size_t size = dtype_size(tensor->dtype);
    int ndim = tensor->ndim;

    *ret_fortran = is_fortran(tensor);
    strbuf_addf(&text, "{'descr': '%c%c%zu', 'fortran_order': %s, 'shape': ",
                order_of_byte_order[size > 1], dtype_kind(tensor->dtype), size,
                *ret_fortran ? "True" : "False");
    shape_format(&text, ndim, tensor->shape);
    strbuf_adds(&text, ", }");
    if (ndim > 0) {
        strbuf_addf(&axis, "%" PRId64,
                    tensor->shape[*ret_fortran ? ndim - 1 : 0]);
        strbuf_repeat(&text, ' ', GROWTH_DIGITS - axis.length);
    }
    size_t start = MAGIC + 4;
    size_t padding = ALIGNMENT - (start + text.length + 1) % ALIGNMENT;
    strbuf_repeat(&text, ' ', padding);
    strbuf_addc(&text, '\n');
    strbuf_add(sb, magic, MAGIC);
    strbuf_addc(sb, 1);
    strbuf_addc(sb, 0);
    strbuf_addc(sb, (char)(text.length & 0xff));
    strbuf_addc(sb, (char)(text.length >> 8));
    strbuf_add(sb, text.text, text.length);
    strbuf_done(&text);
    strbuf_done(&axis);
}

struct tensor *npy_elements(struct tensor *tensor, struct error *err)
{
    if (!is_fortran(tensor))
        return tensor_contiguous(tensor, tensor->dtype, err);
    return tensor_transpose(tensor, NULL, err);
}
