/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * As much of a terminal as Readline needs (ECMA-48 and xterm's automatic
 * margins), so that tests compare what a person sees, not escape codes.
 * Rows that scroll off the top stay.
 */
#ifndef TESTS_SCREEN_H
#define TESTS_SCREEN_H

#include <stddef.h>
#include <stdint.h>

struct screen {
    int columns, rows;
    uint32_t **lines; /* COLUMNS code points each, 0: blank */
    int line_count;
    int row, column; /* of the cursor, in lines; COLUMN may be COLUMNS */
    char pending[64]; /* an escape sequence or character not complete yet */
    size_t pending_length;
};

void screen_init(struct screen *screen, int columns, int rows);
void screen_done(struct screen *screen);
void screen_write(struct screen *screen, const char *bytes, size_t length);

/* Row ROW as UTF-8 without blanks at its end; free() it. */
char *screen_line(const struct screen *screen, int row);

/* Rows up to the last that holds something, or the cursor. */
int screen_used(const struct screen *screen);

#endif
