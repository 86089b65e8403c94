/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figures that were shown, for `notes`: a mark in its text says where each
 * stood.  The session thread's.
 */
#ifndef REPL_ALBUM_H
#define REPL_ALBUM_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"

struct figure;

/* Keeps a copy of FIGURE; MARK gets its line.  Of very many figures the first
   ones are kept. */
void album_add(const struct figure *figure, struct strbuf *mark);

/* TEXT is Markdown with marks and goes to the file at PATH: each mark becomes
   an image there, written beside it (work-1.png for work.md), outside of the
   fenced block it stands in.  false with OSError. */
bool album_place(const char *text, const char *path, struct strbuf *sb,
                 struct error *err);

void album_forget(void);

#endif
