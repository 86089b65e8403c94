/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A figure: the description of what is to be seen.  `plt`, trainings and
 * lessons build it; view/paint.h paints it; where to (a window, a file, a
 * terminal) is nothing it knows.
 *
 * Names, defaults and looks are matplotlib's: a figure holds axes, axes hold
 * artists.  A figure has one owner; figure_copy() is how it passes to another
 * thread (cheap: the numbers are shared).  Texts are UTF-8 and owned.
 */
#ifndef VIEW_FIGURE_H
#define VIEW_FIGURE_H

#include <stdbool.h>

#include "view/artist.h"

enum axis_scale { SCALE_LINEAR, SCALE_LOG, SCALE_SYMLOG };

/* One of the two directions of axes. */
struct axis {
    char *label; /* or NULL */
    enum axis_scale scale;
    bool has_low, has_high; /* else from the data, with a margin of 5 % */
    double low, high;
    bool is_inverted;     /* turns around what the limits, or images, say */
    bool has_ticks;       /* set by xticks(): these and no others */
    struct series *ticks; /* NULL: none */
    char **tick_labels;   /* as many, or NULL: the numbers */
    double tick_rotation; /* degrees, counter-clockwise */
    double label_size, tick_size; /* of the text in points; 0: the default */
    bool is_hidden;               /* no ticks, no labels */
    bool is_far;         /* ticks and labels at the top, at the right */
    bool has_both_ticks; /* ticks, without labels, on the other side, too */
    bool is_integer;     /* ticks at whole numbers only, as matshow()'s */
    bool has_grid;
};

enum legend_place {
    LEGEND_BEST,
    LEGEND_UPPER_RIGHT,
    LEGEND_UPPER_LEFT,
    LEGEND_LOWER_LEFT,
    LEGEND_LOWER_RIGHT,
    LEGEND_RIGHT,
    LEGEND_CENTER_LEFT,
    LEGEND_CENTER_RIGHT,
    LEGEND_LOWER_CENTER,
    LEGEND_UPPER_CENTER,
    LEGEND_CENTER
};

/* Cells of a grid of axes, from 0, last ones included. */
struct axes_span {
    int rows, columns;
    int first_row, last_row, first_column, last_column;
};

struct axes {
    struct axes_span span;
    bool is_free;    /* `place` is a given rectangle instead of a span */
    double place[4]; /* left, bottom, width, height as parts of the figure */
    struct axis x, y;
    char *title;             /* or NULL */
    struct color face;       /* behind the data */
    double title_size;       /* in points; 0: the default */
    struct artist **artists; /* painted in order of z, then of adding */
    int artist_count;
    int next_color; /* of the property cycle: for lines… */
    int next_fill;  /* … and for what is filled: bars, points, bands */
    bool is_off;    /* axis('off') */
    bool is_equal;  /* one unit is as long in x as in y: images */
    bool gives_way; /* …by wider limits, not by a smaller frame */
    bool has_legend;
    enum legend_place legend;
    char *legend_title;
    /* A colour bar: axes without artists beside those that hold the image,
       contours or scattered points it explains. */
    struct artist *explained; /* in `beside`, or NULL */
    struct axes *beside;
    bool shares_x, shares_y; /* with the first axes of its column, row */
};

struct figure {
    int number;           /* plt.figure(number); 0: none */
    double width, height; /* inches */
    double dpi;           /* pixels of an inch in a file */
    struct color face;
    char *title;       /* suptitle, or NULL */
    double title_size; /* in points; 0: the default */
    bool is_tight;     /* tight_layout() */
    struct axes **axes;
    int axes_count;
};

/* 6.4 by 4.8 inches, 100 dpi, white, no axes. */
struct figure *figure_new(void);
void figure_free(struct figure *figure); /* NULL is fine */
struct figure *figure_copy(const struct figure *figure);

/* Borrowed.  figure_add_axes(): the axes of SPAN; those that are there already
   with the same span are returned as they are. */
struct axes *figure_add_axes(struct figure *figure, struct axes_span span);
struct axes *figure_add_free_axes(struct figure *figure, const double place[4]);
/* Takes its room from ARTIST's AXES. */
struct axes *figure_add_colorbar(struct figure *figure, struct axes *axes,
                                 struct artist *artist);
void figure_clear(struct figure *figure);
/* Frees AXES, and the colour bars that are beside them. */
void figure_remove_axes(struct figure *figure, struct axes *axes);

/* Takes ARTIST over; returns it. */
struct artist *axes_add(struct axes *axes, struct artist *artist);
void axes_clear(struct axes *axes);

/* Copies TEXT (NULL: none) in place of what *FIELD held. */
void figure_set_text(char **field, const char *text);

#endif
