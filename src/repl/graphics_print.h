/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures without a window: in the terminal, and in files. */
#ifndef REPL_GRAPHICS_PRINT_H
#define REPL_GRAPHICS_PRINT_H

#include <stdbool.h>

#include "base/error.h"
#include "view/scene.h"

struct session;

/* As wide as the terminal at most; nothing where there is none. */
void graphics_print(struct session *session, struct scene *scene);

/* As tensor-1.png, or with the first number that is free, in the current
   folder; says so.  OSError. */
bool graphics_print_file(struct session *session, struct scene *scene,
                         struct error *err);

/* A remark about pictures that is no result of the program. */
void graphics_print_note(struct session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
