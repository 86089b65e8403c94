/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/confine.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static _Thread_local bool is_on;
static _Thread_local char *allowed; /* the folder's real path, or NULL */

void confine_to(const char *folder)
{
    confine_end();
    is_on = true;
    allowed = folder ? realpath(folder, NULL) : NULL;
}

void confine_end(void)
{
    free(allowed);
    allowed = NULL;
    is_on = false;
}

bool confine_is_on(void)
{
    return is_on;
}

/* Links and .. are followed before PATH is looked at. */
static bool is_inside(const char *path)
{
    char *real = allowed ? realpath(path, NULL) : NULL;
    size_t length = allowed ? strlen(allowed) : 0;
    bool inside = real && !strncmp(real, allowed, length) &&
                  (real[length] == '/' || !real[length]);
    free(real);
    return inside;
}

bool confine_allow_reading(const char *path, struct error *err)
{
    if (!is_on || is_inside(path))
        return true;
    return error_set(err, ERROR_PERMISSION,
                     _("a lesson reads only files of its own folder, not '%s'"),
                     path);
}

bool confine_allow_writing(const char *path, struct error *err)
{
    if (!is_on)
        return true;
    error_set(err, ERROR_PERMISSION, _("in a lesson no files are written: '%s'"),
              path);
    error_hint(err, _("quit leaves the lesson"));
    return false;
}
