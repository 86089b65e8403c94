/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/artist.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static const struct color black = {0, 0, 0, 1};
static const struct color nothing = {0, 0, 0, 0};

static const double default_z[ARTIST_KINDS] = {
    [ARTIST_LINE] = 2, [ARTIST_POINTS] = 1, [ARTIST_IMAGE] = 0,
    [ARTIST_BARS] = 1, [ARTIST_FILL] = 1,   [ARTIST_CONTOUR] = 2,
    [ARTIST_RULE] = 2, [ARTIST_TEXT] = 3,   [ARTIST_ARROWS] = 1,
};

struct artist *artist_new(enum artist_kind kind)
{
    struct color first = color_cycle(0);
    struct artist *artist = xcalloc(1, sizeof *artist);
    artist->kind = kind;
    artist->z = default_z[kind];
    artist->alpha = 1;
    artist->stroke = (struct stroke){first, 1.5, LINE_SOLID};
    artist->marker = (struct marker){0, 6, first, first, 1, false};
    artist->face = first;
    artist->scale.high = 1;
    switch (kind) {
    case ARTIST_POINTS:
        artist->marker.shape = 'o';
        break;
    case ARTIST_BARS:
    case ARTIST_FILL:
        artist->stroke = (struct stroke){nothing, 1, LINE_SOLID};
        break;
    case ARTIST_RULE:
        artist->rule.to = 1;
        break;
    case ARTIST_TEXT:
        artist->stroke.color = artist->face = black;
        artist->stroke.width = 1;
        artist->text.size = 10;
        artist->text.vertical = ALIGN_BASELINE;
        break;
    case ARTIST_ARROWS:
        artist->stroke = (struct stroke){black, 1, LINE_SOLID};
        artist->face = black;
        artist->arrows.head = 6;
        break;
    default:
        break;
    }
    return artist;
}

/* ------------------------------------------------------ what it owns */

/* The members of one kind that are counted or owned.  `color_count` says how
   many there are at `colors`. */
struct belongings {
    struct series **series[3];
    struct color **colors;
    size_t color_count;
    uint8_t **pixels;
    size_t pixel_bytes;
    char **text;
};

static size_t series_count(const struct series *series)
{
    return series ? series->count : 0;
}

static struct belongings belongings_of(struct artist *a)
{
    switch (a->kind) {
    case ARTIST_POINTS:
        return (struct belongings){
            .series = {&a->points.sizes, &a->points.values},
            .colors = &a->points.colors,
            .color_count = series_count(a->x)};
    case ARTIST_IMAGE:
        return (struct belongings){.series = {&a->image.values},
                                   .pixels = &a->image.pixels,
                                   .pixel_bytes = 4 * (size_t)a->image.rows *
                                                  (size_t)a->image.columns};
    case ARTIST_BARS:
        return (struct belongings){
            .series = {&a->bars.widths, &a->bars.heights, &a->bars.bases},
            .colors = &a->bars.colors,
            .color_count = series_count(a->x)};
    case ARTIST_FILL:
        return (struct belongings){.series = {&a->band.other}};
    case ARTIST_CONTOUR:
        return (struct belongings){
            .series = {&a->contour.values, &a->contour.levels},
            .colors = &a->contour.colors,
            .color_count = series_count(a->contour.levels)};
    case ARTIST_TEXT:
        return (struct belongings){.text = &a->text.text};
    case ARTIST_ARROWS:
        return (struct belongings){.series = {&a->arrows.u, &a->arrows.v}};
    default:
        return (struct belongings){.text = NULL};
    }
}

enum { SERIES_OF_KIND = 3 };

void artist_free(struct artist *artist)
{
    if (!artist)
        return;
    struct belongings own = belongings_of(artist);
    for (int i = 0; i < SERIES_OF_KIND; i++)
        if (own.series[i])
            series_unref(*own.series[i]);
    if (own.colors)
        free(*own.colors);
    if (own.pixels)
        free(*own.pixels);
    if (own.text)
        free(*own.text);
    series_unref(artist->x);
    series_unref(artist->y);
    free(artist->label);
    free(artist);
}

static void *duplicate(const void *bytes, size_t size)
{
    if (!bytes)
        return NULL;
    void *copy = xmalloc(size ? size : 1);
    memcpy(copy, bytes, size);
    return copy;
}

struct artist *artist_copy(const struct artist *artist)
{
    struct artist *copy = duplicate(artist, sizeof *artist);
    struct belongings own = belongings_of(copy);
    for (int i = 0; i < SERIES_OF_KIND; i++)
        if (own.series[i])
            series_ref(*own.series[i]);
    if (own.colors)
        *own.colors =
            duplicate(*own.colors, own.color_count * sizeof **own.colors);
    if (own.pixels)
        *own.pixels = duplicate(*own.pixels, own.pixel_bytes);
    if (own.text && *own.text)
        *own.text = xstrdup(*own.text);
    series_ref(copy->x);
    series_ref(copy->y);
    if (copy->label)
        copy->label = xstrdup(copy->label);
    return copy;
}
