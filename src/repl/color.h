/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours: the terminal's own sixteen, never the only carrier of meaning. */
#ifndef REPL_COLOR_H
#define REPL_COLOR_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "repl/settings.h"

/* MODE, and for COLOR_AUTO: NO_COLOR, TERM=dumb, whether stdout is a tty. */
bool color_is_on(enum color_mode mode);

/* The same text with the exception's name and the hint marked. */
void color_error(const char *text, struct strbuf *sb);

extern const char color_prompt[], color_dim[], color_off[];

#endif
