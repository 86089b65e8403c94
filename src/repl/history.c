/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Readline's own file format with a time stamp before each entry: only so do
 * entries of several lines come back whole.  Each entry is appended at once,
 * so two sessions share the file and a crash loses nothing.
 */
#include "repl/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/path.h"

enum { ENTRIES_KEPT = 2000 };

static char *file;
static bool has_failed;

static void forget_file(void)
{
    free(file);
    clear_history();
}

void history_open(void)
{
    history_write_timestamps = 1;
    history_comment_char = '#';
    file = path_in_state("history");
    if (!file)
        return;
    atexit(forget_file);
    read_history(file);
    if (history_length > ENTRIES_KEPT)
        history_truncate_file(file, ENTRIES_KEPT);
    stifle_history(ENTRIES_KEPT);
    using_history();
}

static bool append(struct error *err)
{
    int fd;
    if (!path_make_parents(file, err))
        return false;
    fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return error_set_errno(err, errno, file);
    close(fd);
    int number = append_history(1, file);
    return number == 0 || error_set_errno(err, number, file);
}

static bool is_last(const char *entry)
{
    HIST_ENTRY *last = history_get(history_base + history_length - 1);
    return last && !strcmp(last->line, entry);
}

void history_remember(const char *entry, char **ret)
{
    struct error err = ERROR_INIT;
    *ret = NULL;
    if (is_last(entry))
        return;
    add_history(entry);
    if (!file || has_failed)
        return;
    has_failed = !append(&err);
    if (has_failed)
        *ret = xasprintf(_("history is not kept: %s\n"), err.message);
    error_clear(&err);
}
