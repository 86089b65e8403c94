/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that are no window: files, and cells of a terminal. */
#ifndef VIEW_PICTURE_H
#define VIEW_PICTURE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "view/figure.h"
#include "view/scene.h"

struct picture_options {
    double dpi;          /* 0: the figure's own */
    bool is_transparent; /* no background */
    bool is_tight;       /* bbox_inches='tight' */
};

/* PNG, SVG or PDF, by the ending of PATH (PNG when it has none); written
   beside it and renamed.  OSError in words, ValueError for an unknown
   ending. */
bool picture_save(const struct figure *figure, const char *path,
                  struct picture_options options, struct error *err);
bool picture_save_scene(struct scene *scene, const char *path,
                        struct error *err);

/* How a terminal shows pictures. */
enum terminal_graphics {
    TERMINAL_KITTY,
    TERMINAL_ITERM,
    TERMINAL_SIXEL,
    TERMINAL_BLOCKS, /* half blocks in colour */
    TERMINAL_ASCII   /* no colours, no Unicode */
};

struct terminal_size {
    int columns, rows;
    int cell_width, cell_height; /* pixels; 0: unknown */
};

/* What the terminal of the environment can (TERM, TERM_PROGRAM, the
   locale, …), as Chafa knows it.  Without COLORS: ASCII. */
enum terminal_graphics terminal_graphics_detect(bool colors);

/* The text to write, ending with a newline: narrower than SIZE, and two
   thirds of its height at most.  SCENE is nobody else's now. */
void picture_to_terminal(struct scene *scene, enum terminal_graphics graphics,
                         struct terminal_size size, struct strbuf *sb);

#endif
