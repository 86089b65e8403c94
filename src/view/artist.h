/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What axes show: a line, points, an image, bars, a text, …  One kind a row
 * in view/artist.c's table (its extent, its painter, its legend entry), so
 * that a new kind is one file.
 */
#ifndef VIEW_ARTIST_H
#define VIEW_ARTIST_H

#include <stdbool.h>
#include <stdint.h>

#include "view/color.h"
#include "view/series.h"

enum artist_kind {
    ARTIST_LINE,    /* plot(), step() */
    ARTIST_POINTS,  /* scatter() */
    ARTIST_IMAGE,   /* imshow(), matshow() */
    ARTIST_BARS,    /* bar(), barh(), hist() */
    ARTIST_FILL,    /* fill_between(), fill() */
    ARTIST_CONTOUR, /* contour(), contourf() */
    ARTIST_RULE,    /* axhline(), axvline(), axhspan(), axvspan() */
    ARTIST_TEXT,    /* text(), annotate() */
    ARTIST_ARROWS,  /* quiver(), arrow() */
    ARTIST_KINDS
};

enum line_style {
    LINE_SOLID,
    LINE_DASHED,
    LINE_DASHDOT,
    LINE_DOTTED,
    LINE_NONE
};

/* Sizes are in points (1/72 inch).  Width 0 or alpha 0: no stroke. */
struct stroke {
    struct color color;
    double width;
    enum line_style style;
};

struct marker {
    char shape; /* matplotlib's letter: o . , s ^ v < > * + x D d | _ p h;
                   0: none */
    double size;
    struct color face, edge;
    double edge_width;
    bool edge_is_face; /* of scatter(): each point's edge has its colour */
};

/* Values to colours: (value - low) / (high - low) into the map. */
struct color_scale {
    const struct colormap *map; /* NULL: values are not mapped */
    double low, high;
    bool is_log;
};

enum text_align { ALIGN_START, ALIGN_CENTER, ALIGN_END, ALIGN_BASELINE };

enum arrow_shape {
    ARROW_OPEN,   /* "->" */
    ARROW_FILLED, /* "-|>" */
    ARROW_LINE,   /* "-" */
    ARROW_WEDGE   /* a broad one, as matplotlib's without an arrowstyle */
};

struct artist {
    enum artist_kind kind;
    char *label; /* for the legend, or NULL; "_…" is left out */
    double z;    /* higher is nearer: images 0, patches 1, lines 2, text 3 */
    bool is_hidden;
    double alpha; /* of images and of mapped colours; the others have it in
                     their colours */
    struct stroke stroke; /* of lines and of edges; TEXT: its colour */
    struct marker marker;
    struct color face; /* of bars, fills, boxes and arrows */
    struct color_scale scale;
    /* NaN in x or y interrupts a line and leaves a point out. */
    struct series *x, *y; /* of one length; IMAGE: NULL */
    union {
        struct {
            struct series *sizes;  /* area in points², one or one a point */
            struct series *values; /* for `scale`, or NULL */
            struct color *colors;  /* one a point, or NULL */
        } points;
        struct {
            int rows, columns;
            struct series *values; /* rows × columns; NULL when… */
            uint8_t *pixels;       /* … given as RGBA */
            bool is_smooth;        /* interpolated, else squares */
            bool from_below;       /* origin='lower' */
            double extent[4];      /* left, right, bottom, top in data units;
                                      with bottom over top the y axis runs
                                      downwards */
        } image;
        struct {
            struct series *widths, *heights, *bases; /* x: left edges */
            bool is_horizontal;                      /* x and y change places */
            struct color *colors; /* one a bar, or NULL: `face` */
        } bars;
        struct {
            struct series *other; /* between y and this; NULL: a polygon */
        } band;
        struct {
            int rows, columns;     /* of the grid x (columns), y (rows) */
            struct series *values; /* rows × columns */
            struct series *levels; /* rising */
            bool is_filled;
            bool has_labels;      /* clabel() */
            struct color *colors; /* one a level, or NULL: `scale` */
        } contour;
        struct {
            bool is_vertical;
            double low, high; /* a line when they are the same */
            double from, to;  /* parts of the other direction, 0 to 1 */
        } rule;
        struct {
            double x, y;
            bool in_axes;  /* x and y are parts of the axes, not data */
            bool from_tip; /* … are points, counted from the tip */
            char *text;
            double size, rotation; /* points, degrees */
            bool is_bold;
            enum text_align horizontal, vertical;
            bool has_arrow; /* from the text to this point */
            enum arrow_shape arrow;
            double tip_x, tip_y;
            double shrink; /* parts of the arrow left out at both ends */
            bool has_box;
            struct color box;
        } text;
        struct {
            struct series *u, *v; /* dx, dy in data units */
            double head;          /* length of the head in points */
        } arrows;
    };
};

/* Matplotlib's defaults of that kind; no data yet.  Filled contours and spans
   (RULE) belong at z 1. */
struct artist *artist_new(enum artist_kind kind);
void artist_free(struct artist *artist); /* NULL is fine */
struct artist *artist_copy(const struct artist *artist);

/* "r--o", "k:", "bo", "C2.-" into STROKE and MARKER; *HAS_COLOR tells whether
   it named one.  ValueError in matplotlib's words. */
bool artist_parse_format(const char *format, struct stroke *stroke,
                         struct marker *marker, bool *has_color,
                         struct error *err);

/* "-", "--", "-.", ":", "None", "", "solid" …; and a marker's letter, "" or
   "None".  ValueError in matplotlib's words. */
bool line_style_parse(const char *text, enum line_style *ret,
                      struct error *err);
bool marker_parse(const char *text, char *ret, struct error *err);

/* Has it no inside ('x', '+', '|', '_' …)?  Points of these have strokes of
   1.5 instead of 1. */
bool marker_is_open(char shape);

#endif
