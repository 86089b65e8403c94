/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/catalog.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "lesson/document.h"
#include "lesson/translation.h"

#ifndef PKGDATADIR
#define PKGDATADIR "/usr/local/share/tensor"
#endif

/* A program that was built but not installed lies beside the source. */
static char *beside_program(void)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return NULL;
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    char *path = slash ? xasprintf("%.*s/../lessons", (int)(slash - program),
                                   program)
                       : NULL;
    char *real = path && access(path, R_OK) == 0 ? realpath(path, NULL) : NULL;
    free(path);
    return real;
}

/* The folder with a folder for each language. */
static char *root(void)
{
    const char *chosen = getenv("TENSOR_LESSONS");
    if (chosen && *chosen)
        return xstrdup(chosen);
    char *beside = beside_program();
    return beside ? beside : xstrdup(PKGDATADIR "/lessons");
}

/* "07-broadcasting.md" */
static int is_lesson(const struct dirent *entry)
{
    const char *name = entry->d_name;
    size_t digits = strspn(name, "0123456789"), length = strlen(name);
    return digits > 0 && digits < 4 && name[digits] == '-' && length > 3 &&
           !strcmp(name + length - 3, ".md");
}

static int by_number(const struct dirent **a, const struct dirent **b)
{
    long x = strtol((*a)->d_name, NULL, 10), y = strtol((*b)->d_name, NULL, 10);
    return x != y ? (x > y) - (x < y) : strcmp((*a)->d_name, (*b)->d_name);
}

void catalog_paths(const char *language, struct words *ret)
{
    struct dirent **entries;
    char *folder = root();
    char *path = xasprintf("%s/%s", folder, language);
    int count = scandir(path, &entries, is_lesson, by_number);
    for (int i = 0; i < count; i++) {
        char *file = xasprintf("%s/%s", path, entries[i]->d_name);
        words_add(ret, file, strlen(file));
        free(file);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    free(path);
    free(folder);
}

static char *find(bool (*fits)(const char *name, const void *wanted),
                  const void *wanted)
{
    struct words paths = {NULL, 0, 0};
    char *found = NULL;
    catalog_paths("en", &paths);
    for (size_t i = 0; i < paths.count && !found; i++)
        if (fits(strrchr(paths.items[i], '/') + 1, wanted))
            found = xstrdup(paths.items[i]);
    words_free(&paths);
    return found;
}

static bool has_number(const char *name, const void *wanted)
{
    return strtol(name, NULL, 10) == *(const int *)wanted;
}

static bool has_id(const char *name, const void *wanted)
{
    size_t length = strlen(wanted);
    return !strncmp(name, wanted, length) && !strcmp(name + length, ".md");
}

char *catalog_find(int number)
{
    return find(has_number, &number);
}

char *catalog_find_id(const char *id)
{
    return find(has_id, id);
}

char *catalog_translation(const char *path, const char *language)
{
    const char *base = strstr(path, "/en/"), *more;
    while (base && (more = strstr(base + 1, "/en/")))
        base = more;
    if (base)
        return xasprintf("%.*s/%s/%s", (int)(base - path), path, language,
                         base + 4);
    if (!strncmp(path, "en/", 3))
        return xasprintf("%s/%s", language, path + 3);
    size_t length = strlen(path);
    if (length > 3 && !strcmp(path + length - 3, ".md"))
        length -= 3;
    return xasprintf("%.*s.%s.md", (int)length, path, language);
}

bool lesson_open(const char *path, const char *language, struct lesson **ret,
                 struct error *err)
{
    struct translation *translation;
    if (!lesson_read(path, ret, err))
        return false;
    if (!strcmp(language, "en"))
        return true;
    char *other = catalog_translation(path, language);
    struct error ignored = ERROR_INIT;
    if (access(other, R_OK) == 0 &&
        translation_read(other, &translation, &ignored)) {
        lesson_translate(*ret, translation);
        translation_free(translation);
    }
    error_clear(&ignored); /* --check-lessons tells of it */
    free(other);
    return true;
}
