/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/text.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "view/formula.h"
#include "view/painter.h"

/* Longer texts are cut: setting one takes time with its square. */
enum { MOST_LINES = 64, MOST_BYTES = 4000 };

#define LINE_SPACING 1.2

/* Letters outside of these sizes are not to be read. */
#define LEAST_SIZE 0.5
#define MOST_SIZE 2000.0

struct text_line {
    PangoLayout *layout;
    double width, ascent, descent;
    double baseline; /* from the top of the text */
};

/* Text that was set, ready to be painted. */
struct text_block {
    int count;
    struct text_line lines[MOST_LINES];
    struct text_extent extent;
};

/* LINE as it is, or as the formula that is in it. */
static void set_content(PangoLayout *layout, const char *line, double size)
{
    PangoAttrList *attributes = NULL;
    char *markup = formula_to_markup(line, size), *plain = NULL;
    if (markup &&
        pango_parse_markup(markup, -1, 0, &attributes, &plain, NULL, NULL)) {
        pango_layout_set_text(layout, plain, -1);
        pango_layout_set_attributes(layout, attributes);
        pango_attr_list_unref(attributes);
        g_free(plain);
    } else {
        pango_layout_set_text(layout, line, -1);
    }
    free(markup);
}

static PangoLayout *layout_line(cairo_t *canvas, const char *line,
                                const struct text_style *style)
{
    PangoLayout *layout = pango_cairo_create_layout(canvas);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, style->is_mono ? "DejaVu Sans Mono"
                                                           : "DejaVu Sans");
    pango_font_description_set_weight(
        font, style->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(pango_layout_get_context(layout),
                                         options);
    pango_context_set_round_glyph_positions(pango_layout_get_context(layout),
                                            FALSE);
    pango_layout_context_changed(layout);
    cairo_font_options_destroy(options);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    set_content(layout, line, style->size);
    return layout;
}

/* The heights of "lp", hinted where there are pixels, as matplotlib's are. */
static void measure_line(cairo_t *canvas, const struct text_style *style,
                         struct text_line *line)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_text_extents_t extents;
    bool has_pixels = canvas_has_pixels(canvas);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT);
    cairo_font_options_set_hint_metrics(
        options, has_pixels ? CAIRO_HINT_METRICS_ON : CAIRO_HINT_METRICS_OFF);
    cairo_save(canvas);
    cairo_select_font_face(canvas, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
                           CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(canvas, style->size);
    cairo_set_font_options(canvas, options);
    cairo_text_extents(canvas, "lp", &extents);
    cairo_restore(canvas);
    cairo_font_options_destroy(options);
    line->ascent = -extents.y_bearing;
    line->descent = extents.height + extents.y_bearing;
}

static struct text_line set_line(cairo_t *canvas, const char *text,
                                 const struct text_style *style)
{
    struct text_line line = {.layout = layout_line(canvas, text, style)};
    PangoRectangle ink, logical;
    pango_layout_get_extents(line.layout, &ink, &logical);
    int baseline = pango_layout_get_baseline(line.layout);
    double above = (double)(baseline - ink.y) / PANGO_SCALE;
    double below = (double)(ink.y + ink.height - baseline) / PANGO_SCALE;
    measure_line(canvas, style, &line);
    line.width = (double)logical.width / PANGO_SCALE;
    /* Half a pixel more is the outline's softness. */
    if (above > line.ascent + 0.5)
        line.ascent = above;
    if (below > line.descent + 0.5)
        line.descent = below;
    return line;
}

/* Valid UTF-8, not too long; owned. */
static char *cleaned(const char *text)
{
    size_t length = strnlen(text, MOST_BYTES);
    gchar *valid = g_utf8_make_valid(text, (gssize)length);
    char *copy = xstrdup(valid);
    g_free(valid);
    return copy;
}

