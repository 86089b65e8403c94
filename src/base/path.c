/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/confine.h"
#include "base/i18n.h"

/* Relative paths in the variables are to be ignored, says the standard. */
static const char *absolute(const char *variable)
{
    const char *path = getenv(variable);
    return path && *path == '/' ? path : NULL;
}

static char *path_in(const char *variable, const char *fallback,
                     const char *name)
{
    const char *folder = absolute(variable);
    const char *home = absolute("HOME");
    if (folder)
        return xasprintf("%s/tensor/%s", folder, name);
    return home ? xasprintf("%s/%s/tensor/%s", home, fallback, name) : NULL;
}

char *path_in_state(const char *name)
{
    return path_in("XDG_STATE_HOME", ".local/state", name);
}

char *path_in_config(const char *name)
{
    return path_in("XDG_CONFIG_HOME", ".config", name);
}

char *path_expand(const char *path)
{
    const char *home = getenv("HOME");
    if (path[0] == '~' && (path[1] == '/' || !path[1]) && home)
        return xasprintf("%s%s", home, path + 1);
    return xstrdup(path);
}

bool path_make_parents(const char *path, struct error *err)
{
    if (!confine_allow_writing(path, err))
        return false;
    char *copy = xstrdup(path);
    bool good = true;
    for (char *slash = strchr(copy + 1, '/'); slash && good;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, 0700) && errno != EEXIST)
            good = error_set_errno(err, errno, copy);
        *slash = '/';
    }
    free(copy);
    return good;
}

/* ---------------------------------------------------------------- reading */

static bool read_all(int fd, struct strbuf *sb)
{
    char bytes[65536];
    for (;;) {
        ssize_t count = read(fd, bytes, sizeof bytes);
        if (count > 0)
            strbuf_add(sb, bytes, (size_t)count);
        else if (count == 0)
            return true;
        else if (errno != EINTR)
            return false;
    }
}

bool file_read(const char *path, struct strbuf *sb, struct error *err)
{
    if (!confine_allow_reading(path, err))
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set_errno(err, errno, path);
    bool good = read_all(fd, sb);
    int number = errno;
    close(fd);
    return good || error_set_errno(err, number, path);
}

bool file_read_regular(const char *path, struct strbuf *sb, struct error *err)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return error_set_errno(err, errno, path);
    if (S_ISDIR(status.st_mode))
        return error_set_errno(err, EISDIR, path);
    if (!S_ISREG(status.st_mode))
        return error_set(err, ERROR_OS, _("%s: not a regular file"), path);
    return file_read(path, sb, err);
}

/* ---------------------------------------------------------------- writing */

static bool write_all(int fd, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t count = write(fd, text, length);
        if (count < 0 && errno != EINTR)
            return false;
        if (count > 0) {
            text += count;
            length -= (size_t)count;
        }
    }
    return true;
}

static bool write_parts(int fd, int count, const struct file_part *parts)
{
    for (int i = 0; i < count; i++)
        if (!write_all(fd, parts[i].bytes, parts[i].length))
            return false;
    return true;
}

/* The mode of the file that is replaced, or what umask leaves. */
static mode_t mode_for(const char *path)
{
    struct stat old;
    if (stat(path, &old) == 0)
        return old.st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static bool write_and_rename(int fd, const char *temporary, const char *path,
                             int count, const struct file_part *parts)
{
    bool good = write_parts(fd, count, parts) &&
                fchmod(fd, mode_for(path)) == 0 && fsync(fd) == 0;
    int number = errno;
    if (close(fd) && good) {
        good = false;
        number = errno;
    }
    errno = number;
    return good && rename(temporary, path) == 0;
}

/* A symbolic link stays one: the file it names is replaced. */
static char *resolve(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : xstrdup(path);
}

/* A device or pipe (/dev/stdout) cannot be replaced, only written to. */
static bool write_in_place(const char *path, int count,
                           const struct file_part *parts, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool good = fd >= 0 && write_parts(fd, count, parts);
    int number = errno;
    if (fd >= 0)
        close(fd);
    return good || error_set_errno(err, number, path);
}

bool file_write(const char *path, const char *text, size_t length,
                struct error *err)
{
    struct file_part part = {text, length};
    return file_write_parts(path, 1, &part, err);
}

bool file_write_parts(const char *path, int count,
                      const struct file_part *parts, struct error *err)
{
    struct stat old;
    if (!confine_allow_writing(path, err))
        return false;
    if (stat(path, &old) == 0 && !S_ISREG(old.st_mode))
        return write_in_place(path, count, parts, err);
    char *real = resolve(path);
    char *temporary = xasprintf("%s.XXXXXX", real);
    int fd = mkostemp(temporary, O_CLOEXEC);
    bool good = fd >= 0 &&
                write_and_rename(fd, temporary, real, count, parts);
    int number = errno;
    if (!good && fd >= 0)
        unlink(temporary);
    free(temporary);
    free(real);
    return good || error_set_errno(err, number, path);
}
