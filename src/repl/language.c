/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/language.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"

#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif

static char *found_language; /* $LANGUAGE at the start, or NULL */

/* The catalogs beside a program that is not installed; NULL when there are
   none.  To be free()d. */
static char *uninstalled_catalogs(void)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return NULL;
    program[length] = '\0';
    *strrchr(program, '/') = '\0';
    char *path = xasprintf("%s/locale", program);
    if (access(path, F_OK) == 0)
        return path;
    free(path);
    return NULL;
}

/* The C locale knows ASCII only and is never translated (cf. PEP 538). */
static void leave_c_locale(int category)
{
    const char *name = setlocale(category, NULL);
    if (name && (!strcmp(name, "C") || !strcmp(name, "POSIX")))
        setlocale(category, "C.UTF-8");
}

/* What the user asks for (setlocale(3)); NULL for nothing. */
static const char *wanted_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *name = getenv(names[i]);
        if (name && *name)
            return name;
    }
    return NULL;
}

/* A locale that the system does not have still tells the language. */
static void use_missing_locale(void)
{
    const char *name = wanted_locale();
    if (!name)
        return;
    leave_c_locale(LC_MESSAGES);
    if (found_language)
        return;
    found_language = xstrdup(name);
    setenv("LANGUAGE", found_language, 1);
}

void language_start(void)
{
    const char *wanted = getenv("LANGUAGE");
    found_language = wanted ? xstrdup(wanted) : NULL;
    if (!setlocale(LC_ALL, ""))
        use_missing_locale();
    setlocale(LC_NUMERIC, "C"); /* a dot in every language */
    leave_c_locale(LC_CTYPE);
    char *catalogs = uninstalled_catalogs();
    bindtextdomain("tensor", catalogs ? catalogs : LOCALEDIR);
    free(catalogs);
    bind_textdomain_codeset("tensor", "UTF-8");
    textdomain("tensor");
}

/* gettext looks at $LANGUAGE first (GNU gettext manual, "The LANGUAGE
   variable"), and keeps what it found until it is told of a change by
   textdomain(). */
static void set_variable(const char *language)
{
    if (language)
        setenv("LANGUAGE", language, 1);
    else
        unsetenv("LANGUAGE");
    textdomain("tensor");
}

void language_use(enum language language)
{
    static const char *const codes[] = {[LANGUAGE_ENGLISH] = "en",
                                        [LANGUAGE_CHINESE] = "zh_CN"};
    if (language == LANGUAGE_AUTO) {
        set_variable(found_language);
        return;
    }
    leave_c_locale(LC_MESSAGES);
    set_variable(codes[language]);
}
