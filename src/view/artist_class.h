/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of artists: a row each. */
#ifndef VIEW_ARTIST_CLASS_H
#define VIEW_ARTIST_CLASS_H

#include "view/extent.h"
#include "view/painter.h"

struct artist_class {
    /* Adds the data to EXTENT. */
    void (*extent)(const struct artist *artist, struct extent *extent);
    /* The canvas is clipped to the frame, but for texts. */
    void (*paint)(const struct artist *artist, const struct painter *painter);
    /* What stands in a legend, in BOX; NULL: such an artist has no entry. */
    void (*paint_handle)(const struct artist *artist,
                         const struct painter *painter, struct box box);
};

/* By kind. */
extern const struct artist_class artist_classes[ARTIST_KINDS];

/* The extent of any artist; nothing when it is hidden. */
void artist_extent(const struct artist *artist, struct extent *extent);
/* The length of x and y: the shorter one. */
size_t artist_count(const struct artist *artist);
/* The colour of VALUE on SCALE. */
struct color color_scale_at(const struct color_scale *scale, double value);
/* The I-th of SERIES, the only one there is, or OTHERWISE. */
double series_at(const struct series *series, size_t i, double otherwise);

/* -- the members of the rows, each in its own file -- */

void xy_extent(const struct artist *artist, struct extent *extent);
void line_paint(const struct artist *, const struct painter *);
void line_paint_handle(const struct artist *, const struct painter *,
                       struct box);
void points_paint(const struct artist *, const struct painter *);
void points_paint_handle(const struct artist *, const struct painter *,
                         struct box);
void image_extent(const struct artist *, struct extent *);
void image_paint(const struct artist *, const struct painter *);
void bars_extent(const struct artist *, struct extent *);
void bars_paint(const struct artist *, const struct painter *);
void face_paint_handle(const struct artist *, const struct painter *,
                       struct box);
void fill_extent(const struct artist *, struct extent *);
void fill_paint(const struct artist *, const struct painter *);
void contour_extent(const struct artist *, struct extent *);
void contour_paint(const struct artist *, const struct painter *);
/* The colour of level INDEX, or of the band above it. */
struct color contour_color(const struct artist *, size_t index);
void rule_extent(const struct artist *, struct extent *);
void rule_paint(const struct artist *, const struct painter *);
void rule_paint_handle(const struct artist *, const struct painter *,
                       struct box);
void text_artist_paint(const struct artist *, const struct painter *);
void arrows_paint(const struct artist *, const struct painter *);

#endif
