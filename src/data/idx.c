/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/idx.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/interrupt.h"

enum {
    IDX_UNSIGNED_BYTE = 0x08,
    IDX_MAX_DIMS = 4,
    CHUNK = 1 << 20 /* between two looks at Ctrl-C */
};

/* deflate cannot do better than this (zlib's technical details). */
static const int64_t max_ratio = 1032;

struct reader {
    const char *path;
    gzFile file;
    int64_t file_size;
    struct error *err;
};

static bool bad(const struct reader *reader, const char *what)
{
    return error_set(reader->err, ERROR_VALUE, "%s: %s", reader->path, what);
}

/* ---------------------------------------------------------------- opening */

static bool check_file(struct reader *reader, int descriptor)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return error_set_errno(reader->err, errno, reader->path);
    if (S_ISDIR(status.st_mode))
        return error_set_errno(reader->err, EISDIR, reader->path);
    if (!S_ISREG(status.st_mode))
        return bad(reader, _("not a regular file"));
    reader->file_size = status.st_size;
    if (status.st_size == 0)
        return bad(reader, _("the file is empty"));
    return true;
}

static bool reader_open(struct reader *reader)
{
    int descriptor = open(reader->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return error_set_errno(reader->err, errno, reader->path);
    if (!check_file(reader, descriptor)) {
        close(descriptor);
        return false;
    }
    reader->file = gzdopen(descriptor, "rb");
    if (!reader->file) {
        close(descriptor);
        return error_set(reader->err, ERROR_MEMORY, "%s: out of memory",
                         reader->path);
    }
    gzbuffer(reader->file, 1 << 16);
    return true;
}

/* ---------------------------------------------------------------- reading */

/* After gzread() has failed. */
static bool read_failure(struct reader *reader)
{
    int code;
    gzerror(reader->file, &code);
    if (code == Z_ERRNO)
        return error_set_errno(reader->err, errno, reader->path);
    if (code == Z_BUF_ERROR)
        return bad(reader, _("the gzip data end in the middle: the file is "
                             "truncated"));
    return bad(reader, _("the gzip data are damaged"));
}

/* The bytes that were there, at most SIZE; -1 with an error. */
static int64_t read_some(struct reader *reader, char *memory, int64_t size)
{
    int64_t done = 0;
    while (done < size) {
        int64_t rest = size - done;
        int got = gzread(reader->file, memory + done,
                         (unsigned)(rest < CHUNK ? rest : CHUNK));
        if (got < 0)
            return read_failure(reader), -1;
        if (got == 0)
            break;
        done += got;
        if (!interrupt_check(reader->err))
            return -1;
    }
    return done;
}

/* At its end gzread() counts a truncated stream's bytes as if all were well,
   and only gzerror() tells. */
static bool check_end(struct reader *reader)
{
    int code;
    gzerror(reader->file, &code);
    return code == Z_OK || code == Z_STREAM_END || read_failure(reader);
}

static bool ended_early(struct reader *reader, int64_t got, int64_t wanted)
{
    return check_end(reader) &&
           error_set(reader->err, ERROR_VALUE,
                     "%s: the file is truncated: %" PRId64 " bytes are missing",
                     reader->path, wanted - got);
}

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
           (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool check_magic(struct reader *reader, const unsigned char *magic,
                        int ndim)
{
    const char *suffix = strrchr(reader->path, '.');
    if (suffix && !strcmp(suffix, ".gz") && gzdirect(reader->file))
        return bad(reader, _("not a gzip file"));
    if (magic[0] || magic[1] || magic[3] == 0 || magic[3] > IDX_MAX_DIMS)
        return error_set(reader->err, ERROR_VALUE,
                         "%s: not an IDX file: it starts with %02x %02x %02x "
                         "%02x",
                         reader->path, magic[0], magic[1], magic[2], magic[3]);
    if (magic[2] != IDX_UNSIGNED_BYTE)
        return error_set(reader->err, ERROR_VALUE,
                         "%s: holds elements of IDX type 0x%02x, unsigned "
                         "bytes (0x08) are wanted",
                         reader->path, magic[2]);
    if (magic[3] != ndim)
        return error_set(reader->err, ERROR_VALUE,
                         "%s: holds an array of %d axes, %d are wanted",
                         reader->path, magic[3], ndim);
    return true;
}

/* Can the file hold as much as its header says?  Asked before memory is. */
static bool check_size(struct reader *reader, int ndim, const int64_t *shape,
                       int64_t *ret_size)
{
    int64_t size = 1, header = 4 + 4 * ndim, most = reader->file_size - header;
    bool fits = true;
    for (int i = 0; fits && i < ndim; i++)
        fits = size_multiply(size, shape[i], &size);
    if (!gzdirect(reader->file) &&
        !size_multiply(reader->file_size, max_ratio, &most))
        most = INT64_MAX;
    *ret_size = size;
    if (fits && size <= most)
        return true;
    struct strbuf text = STRBUF_INIT;
    shape_format(&text, ndim, shape);
    error_set(reader->err, ERROR_VALUE,
              "%s: the file is truncated: its header promises an array of "
              "shape %s, more than it can hold",
              reader->path, text.text);
    strbuf_done(&text);
    return false;
}

/* SIZE bytes of the header; false when they are not there. */
static bool read_exactly(struct reader *reader, unsigned char *memory,
                         int64_t size)
{
    int64_t got = read_some(reader, (char *)memory, size);
    if (got == size)
        return true;
    return got < 0 ? false : ended_early(reader, got, size);
}

static bool read_header(struct reader *reader, int ndim, int64_t *shape,
                        int64_t *ret_size)
{
    unsigned char header[4 + 4 * IDX_MAX_DIMS];
    *ret_size = 0;
    if (!read_exactly(reader, header, 4) ||
        !check_magic(reader, header, ndim) ||
        !read_exactly(reader, header + 4, 4 * ndim))
        return false;
    for (int i = 0; i < ndim; i++)
        shape[i] = big_endian(header + 4 + 4 * i);
    return check_size(reader, ndim, shape, ret_size);
}

/* One byte more than promised is asked for, and must not be there; this also
   makes zlib compare the checksum at the end. */
static bool read_elements(struct reader *reader, char *memory, int64_t size)
{
    int64_t got = read_some(reader, memory, size);
    if (got < 0)
        return false;
    if (got < size)
        return ended_early(reader, got, size);
    char extra;
    got = read_some(reader, &extra, 1);
    if (got > 0)
        return error_set(reader->err, ERROR_VALUE,
                         "%s: has more data than the %" PRId64
                         " bytes its header promises",
                         reader->path, size);
    return got == 0 && check_end(reader);
}

static struct tensor *read_tensor(struct reader *reader, int ndim)
{
    int64_t shape[IDX_MAX_DIMS], size;
    if (!read_header(reader, ndim, shape, &size))
        return NULL;
    struct tensor *tensor = tensor_new(DTYPE_UINT8, ndim, shape, reader->err);
    if (tensor && !read_elements(reader, tensor->data, size)) {
        tensor_unref(tensor);
        return NULL;
    }
    return tensor;
}

struct tensor *idx_read(const char *path, int ndim, struct error *err)
{
    struct reader reader = {path, NULL, 0, err};
    if (!reader_open(&reader))
        return NULL;
    struct tensor *tensor = read_tensor(&reader, ndim);
    gzclose(reader.file);
    return tensor;
}
