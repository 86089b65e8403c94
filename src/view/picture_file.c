/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures as files: PNG, SVG, PDF. */
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/path.h"
#include "view/painter.h"
#include "view/picture.h"

enum file_format { FORMAT_PNG, FORMAT_SVG, FORMAT_PDF };

static const struct format_name {
    const char *ending;
    enum file_format format;
} format_names[] = {
    {"pdf", FORMAT_PDF}, {"png", FORMAT_PNG}, {"svg", FORMAT_SVG}};

/* Cairo's pictures reach so far in either direction. */
enum { MOST_PIXELS = 32767 };

/* What stands around a picture that was cut to its contents, in inches. */
#define TIGHT_PAD 0.1

/* Points of an inch: the unit of SVG and PDF. */
#define POINTS 72.0

/* What to paint, and how large. */
struct page {
    double width, height; /* in units of the file */
    double scale;         /* its units in one of what paint() is told */
    void (*paint)(cairo_t *canvas, void *context);
    void *context;
};

static bool format_of(const char *path, enum file_format *ret,
                      const char **suffix, struct error *err)
{
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    const char *dot = strrchr(name, '.');
    *ret = FORMAT_PNG;
    *suffix = dot ? "" : ".png";
    if (!dot)
        return true;
    for (size_t i = 0; i < sizeof format_names / sizeof *format_names; i++)
        if (!strcasecmp(dot + 1, format_names[i].ending)) {
            *ret = format_names[i].format;
            return true;
        }
    return error_set(err, ERROR_VALUE,
                     "Format '%s' is not supported (supported formats: pdf, "
                     "png, svg)",
                     dot + 1);
}

static cairo_status_t add_bytes(void *closure, const unsigned char *bytes,
                                unsigned length)
{
    strbuf_add(closure, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *surface_of(enum file_format format,
                                   const struct page *page, struct strbuf *sb)
{
    switch (format) {
    case FORMAT_PDF:
        return cairo_pdf_surface_create_for_stream(add_bytes, sb, page->width,
                                                   page->height);
    case FORMAT_SVG:
        return cairo_svg_surface_create_for_stream(add_bytes, sb, page->width,
                                                   page->height);
    default:
        return cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
                                          (int)lrint(page->width),
                                          (int)lrint(page->height));
    }
}

/* The file's bytes into SB. */
static bool render(enum file_format format, const struct page *page,
                   struct strbuf *sb, struct error *err)
{
    if (!(page->width <= MOST_PIXELS && page->height <= MOST_PIXELS))
        return error_set(err, ERROR_VALUE,
                         "Image size of %.0fx%.0f pixels is too large. It must "
                         "be less than 2^15 in each direction.",
                         page->width, page->height);
    cairo_surface_t *surface = surface_of(format, page, sb);
    cairo_t *canvas = cairo_create(surface);
    cairo_scale(canvas, page->scale, page->scale);
    page->paint(canvas, page->context);
    cairo_status_t status = cairo_status(canvas);
    cairo_destroy(canvas);
    if (format == FORMAT_PNG && status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, add_bytes, sb);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    return error_set(err, ERROR_MEMORY, "%s", cairo_status_to_string(status));
}

static bool write_page(const char *path, enum file_format format,
                       const char *suffix, const struct page *page,
                       struct error *err)
{
    struct strbuf bytes = STRBUF_INIT;
    char *name = xasprintf("%s%s", path, suffix);
    bool ok = render(format, page, &bytes, err) &&
              file_write(name, bytes.text, bytes.length, err);
    free(name);
    strbuf_done(&bytes);
    return ok;
}

/* --------------------------------------------------------------- figures */

struct figure_page {
    struct figure *figure;
    double left, top; /* in inches: what is cut off */
    double scale;     /* units in an inch */
};

static void paint_figure_page(cairo_t *canvas, void *context)
{
    const struct figure_page *page = context;
    const struct figure *figure = page->figure;
    double scale = page->scale;
    struct box box = {-page->left * scale, -page->top * scale,
                      figure->width * scale, figure->height * scale};
    canvas_background(canvas, figure->face);
    paint_figure(canvas, figure, box, scale);
}

static void make_transparent(struct figure *figure)
{
    figure->face.alpha = 0;
    for (int i = 0; i < figure->axes_count; i++)
        if (!figure->axes[i]->beside)
            figure->axes[i]->face.alpha = 0;
}

/* What FIGURE's inks cover, in inches; the figure when there is nothing. */
static struct box inked(const struct figure *figure)
{
    struct figure *bare = figure_copy(figure);
    make_transparent(bare);
    cairo_surface_t *surface =
        cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *canvas = cairo_create(surface);
    struct box page = {0, 0, figure->width * POINTS, figure->height * POINTS};
    paint_figure(canvas, bare, page, POINTS);
    struct box ink;
    cairo_recording_surface_ink_extents(surface, &ink.x, &ink.y, &ink.width,
                                        &ink.height);
    cairo_destroy(canvas);
    cairo_surface_destroy(surface);
    figure_free(bare);
    if (ink.width <= 0 || ink.height <= 0)
        ink = page;
    return (struct box){ink.x / POINTS, ink.y / POINTS, ink.width / POINTS,
                        ink.height / POINTS};
}

bool picture_save(const struct figure *figure, const char *path,
                  struct picture_options options, struct error *err)
{
    enum file_format format;
    const char *suffix;
    if (!format_of(path, &format, &suffix, err))
        return false;
    double dpi = options.dpi > 0 ? options.dpi : figure->dpi;
    struct box cut = {0, 0, figure->width, figure->height};
    if (options.is_tight) {
        cut = inked(figure);
        cut =
            (struct box){cut.x - TIGHT_PAD, cut.y - TIGHT_PAD,
                         cut.width + 2 * TIGHT_PAD, cut.height + 2 * TIGHT_PAD};
    }
    struct figure_page content = {figure_copy(figure), cut.x, cut.y,
                                  format == FORMAT_PNG ? dpi : POINTS};
    if (options.is_transparent)
        make_transparent(content.figure);
    struct page page = {cut.width * content.scale, cut.height * content.scale,
                        1, paint_figure_page, &content};
    if (format == FORMAT_PNG) {
        page.width = fmax(1, floor(page.width + 1e-6));
        page.height = fmax(1, floor(page.height + 1e-6));
    }
    bool ok = write_page(path, format, suffix, &page, err);
    figure_free(content.figure);
    return ok;
}

/* ---------------------------------------------------------------- scenes */

static void paint_scene_page(cairo_t *canvas, void *context)
{
    struct scene *scene = context;
    canvas_background(canvas, (struct color){1, 1, 1, 1});
    scene->class->paint(scene, canvas, scene->width, scene->height);
}

bool picture_save_scene(struct scene *scene, const char *path,
                        struct error *err)
{
    enum file_format format;
    const char *suffix;
    if (!format_of(path, &format, &suffix, err))
        return false;
    /* As many points of the screen as pixels. */
    struct page page = {ceil(scene->width), ceil(scene->height), 1,
                        paint_scene_page, scene};
    return write_page(path, format, suffix, &page, err);
}
