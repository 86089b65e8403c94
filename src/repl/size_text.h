/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes as people read them. */
#ifndef REPL_SIZE_TEXT_H
#define REPL_SIZE_TEXT_H

#include <stdint.h>

#include "base/strbuf.h"

/* "48 bytes", "179 MiB" */
void size_text(int64_t bytes, struct strbuf *sb);

#endif
