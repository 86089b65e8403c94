/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The modules os and os.path, as far as reading and writing data asks. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/confine.h"
#include "bind/library.h"
#include "bind/natives.h"
#include "lang/object.h"

static const struct param no_params[] = {{NULL, 0, 0, NULL}};
static const struct param x_params[] = {{"path", PARAM_ANY, 0, NULL},
                                        {NULL, 0, 0, NULL}};

/* ------------------------------------------------------------------ os.path */

static const char *path_of(struct value value, struct error *err)
{
    value = value_plain(value);
    if (value.kind != VALUE_STRING)
        return error_null(err, ERROR_TYPE,
                          "expected str, bytes or os.PathLike object, not %s",
                          value_type_name(value));
    return value.string->text;
}

static bool system_error(const char *path, struct error *err)
{
    return error_set_errno(err, errno, path);
}

NATIVE(path_join_call)
{
    struct strbuf path = STRBUF_INIT;

    (void)interp;
    (void)native;
    for (int i = 0; i < args->count; i++) {
        const char *part = path_of(args->values[i], err);
        if (!part) {
            strbuf_done(&path);
            return false;
        }
        if (*part == '/')
            strbuf_clear(&path);
        else if (path.length && path.text[path.length - 1] != '/')
            strbuf_addc(&path, '/');
        strbuf_adds(&path, part);
    }
    *ret = value_string_take(&path);
    return true;
}

/* Where the last part of PATH starts. */
static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

NATIVE(path_part_call)
{
    struct value x;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    const char *path = path_of(x, err);
    if (!path)
        return false;
    const char *last = last_part(path);
    if (native->name[0] == 'b') {
        *ret = value_string(last);
        return true;
    }
    size_t length = (size_t)(last - path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    *ret = value_string_n(path, length);
    return true;
}

NATIVE(path_splitext_call)
{
    struct value x;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    const char *path = path_of(x, err);
    if (!path)
        return false;
    const char *name = last_part(path), *dot = strrchr(name, '.');
    while (*name == '.')
        name++; /* .profile has none */
    size_t length = dot && dot > name ? (size_t)(dot - path) : strlen(path);
    struct value parts[2] = {value_string_n(path, length),
                             value_string(path + length)};
    *ret = value_tuple_take(2, parts);
    return true;
}

NATIVE(path_exists_call)
{
    struct value x;
    struct stat status;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    const char *path = path_of(x, err);
    if (!path)
        return false;
    bool there = stat(path, &status) == 0;
    if (there && !strcmp(native->name, "isfile"))
        there = S_ISREG(status.st_mode);
    if (there && !strcmp(native->name, "isdir"))
        there = S_ISDIR(status.st_mode);
    *ret = value_bool(there);
    return true;
}

NATIVE(path_absolute_call)
{
    struct value x;
    struct strbuf sb = STRBUF_INIT;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    const char *path = path_of(x, err);
    if (!path)
        return false;
    bool home = native->name[0] == 'e';
    if (home && *path == '~' && (!path[1] || path[1] == '/') &&
        getenv("HOME")) {
        strbuf_adds(&sb, getenv("HOME"));
        path++;
    } else if (!home && *path != '/') {
        char *here = getcwd(NULL, 0);
        strbuf_adds(&sb, here ? here : "");
        free(here);
        if (*path && strcmp(path, ".") != 0)
            strbuf_addc(&sb, '/');
        path += !strcmp(path, ".");
    }
    strbuf_adds(&sb, path);
    *ret = value_string_take(&sb);
    return true;
}

NATIVE(path_getsize_call)
{
    struct value x;
    struct stat status;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    const char *path = path_of(x, err);
    if (!path)
        return false;
    if (stat(path, &status))
        return system_error(path, err);
    *ret = value_int(status.st_size);
    return true;
}

static struct native path_natives[] = {
    FUNCTION_ROW("join", path_join_call, NULL, "Parts of a path put together"),
    FUNCTION_ROW("basename", path_part_call, x_params, "The last part"),
    FUNCTION_ROW("dirname", path_part_call, x_params, "All but the last part"),
    FUNCTION_ROW("splitext", path_splitext_call, x_params,
                 "The path and its extension"),
    FUNCTION_ROW("exists", path_exists_call, x_params, "Is it there?"),
    FUNCTION_ROW("isfile", path_exists_call, x_params, "Is it a file?"),
    FUNCTION_ROW("isdir", path_exists_call, x_params, "Is it a folder?"),
    FUNCTION_ROW("getsize", path_getsize_call, x_params, "Bytes of a file"),
    FUNCTION_ROW("abspath", path_absolute_call, x_params,
                 "The path from the root"),
    FUNCTION_ROW("expanduser", path_absolute_call, x_params,
                 "The path with ~ for the home folder put in"),
    {.name = NULL},
};

/* ----------------------------------------------------------------------- os */

NATIVE(getcwd_call)
{
    (void)interp;
    if (!native_bind(native, args, NULL, err))
        return false;
    char *path = getcwd(NULL, 0);
    if (!path)
        return system_error(".", err);
    *ret = value_string(path);
    free(path);
    return true;
}

/* One system call on one path: mkdir, rmdir, remove, chdir. */
NATIVE(path_change_call)
{
    (void)interp;
    *ret = value_none();
    if (args->count < 1)
        return error_set(err, ERROR_TYPE,
                         "%s() missing required argument 'path' (pos 1)",
                         native->name);
    const char *path = path_of(args->values[0], err);
    if (!path || !confine_allow_writing(path, err))
        return false;
    int failed = !strcmp(native->name, "mkdir")   ? mkdir(path, 0777)
                 : !strcmp(native->name, "rmdir") ? rmdir(path)
                 : !strcmp(native->name, "chdir") ? chdir(path)
                                                  : unlink(path);
    return failed == 0 || system_error(path, err);
}

static const struct param makedirs_params[] = {
    {"name", PARAM_ANY, 0, NULL},
    {"mode", PARAM_ANY, 0, "511"},
    {"exist_ok", PARAM_ANY, 0, "False"},
    {NULL, 0, 0, NULL}};

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

NATIVE(makedirs_call)
{
    struct value slots[3];
    bool exist_ok = false, good = true;

    (void)interp;
    *ret = value_none();
    if (!native_bind(native, args, slots, err) ||
        (slot_given(slots[2]) && !value_truth(slots[2], &exist_ok, err)))
        return false;
    const char *path = path_of(slots[0], err);
    if (!path || (exist_ok && is_folder(path)))
        return path != NULL;
    if (!confine_allow_writing(path, err))
        return false;
    char *part = xstrdup(path);
    for (char *at = strchr(part + (*part != '\0'), '/'); good && at;
         at = strchr(at + 1, '/')) {
        *at = '\0';
        good = is_folder(part) || mkdir(part, 0777) == 0;
        *at = '/';
    }
    free(part);
    return (good && mkdir(path, 0777) == 0) || system_error(path, err);
}

NATIVE(rename_call)
{
    struct value slots[2];

    (void)interp;
    *ret = value_none();
    if (!native_bind(native, args, slots, err))
        return false;
    const char *from = path_of(slots[0], err);
    const char *to = from ? path_of(slots[1], err) : NULL;
    return to && confine_allow_writing(to, err) &&
           (rename(from, to) == 0 || system_error(from, err));
}

NATIVE(listdir_call)
{
    struct value x, list;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    const char *path = slot_given(x) ? path_of(x, err) : ".";
    if (!path || !confine_allow_reading(path, err))
        return false;
    DIR *folder = opendir(path);
    if (!folder)
        return system_error(path, err);
    list = value_list(0, NULL);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        struct value name = value_string(entry->d_name);
        list_append(list.sequence, name);
        value_unref(name);
    }
    closedir(folder);
    *ret = list;
    return true;
}