static void block_set(struct text_block *block, cairo_t *canvas,
                      const char *text, const struct text_style *wanted)
{
    char *copy = cleaned(text);
    char *next = copy;
    struct text_style style = *wanted;
    style.size = fmin(fmax(style.size, LEAST_SIZE), MOST_SIZE);
    *block = (struct text_block){.count = 0};
    double y = 0, descent = 0;
    while (next && block->count < MOST_LINES) {
        char *start = strsep(&next, "\n");
        struct text_line line = set_line(canvas, start, &style);
        y += block->count ? descent + LINE_SPACING * line.ascent : line.ascent;
        line.baseline = y;
        descent = line.descent;
        block->lines[block->count++] = line;
        block->extent.width = fmax(block->extent.width, line.width);
    }
    block->extent.height = y + descent;
    block->extent.baseline = y;
    free(copy);
}

static void block_done(struct text_block *block)
{
    for (int i = 0; i < block->count; i++)
        g_object_unref(block->lines[i].layout);
}

struct text_extent text_measure(cairo_t *canvas, const char *text,
                                const struct text_style *style)
{
    struct text_block block;
    block_set(&block, canvas, text, style);
    block_done(&block);
    return block.extent;
}

/* Part of an extent before the point that ALIGN names. */
static double share_before(enum text_align align)
{
    return align == ALIGN_CENTER ? 0.5 : align == ALIGN_END ? 1 : 0;
}

/* How to turn and move a block: its point (0, 0) goes to (x, y). */
struct placing {
    double x, y, sine, cosine;
    double bounds[4]; /* the box around it */
};

/* In Cairo's direction, in radians. */
static double angle_of(const struct text_style *style)
{
    return isfinite(style->rotation) ? -fmod(style->rotation, 360) * M_PI / 180
                                     : 0;
}

static struct placing place(const struct text_extent *extent, double x,
                            double y, const struct text_style *style)
{
    double angle = angle_of(style);
    struct placing p = {.sine = sin(angle), .cosine = cos(angle)};
    double across = extent->width * p.cosine, down = extent->width * p.sine;
    double back = -extent->height * p.sine, fall = extent->height * p.cosine;
    double left = fmin(0, across) + fmin(0, back);
    double top = fmin(0, down) + fmin(0, fall);
    double width = fabs(across) + fabs(back), height = fabs(down) + fabs(fall);
    bool is_based = style->vertical == ALIGN_BASELINE;
    double below = is_based ? extent->height - extent->baseline : 0;
    double above = is_based ? 1 : share_before(style->vertical);
    p.x = x - left - width * share_before(style->horizontal);
    p.y = y - top - height * above + below;
    p.bounds[0] = p.x + left;
    p.bounds[1] = p.y + top;
    p.bounds[2] = width;
    p.bounds[3] = height;
    return p;
}

void text_bounds(cairo_t *canvas, double x, double y, const char *text,
                 const struct text_style *style, double bounds[4])
{
    struct text_extent extent = text_measure(canvas, text, style);
    struct placing placing = place(&extent, x, y, style);
    memcpy(bounds, placing.bounds, sizeof placing.bounds);
}

void text_paint(cairo_t *canvas, double x, double y, const char *text,
                const struct text_style *style)
{
    struct text_block block;
    if (!isfinite(x) || !isfinite(y))
        return;
    block_set(&block, canvas, text, style);
    struct placing placing = place(&block.extent, x, y, style);
    const struct color *color = &style->color;
    cairo_save(canvas);
    cairo_set_source_rgba(canvas, color->red, color->green, color->blue,
                          color->alpha);
    cairo_translate(canvas, placing.x, placing.y);
    cairo_rotate(canvas, angle_of(style));
    for (int i = 0; i < block.count; i++) {
        struct text_line *line = &block.lines[i];
        double spare = block.extent.width - line->width;
        cairo_move_to(canvas, spare * share_before(style->horizontal),
                      line->baseline);
        pango_cairo_show_layout_line(
            canvas, pango_layout_get_line_readonly(line->layout, 0));
    }
    cairo_restore(canvas);
    block_done(&block);
}
