/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/npz.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include "base/alloc.h"
#include "base/confine.h"
#include "base/i18n.h"
#include "base/path.h"
#include "data/npy.h"

struct npz {
    zip_t *zip;
    char *path;
    int count;
    char **names; /* without .npy */
};

/* ----------------------------------------------------------------- reading */

static bool zip_failure(const char *path, zip_error_t *error, struct error *err)
{
    if (zip_error_system_type(error) == ZIP_ET_SYS && error->sys_err)
        return error_set_errno(err, error->sys_err, path);
    return error_set(err, ERROR_VALUE, _("%s: not a sound NPZ archive: %s"),
                     path, zip_error_strerror(error));
}

static bool ends_with_npy(const char *name, size_t length)
{
    return length > 4 && !strcmp(name + length - 4, ".npy");
}

static void read_names(struct npz *npz)
{
    zip_int64_t count = zip_get_num_entries(npz->zip, 0);

    npz->count = count > 0 && count < 1 << 20 ? (int)count : 0;
    npz->names = xcalloc((size_t)npz->count, sizeof *npz->names);
    for (int i = 0; i < npz->count; i++) {
        const char *name = zip_get_name(npz->zip, (zip_uint64_t)i, 0);
        size_t length = name ? strlen(name) : 0;
        npz->names[i] =
            xstrndup(name ? name : "",
                     name && ends_with_npy(name, length) ? length - 4 : length);
    }
}

struct npz *npz_open(const char *path, struct error *err)
{
    int code;
    struct stat status;

    if (!confine_allow_reading(path, err))
        return NULL;
    if (stat(path, &status) != 0)
        return error_set_errno(err, errno, path), NULL;
    if (S_ISDIR(status.st_mode))
        return error_set_errno(err, EISDIR, path), NULL;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &code);
    if (!zip) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        error.sys_err = errno;
        zip_failure(path, &error, err);
        zip_error_fini(&error);
        return NULL;
    }
    struct npz *npz = xcalloc(1, sizeof *npz);
    npz->zip = zip;
    npz->path = xstrdup(path);
    read_names(npz);
    return npz;
}

void npz_close(struct npz *npz)
{
    if (!npz)
        return;
    zip_discard(npz->zip);
    for (int i = 0; i < npz->count; i++)
        free(npz->names[i]);
    free(npz->names);
    free(npz->path);
    free(npz);
}

int npz_count(const struct npz *npz)
{
    return npz->count;
}

const char *npz_name(const struct npz *npz, int index)
{
    return index >= 0 && index < npz->count ? npz->names[index] : NULL;
}

int npz_find(const struct npz *npz, const char *name)
{
    size_t length = strlen(name);

    if (ends_with_npy(name, length))
        length -= 4;
    for (int i = 0; i < npz->count; i++)
        if (strlen(npz->names[i]) == length &&
            !strncmp(npz->names[i], name, length))
            return i;
    return -1;
}

static int64_t read_member(struct byte_source *source, char *memory,
                           int64_t size, struct error *err)
{
    zip_file_t *file = source->handle;
    zip_int64_t got = zip_fread(file, memory, (zip_uint64_t)size);

    if (got < 0)
        zip_failure(source->name, zip_file_get_error(file), err);
    return got;
}

struct tensor *npz_read(struct npz *npz, int index, struct error *err)
{
    zip_stat_t status;
    zip_uint64_t i = (zip_uint64_t)index;
    zip_file_t *file = NULL;

    if (zip_stat_index(npz->zip, i, 0, &status) != 0 ||
        !(file = zip_fopen_index(npz->zip, i, 0))) {
        zip_failure(npz->path, zip_get_error(npz->zip), err);
        return NULL;
    }
    char *name = xasprintf("%s: %s", npz->path, npz->names[index]);
    struct byte_source source = {
        .name = name,
        .size = status.size > INT64_MAX ? INT64_MAX : (int64_t)status.size,
        .read = read_member,
        .handle = file};
    struct tensor *tensor = npy_read(&source, err);
    /* One byte more is asked for, so that the checksum is looked at. */
    char extra;
    if (tensor && source_read(&source, &extra, 1, err) < 0) {
        tensor_unref(tensor);
        tensor = NULL;
    }
    zip_fclose(file);
    free(name);
    return tensor;
}

/* ----------------------------------------------------------------- writing */

/* Adds NAME.npy; the bytes pass to the archive. */
static bool add_member(zip_t *zip, const char *name, struct tensor *tensor,
                       bool compressed, struct error *err)
{
    struct strbuf bytes = STRBUF_INIT;
    bool fortran;
    struct tensor *elements = npy_elements(tensor, err);

    if (!elements)
        return false;
    npy_header(tensor, &bytes, &fortran);
    strbuf_add(&bytes, elements->data,
               (size_t)elements->size * dtype_size(elements->dtype));
    tensor_unref(elements);
    size_t length = bytes.length;
    char *memory = strbuf_steal(&bytes);
    zip_source_t *source = zip_source_buffer(zip, memory, length, 1);
    if (!source) {
        free(memory);
        return zip_failure(name, zip_get_error(zip), err);
    }
    char *member = xasprintf("%s.npy", name);
    zip_int64_t index = zip_file_add(zip, member, source, ZIP_FL_ENC_UTF_8);
    free(member);
    if (index < 0) {
        zip_source_free(source);
        return zip_failure(name, zip_get_error(zip), err);
    }
    return zip_set_file_compression(zip, (zip_uint64_t)index,
                                    compressed ? ZIP_CM_DEFLATE : ZIP_CM_STORE,
                                    0) == 0 ||
           zip_failure(name, zip_get_error(zip), err);
}

/* The archive in memory, so that the file is replaced as a whole. */
static bool copy_archive(const char *path, zip_source_t *source,
                         struct error *err)
{
    zip_stat_t status;
    bool good = false;

    if (zip_source_stat(source, &status) != 0 || zip_source_open(source) != 0)
        return zip_failure(path, zip_source_error(source), err);
    char *memory = xmalloc(status.size ? status.size : 1);
    zip_int64_t got = zip_source_read(source, memory, status.size);
    if (got < 0 || (zip_uint64_t)got != status.size)
        zip_failure(path, zip_source_error(source), err);
    else
        good = file_write(path, memory, (size_t)got, err);
    zip_source_close(source);
    free(memory);
    return good;
}

static bool fill_archive(zip_source_t *source, const char *path, int count,
                         const char *const *names,
                         struct tensor *const *tensors, bool compressed,
                         struct error *err)
{
    zip_error_t error;
    bool good = true;

    zip_error_init(&error);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    if (!zip) {
        zip_failure(path, &error, err);
        zip_error_fini(&error);
        return false;
    }
    zip_error_fini(&error);
    zip_source_keep(source); /* the archive drops it when it is closed */
    for (int i = 0; good && i < count; i++)
        good = add_member(zip, names[i], tensors[i], compressed, err);
    if (good && zip_close(zip) == 0)
        return true;
    if (good)
        zip_failure(path, zip_get_error(zip), err);
    zip_discard(zip);
    return false;
}

bool npz_write(const char *path, int count, const char *const *names,
               struct tensor *const *tensors, bool compressed,
               struct error *err)
{
    zip_error_t error;

    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    if (!source) {
        zip_failure(path, &error, err);
        zip_error_fini(&error);
        return false;
    }
    zip_error_fini(&error);
    bool good =
        fill_archive(source, path, count, names, tensors, compressed, err) &&
        copy_archive(path, source, err);
    zip_source_free(source);
    return good;
}