static const struct param getenv_params[] = {
    {"key", PARAM_ANY, 0, NULL},
    {"default", PARAM_ANY, 0, "None"},
    {NULL, 0, 0, NULL}};

NATIVE(getenv_call)
{
    struct value slots[2];

    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    const char *key = path_of(slots[0], err);
    if (!key)
        return false;
    const char *text = getenv(key);
    *ret = text                     ? value_string(text)
           : slot_given(slots[1]) ? value_ref(slots[1])
                                    : value_none();
    return true;
}

NATIVE(getpid_call)
{
    (void)interp;
    *ret = value_int(getpid());
    return native_bind(native, args, NULL, err);
}

static const struct param rename_params[] = {{"src", PARAM_ANY, 0, NULL},
                                             {"dst", PARAM_ANY, 0, NULL},
                                             {NULL, 0, 0, NULL}};
static const struct param listdir_params[] = {{"path", PARAM_ANY, 0, "'.'"},
                                              {NULL, 0, 0, NULL}};

static struct native os_natives[] = {
    FUNCTION_ROW("getcwd", getcwd_call, no_params, "The current folder"),
    FUNCTION_ROW("chdir", path_change_call, NULL, "Changes to a folder"),
    FUNCTION_ROW("mkdir", path_change_call, NULL, "Makes a folder"),
    FUNCTION_ROW("makedirs", makedirs_call, makedirs_params,
                 "Makes a folder and those above it"),
    FUNCTION_ROW("rmdir", path_change_call, NULL, "Removes an empty folder"),
    FUNCTION_ROW("remove", path_change_call, NULL, "Removes a file"),
    FUNCTION_ROW("unlink", path_change_call, NULL, "Removes a file"),
    FUNCTION_ROW("rename", rename_call, rename_params, "Renames a file"),
    FUNCTION_ROW("listdir", listdir_call, listdir_params,
                 "The names in a folder"),
    FUNCTION_ROW("getenv", getenv_call, getenv_params,
                 "A variable of the environment"),
    FUNCTION_ROW("getpid", getpid_call, no_params, "The process's number"),
    {.name = NULL},
};

static struct value environment(void)
{
    struct value dict = value_dict();
    for (char **entry = environ; entry && *entry; entry++) {
        const char *sign = strchr(*entry, '=');
        if (!sign)
            continue;
        char *name = xstrndup(*entry, (size_t)(sign - *entry));
        struct value text = value_string(sign + 1);
        dict_set_string(dict.dict, name, text);
        value_unref(text);
        free(name);
    }
    return dict;
}

/* NAME of MODULE, whose reference passes. */
static void give(struct module *module, const char *name, struct value value)
{
    module_set(module, name, value);
    value_unref(value);
}

void os_install(struct interp *interp)
{
    struct value os = value_module("os"), path = value_module("posixpath");

    natives_add_to_module(path_natives, path.module);
    natives_add_to_module(os_natives, os.module);
    module_set(os.module, "path", path);
    give(os.module, "sep", value_string("/"));
    give(os.module, "linesep", value_string("\n"));
    give(os.module, "name", value_string("posix"));
    give(os.module, "environ", environment());
    interp_add_module(interp, "os.path", path);
    interp_add_module(interp, "os", os);
    value_unref(path);
    value_unref(os);
}
