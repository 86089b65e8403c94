/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text copied from a book or a terminal, prompts and all. */
#ifndef REPL_PASTE_H
#define REPL_PASTE_H

#include "base/strbuf.h"

/* When TEXT starts with a prompt (">>> ", "tensor> ", "In [3]: "), what was
   typed after the prompts in it; lines without one are output and are left
   out.  Else TEXT as it is. */
void paste_strip(const char *text, struct strbuf *sb);

#endif
