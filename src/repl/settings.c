/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/settings.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "repl/language.h"

static const char *const off_on[] = {"off", "on", NULL};
static const char *const color_modes[] = {[COLOR_AUTO] = "auto",
                                          [COLOR_NEVER] = "never",
                                          [COLOR_ALWAYS] = "always",
                                          NULL};

static const char *const graphics_modes[] = {
    [GRAPHICS_AUTO] = "auto",         [GRAPHICS_WINDOW] = "window",
    [GRAPHICS_TERMINAL] = "terminal", [GRAPHICS_FILE] = "file",
    [GRAPHICS_OFF] = "off",           NULL};

static const char *const languages[] = {[LANGUAGE_AUTO] = "auto",
                                        [LANGUAGE_ENGLISH] = "en",
                                        [LANGUAGE_CHINESE] = "zh",
                                        NULL};

static void apply_language(const struct settings *settings)
{
    language_use((enum language)settings->language);
}

static const struct setting rows[] = {
    {"shorthand", off_on, "[1, 2] typed at the prompt is a tensor",
     offsetof(struct settings, shorthand), NULL},
    {"color", color_modes, "colours in the prompt and in errors",
     offsetof(struct settings, color), NULL},
    {"language", languages, "of messages and help; auto is the locale's",
     offsetof(struct settings, language), apply_language},
    {"summary", off_on, "a line that sums up each big tensor",
     offsetof(struct settings, summary), NULL},
    {"graphics", graphics_modes, "where pictures go; auto: to a window",
     offsetof(struct settings, graphics), NULL},
    {"windows", off_on, "windows for pictures and trainings",
     offsetof(struct settings, windows), NULL},
};

const struct setting *setting_at(int index)
{
    size_t count = sizeof rows / sizeof *rows;
    return index >= 0 && (size_t)index < count ? &rows[index] : NULL;
}

const struct setting *setting_find(const char *name, struct error *err)
{
    struct suggestion near = suggestion_for(name);
    const struct setting *row;
    for (int i = 0; (row = setting_at(i)); i++) {
        if (!strcmp(row->name, name))
            return row;
        suggestion_consider(&near, row->name);
    }
    error_set(err, ERROR_VALUE, _("there is no setting '%s'"), name);
    if (near.best)
        error_hint(err, _("did you mean '%s'?"), near.best);
    else
        error_hint(err, _("set shows them all"));
    return NULL;
}

static int choice_find(const char *const *choices, const char *text)
{
    for (int i = 0; choices[i]; i++)
        if (!strcmp(choices[i], text))
            return i;
    return -1;
}

const char *setting_get(const struct settings *settings,
                        const struct setting *setting)
{
    const char *place = (const char *)settings + setting->offset;
    return setting->choices[*(const int *)(const void *)place];
}

bool setting_set(struct settings *settings, const struct setting *setting,
                 const char *value, struct error *err)
{
    int choice = choice_find(setting->choices, value);
    if (choice < 0) {
        struct suggestion near = suggestion_for(value);
        struct strbuf all = STRBUF_INIT;
        for (int i = 0; setting->choices[i]; i++) {
            strbuf_addf(&all, "%s%s", i ? ", " : "", setting->choices[i]);
            suggestion_consider(&near, setting->choices[i]);
        }
        error_set(err, ERROR_VALUE, _("%s can be %s, not '%s'"), setting->name,
                  all.text, value);
        error_hint(err, "set %s %s", setting->name,
                   near.best ? near.best : setting->choices[0]);
        strbuf_done(&all);
        return false;
    }
    char *place = (char *)settings + setting->offset;
    *(int *)(void *)place = choice;
    if (setting->apply)
        setting->apply(settings);
    return true;
}

/* ------------------------------------------------------------------ the file
 */

static void take_line(struct settings *settings, char *line)
{
    struct error err = ERROR_INIT;
    char *value = line + strcspn(line, " ");
    if (*value)
        *value++ = '\0';
    const struct setting *setting = setting_find(line, &err);
    if (setting)
        setting_set(settings, setting, value, &err);
    error_clear(&err);
}

void settings_load(struct settings *settings)
{
    char *path = path_in_config("settings");
    struct strbuf text = STRBUF_INIT;
    struct error err = ERROR_INIT;
    if (path && file_read(path, &text, &err)) {
        char *rest = text.text, *line;
        while ((line = strsep(&rest, "\n")))
            if (*line)
                take_line(settings, line);
    }
    error_clear(&err);
    strbuf_done(&text);
    free(path);
}

bool settings_take_environment(struct settings *settings, struct error *err)
{
    const char *mode = getenv("TENSOR_GRAPHICS");
    const struct setting *setting = setting_find("graphics", err);
    assert(setting);
    return !mode || !*mode || setting_set(settings, setting, mode, err);
}

bool settings_save(const struct settings *settings, struct error *err)
{
    char *path = path_in_config("settings");
    struct strbuf text = STRBUF_INIT;
    const struct setting *setting;
    for (int i = 0; (setting = setting_at(i)); i++)
        strbuf_addf(&text, "%s %s\n", setting->name,
                    setting_get(settings, setting));
    bool good = !path || (path_make_parents(path, err) &&
                          file_write(path, text.text, text.length, err));
    strbuf_done(&text);
    free(path);
    return good;
}

bool color_mode_find(const char *text, enum color_mode *ret)
{
    int choice = choice_find(color_modes, text);
    if (choice < 0)
        return false;
    *ret = (enum color_mode)choice;
    return true;
}
