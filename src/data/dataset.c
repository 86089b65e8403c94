/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/dataset.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "data/idx.h"

#ifndef PKGDATADIR
#define PKGDATADIR "/usr/local/share/tensor"
#endif

/* Fashion-MNIST was made to stand where MNIST stood: the same names. */
#define MNIST_FILES                                            \
    {                                                          \
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte",  \
            "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" \
    }

/* Short forms of its makers' names (Xiao, Rasul, Vollgraf, arXiv
   1708.07747). */
static const char *const clothes[] = {
    N_("T-shirt"), N_("trousers"), N_("pullover"), N_("dress"), N_("coat"),
    N_("sandal"),  N_("shirt"),    N_("sneaker"),  N_("bag"),   N_("boot"),
    NULL};

const struct dataset datasets[] = {
    {"mnist", "mnist", "handwritten digits, 28 x 28 pixels", 10, NULL, NULL,
     NULL, MNIST_FILES},
    {"fashion", "fashion-mnist", "clothes, 28 x 28 pixels", 10, clothes,
     "dataset-fashion-mnist", "/usr/share/datasets/fashion-mnist", MNIST_FILES},
    {NULL, NULL, NULL, 0, NULL, NULL, NULL, {NULL}},
};

static char *explicit_directory;

void dataset_set_directory(const char *directory)
{
    free(explicit_directory);
    explicit_directory = directory ? xstrdup(directory) : NULL;
}

const struct dataset *dataset_find(const char *name, struct error *err)
{
    struct suggestion near = suggestion_for(name);
    for (const struct dataset *row = datasets; row->name; row++) {
        if (!strcmp(row->name, name))
            return row;
        suggestion_consider(&near, row->name);
    }
    error_set(err, ERROR_VALUE, "there is no data set called '%s'", name);
    error_hint(err, _("did you mean '%s'?"), near.best ? near.best : "mnist");
    return NULL;
}

/* --------------------------------------------------------- where it lies */

struct search {
    const struct dataset *dataset;
    const char *file;
    struct strbuf tried; /* directories, for the error */
    char *found;
};

static bool try_path(struct search *search, char *path)
{
    if (access(path, F_OK) == 0) {
        search->found = path;
        return true;
    }
    free(path);
    return false;
}

/* In the data set's own folder in DIRECTORY, and in DIRECTORY itself. */
static bool try_directory(struct search *search, const char *directory,
                          size_t length)
{
    if (length == 0)
        return false;
    strbuf_addf(&search->tried, "%s%.*s", search->tried.length ? ", " : "",
                (int)length, directory);
    for (int i = 0; i < 4; i++) {
        const char *folder = i < 2 ? search->dataset->folder : "";
        if (try_path(search, xasprintf("%.*s/%s%s%s%s", (int)length, directory,
                                       folder, *folder ? "/" : "", search->file,
                                       i % 2 ? "" : ".gz")))
            return true;
    }
    return false;
}

/* PATH: directories separated by colons. */
static void try_path_list(struct search *search, const char *path)
{
    while (*path) {
        size_t length = strcspn(path, ":");
        if (try_directory(search, path, length))
            return;
        path += length + (path[length] == ':');
    }
}

/* A program that was built but not installed lies in a folder beside the
   source's assets. */
static bool try_beside_program(struct search *search)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);

    if (length <= 0)
        return false;
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    if (!slash)
        return false;
    char *assets = xasprintf("%.*s/../assets", (int)(slash - program), program);
    bool found = access(assets, F_OK) == 0 &&
                 try_directory(search, assets, strlen(assets));
    free(assets);
    return found;
}

static void look(struct search *search)
{
    const char *path = getenv("TENSOR_DATA_PATH");
    if (explicit_directory) {
        try_directory(search, explicit_directory, strlen(explicit_directory));
        return;
    }
    if (path && *path) {
        try_path_list(search, path);
        return;
    }
    const char *uninstalled = getenv("TENSOR_DATADIR");
    if (uninstalled && try_directory(search, uninstalled, strlen(uninstalled)))
        return;
    if (try_beside_program(search) ||
        try_directory(search, PKGDATADIR, strlen(PKGDATADIR)))
        return;
    const char *directory = search->dataset->directory;
    if (directory)
        try_directory(search, directory, strlen(directory));
}

static void hint_where(const struct dataset *dataset, struct error *err)
{
    if (dataset->package && !explicit_directory)
        error_hint(err,
                   _("on Debian and Ubuntu, sudo apt install %s puts it where "
                     "it is found; tensor --data DIRECTORY names another "
                     "folder with the four files"),
                   dataset->package);
    else
        error_hint(err,
                   _("tensor --data DIRECTORY names the folder that has the "
                     "four files of %s"),
                   dataset->name);
}

/* Owned; NULL with FileNotFoundError. */
static char *find_file(const struct dataset *dataset, const char *file,
                       struct error *err)
{
    struct search search = {dataset, file, STRBUF_INIT, NULL};
    look(&search);
    if (!search.found) {
        error_set(err, ERROR_FILE_NOT_FOUND,
                  "[Errno %d] %s: '%s' (or .gz), looked for in %s", ENOENT,
                  strerror(ENOENT), file, search.tried.text);
        hint_where(dataset, err);
    }
    strbuf_done(&search.tried);
    return search.found;
}

/* ---------------------------------------------------------------- loading */

static bool is_labels(enum dataset_part part)
{
    return part == DATASET_TRAIN_LABELS || part == DATASET_TEST_LABELS;
}

static bool check_labels(const char *path, const struct tensor *labels,
                         int classes, struct error *err)
{
    const uint8_t *label = (const uint8_t *)labels->data;
    for (int64_t i = 0; i < labels->size; i++)
        if (label[i] >= classes)
            return error_set(err, ERROR_VALUE,
                             "%s: label %d at position %" PRId64
                             " is out of range, labels are 0 to %d",
                             path, label[i], i, classes - 1);
    return true;
}

static bool check_counts(const char *path, const struct tensor *images,
                         const struct tensor *labels, struct error *err)
{
    if (images->shape[0] == labels->shape[0])
        return true;
    return error_set(err, ERROR_VALUE,
                     "%s: has %" PRId64 " labels for %" PRId64 " images", path,
                     labels->shape[0], images->shape[0]);
}

static bool load_part(const struct dataset *dataset, enum dataset_part part,
                      struct tensor **parts, struct error *err)
{
    char *path = find_file(dataset, dataset->files[part], err);
    if (!path)
        return false;
    parts[part] = idx_read(path, is_labels(part) ? 1 : 3, err);
    bool ok = parts[part] != NULL;
    if (ok && is_labels(part))
        ok = check_counts(path, parts[part - 1], parts[part], err) &&
             check_labels(path, parts[part], dataset->classes, err);
    free(path);
    return ok;
}

bool dataset_load(const struct dataset *dataset, struct tensor **parts,
                  struct error *err)
{
    struct tensor *loaded[DATASET_PARTS] = {NULL};
    for (int part = 0; part < DATASET_PARTS; part++)
        if (!load_part(dataset, (enum dataset_part)part, loaded, err)) {
            for (int i = 0; i < DATASET_PARTS; i++)
                tensor_unref(loaded[i]);
            return false;
        }
    memcpy(parts, loaded, sizeof loaded);
    return true;
}
