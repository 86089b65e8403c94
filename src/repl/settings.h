/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `set` changes: one row each. */
#ifndef REPL_SETTINGS_H
#define REPL_SETTINGS_H

#include <stdbool.h>

#include "base/error.h"

enum color_mode { COLOR_AUTO, COLOR_NEVER, COLOR_ALWAYS, COLOR_MODES };

/* Where pictures go; AUTO: to a window, else into the terminal. */
enum graphics_mode {
    GRAPHICS_AUTO,
    GRAPHICS_WINDOW,
    GRAPHICS_TERMINAL,
    GRAPHICS_FILE,
    GRAPHICS_OFF,
    GRAPHICS_MODES
};

struct settings {
    int shorthand; /* 0 or 1: [1, 2] is a tensor */
    int color;     /* enum color_mode */
    int language;  /* enum language */
    int summary;   /* 0 or 1: a line below big tensors */
    int graphics;  /* enum graphics_mode */
    int windows;   /* 0 or 1: may windows open? */
};

#define SETTINGS_DEFAULT                                                       \
    { .shorthand = 1, .color = COLOR_AUTO, .summary = 1, .windows = 1 }

struct setting {
    const char *name;
    const char *const *choices; /* ended by NULL; the number is the value */
    const char *doc; /* translated where it is shown */
    unsigned offset; /* of the int in struct settings */
    void (*apply)(const struct settings *settings); /* or NULL */
};

/* NULL at the end. */
const struct setting *setting_at(int index);

/* ValueError with a did-you-mean hint when there is none. */
const struct setting *setting_find(const char *name, struct error *err);

const char *setting_get(const struct settings *settings,
                        const struct setting *setting);
bool setting_set(struct settings *settings, const struct setting *setting,
                 const char *value, struct error *err);

/* What was set in earlier sessions, from $XDG_CONFIG_HOME/tensor/settings:
   lines of a name and a value.  Lines that are not understood are skipped. */
void settings_load(struct settings *settings);
/* What TENSOR_GRAPHICS says, in place of what was saved; false when it says
   nothing that is known. */
bool settings_take_environment(struct settings *settings, struct error *err);
bool settings_save(const struct settings *settings, struct error *err);

/* "auto" → COLOR_AUTO; false when it is none of the modes. */
bool color_mode_find(const char *text, enum color_mode *ret);

#endif
