/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

void screen_init(struct screen *screen, int columns, int rows)
{
    *screen = (struct screen){.columns = columns, .rows = rows};
    screen->lines = xcalloc(1, sizeof *screen->lines);
    screen->lines[0] = xcalloc((size_t)columns, sizeof **screen->lines);
    screen->line_count = 1;
}

void screen_done(struct screen *screen)
{
    for (int i = 0; i < screen->line_count; i++)
        free(screen->lines[i]);
    free(screen->lines);
}

/* ---------------------------------------------------------------- cursor */

static void go_to_row(struct screen *screen, int row)
{
    while (row >= screen->line_count) {
        screen->lines = xreallocarray(screen->lines,
                                      (size_t)screen->line_count + 1,
                                      sizeof *screen->lines);
        screen->lines[screen->line_count++] =
            xcalloc((size_t)screen->columns, sizeof **screen->lines);
    }
    screen->row = row < 0 ? 0 : row;
}

static void go_to_column(struct screen *screen, int column)
{
    int last = screen->columns - 1;
    screen->column = column < 0 ? 0 : column > last ? last : column;
}

/* The first row that is still on the screen. */
static int top(const struct screen *screen)
{
    int first = screen->line_count - screen->rows;
    return first > 0 ? first : 0;
}

static void put(struct screen *screen, uint32_t character)
{
    int width = utf8_width(character);
    if (width == 0)
        return;
    if (screen->column + width > screen->columns) {
        go_to_row(screen, screen->row + 1);
        screen->column = 0;
    }
    screen->lines[screen->row][screen->column++] = character;
    if (width == 2)
        screen->lines[screen->row][screen->column++] = UINT32_MAX;
}

/* ------------------------------------------------------- escape sequences */

static void erase(struct screen *screen, int row, int from, int to)
{
    for (int i = from; i < to && i < screen->columns; i++)
        screen->lines[row][i] = 0;
}

static void erase_line(struct screen *screen, int how)
{
    erase(screen, screen->row, how == 0 ? screen->column : 0,
          how == 1 ? screen->column + 1 : screen->columns);
}

static void erase_below(struct screen *screen, int how)
{
    int from = how == 2 ? top(screen) : screen->row + 1;
    if (how == 0)
        erase_line(screen, 0);
    for (int row = from; row < screen->line_count; row++)
        erase(screen, row, 0, screen->columns);
}

static void shift(struct screen *screen, int from, int to)
{
    uint32_t *line = screen->lines[screen->row];
    int count = screen->columns - (from > to ? from : to);
    if (count > 0)
        memmove(line + to, line + from, (size_t)count * sizeof *line);
    if (from < to)
        erase(screen, screen->row, from, to);
    else
        erase(screen, screen->row, to + count, screen->columns);
}

static void control(struct screen *screen, char final, int a, int b)
{
    int count = a > 0 ? a : 1;
    switch (final) {
    case 'A':
        go_to_row(screen, screen->row - count);
        break;
    case 'B':
        go_to_row(screen, screen->row + count);
        break;
    case 'C':
        go_to_column(screen, screen->column + count);
        break;
    case 'D':
        go_to_column(screen, screen->column - count);
        break;
    case 'G':
        go_to_column(screen, count - 1);
        break;
    case 'H':
        go_to_row(screen, top(screen) + count - 1);
        go_to_column(screen, b > 0 ? b - 1 : 0);
        break;
    case 'J':
        erase_below(screen, a);
        break;
    case 'K':
        erase_line(screen, a);
        break;
    case 'P':
        shift(screen, screen->column + count, screen->column);
        break;
    case '@':
        shift(screen, screen->column, screen->column + count);
        break;
    default: /* colours and modes cannot be seen here */
        break;
    }
}

/* "\033[12;3H"; false while it is not complete. */
static bool escape(struct screen *screen)
{
    const char *text = screen->pending;
    size_t length = screen->pending_length;
    if (length < 2)
        return false;
    if (text[1] != '[')
        return true;
    char final = text[length - 1];
    if (length < 3 || final < '@')
        return length >= sizeof screen->pending;
    char *rest;
    long a = strtol(text + 2, &rest, 10);
    long b = *rest == ';' ? strtol(rest + 1, NULL, 10) : 0;
    if (text[2] != '?')
        control(screen, final, (int)a, (int)b);
    return true;
}

/* -------------------------------------------------------------------- bytes */

static bool plain(struct screen *screen)
{
    uint32_t character;
    int used = utf8_decode(screen->pending, screen->pending_length,
                           &character);
    if (!used)
        return screen->pending_length >= 4;
    put(screen, character);
    return true;
}

/* Is what is pending done with? */
static bool take(struct screen *screen)
{
    switch (screen->pending[0]) {
    case '\033':
        return escape(screen);
    case '\r':
        screen->column = 0;
        return true;
    case '\n':
        go_to_row(screen, screen->row + 1);
        return true;
    case '\b':
        go_to_column(screen, screen->column - 1);
        return true;
    case '\a':
        return true;
    default:
        return plain(screen);
    }
}

void screen_write(struct screen *screen, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (screen->pending_length + 1 >= sizeof screen->pending)
            screen->pending_length = 0;
        screen->pending[screen->pending_length++] = bytes[i];
        screen->pending[screen->pending_length] = '\0';
        if (take(screen))
            screen->pending_length = 0;
    }
}

char *screen_line(const struct screen *screen, int row)
{
    char *text = xmalloc((size_t)screen->columns * 4 + 1);
    size_t length = 0, end = 0;
    for (int i = 0; i < screen->columns; i++) {
        uint32_t character = screen->lines[row][i];
        if (character == UINT32_MAX)
            continue;
        length += (size_t)utf8_encode(character ? character : ' ',
                                      text + length);
        if (character && character != ' ')
            end = length;
    }
    text[end] = '\0';
    return text;
}

int screen_used(const struct screen *screen)
{
    int used = screen->line_count;
    for (; used > screen->row + 1; used--) {
        char *line = screen_line(screen, used - 1);
        bool blank = !*line;
        free(line);
        if (!blank)
            break;
    }
    return used;
}
