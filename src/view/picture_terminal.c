/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a terminal: painted as for a small window, then Chafa's work. */
#include <langinfo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <chafa.h>

#include "view/picture.h"

/* Points of a cell, whatever its pixels are: text is as large in a picture as
   around it.  Where a cell is a pixel or two nobody can read anyway, and
   larger strokes are seen better. */
enum { CELL_WIDTH = 8, CELL_HEIGHT = 16 };
static const double coarse = 5.0 / 8.0;

/* Of brightness, for ink: thin lines would be lost. */
static const double gamma_of_ink = 3.0;
enum { LEAST_COLUMNS = 10, LEAST_ROWS = 4 };

/* --------------------------------------------------------------- detection */

static ChafaTermInfo *find_terminal(void)
{
    char **environment = g_get_environ();
    ChafaTermInfo *info =
        chafa_term_db_detect(chafa_term_db_get_default(), environment);
    g_strfreev(environment);
    return info;
}

/* What tmux and screen pass on of pictures is less than what TERM_PROGRAM
   promises. */
static bool is_multiplexed(void)
{
    const char *term = getenv("TERM");
    return getenv("TMUX") ||
           (term && (!strncmp(term, "screen", 6) || !strncmp(term, "tmux", 4)));
}

enum terminal_graphics terminal_graphics_detect(bool colors)
{
    static const struct {
        ChafaTermSeq sequence;
        enum terminal_graphics graphics;
    } rows[] = {{CHAFA_TERM_SEQ_BEGIN_KITTY_IMMEDIATE_IMAGE_V1, TERMINAL_KITTY},
                {CHAFA_TERM_SEQ_BEGIN_ITERM2_IMAGE, TERMINAL_ITERM},
                {CHAFA_TERM_SEQ_BEGIN_SIXELS, TERMINAL_SIXEL}};
    if (!colors || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        return TERMINAL_ASCII;
    enum terminal_graphics found = TERMINAL_BLOCKS;
    ChafaTermInfo *info = find_terminal();
    for (size_t i = sizeof rows / sizeof *rows; i-- > 0 && !is_multiplexed();)
        if (chafa_term_info_have_seq(info, rows[i].sequence))
            found = rows[i].graphics;
    chafa_term_info_unref(info);
    return found;
}

/* -------------------------------------------------------------------- size */

static int at_least(int least, int value)
{
    return value > least ? value : least;
}

/* Columns and rows: as SCENE would like to be, in its proportions, in what
   there is. */
static struct terminal_size fit(const struct scene *scene,
                                struct terminal_size size)
{
    double width = scene->width / CELL_WIDTH;
    double height = scene->height / CELL_HEIGHT;
    double most_width = at_least(LEAST_COLUMNS, size.columns - 1);
    double most_height = at_least(LEAST_ROWS, size.rows * 2 / 3);
    double shrink = 1.0;
    if (!(width >= 1.0 && height >= 1.0))
        width = most_width, height = most_height;
    if (width > most_width)
        shrink = most_width / width;
    if (height * shrink > most_height)
        shrink = most_height / height;
    return (struct terminal_size){at_least(1, (int)(width * shrink)),
                                  at_least(1, (int)(height * shrink)),
                                  at_least(CELL_WIDTH, size.cell_width),
                                  at_least(CELL_HEIGHT, size.cell_height)};
}

/* ----------------------------------------------------------------- painting */

/* A surface of all the cells' pixels; destroy it.  A cell of usual size has
   SHARE of the points it would have elsewhere. */
static cairo_surface_t *paint(struct scene *scene, struct terminal_size size,
                              double share)
{
    double width = CELL_WIDTH * share, height = CELL_HEIGHT * share;
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, size.columns * size.cell_width,
        size.rows * size.cell_height);
    cairo_surface_set_device_scale(surface, size.cell_width / width,
                                   size.cell_height / height);
    cairo_t *canvas = cairo_create(surface);
    scene_paint(scene, canvas, size.columns * width, size.rows * height);
    cairo_destroy(canvas);
    cairo_surface_flush(surface);
    return surface;
}

/* Colours to shades of ink. */
static void make_ink(cairo_surface_t *surface)
{
    int stride = cairo_image_surface_get_stride(surface);
    unsigned char *row = cairo_image_surface_get_data(surface);
    for (int y = 0; y < cairo_image_surface_get_height(surface); y++) {
        uint32_t *pixels = (uint32_t *)(void *)(row + y * stride);
        for (int x = 0; x < cairo_image_surface_get_width(surface); x++) {
            uint32_t darkest = pixels[x] & 0xff;
            for (int shift = 8; shift <= 16; shift += 8)
                if ((pixels[x] >> shift & 0xff) < darkest)
                    darkest = pixels[x] >> shift & 0xff;
            double shade = pow(darkest / 255.0, gamma_of_ink);
            pixels[x] = 0xff000000 | 0x10101u * (uint32_t)(255.0 * shade);
        }
    }
}

/* As many colours as the terminal has. */
static ChafaCanvasMode color_mode(const ChafaTermInfo *info)
{
    if (chafa_term_info_have_seq(info, CHAFA_TERM_SEQ_SET_COLOR_FGBG_DIRECT))
        return CHAFA_CANVAS_MODE_TRUECOLOR;
    if (chafa_term_info_have_seq(info, CHAFA_TERM_SEQ_SET_COLOR_FGBG_256))
        return CHAFA_CANVAS_MODE_INDEXED_240;
    return CHAFA_CANVAS_MODE_INDEXED_16;
}

static ChafaPixelMode pixel_mode(enum terminal_graphics graphics)
{
    switch (graphics) {
    case TERMINAL_KITTY:
        return CHAFA_PIXEL_MODE_KITTY;
    case TERMINAL_ITERM:
        return CHAFA_PIXEL_MODE_ITERM2;
    case TERMINAL_SIXEL:
        return CHAFA_PIXEL_MODE_SIXELS;
    case TERMINAL_BLOCKS:
    case TERMINAL_ASCII:
    default:
        return CHAFA_PIXEL_MODE_SYMBOLS;
    }
}

static ChafaCanvas *new_canvas(const ChafaTermInfo *info,
                               enum terminal_graphics graphics,
                               struct terminal_size size)
{
    ChafaCanvasConfig *config = chafa_canvas_config_new();
    ChafaSymbolMap *symbols = chafa_symbol_map_new();
    bool is_ascii = graphics == TERMINAL_ASCII;
    chafa_symbol_map_add_by_tags(
        symbols, is_ascii ? CHAFA_SYMBOL_TAG_ASCII
                          : CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_SOLID |
                                CHAFA_SYMBOL_TAG_HALF);
    chafa_canvas_config_set_symbol_map(config, symbols);
    chafa_canvas_config_set_geometry(config, size.columns, size.rows);
    chafa_canvas_config_set_cell_geometry(config, size.cell_width,
                                          size.cell_height);
    chafa_canvas_config_set_pixel_mode(config, pixel_mode(graphics));
    chafa_canvas_config_set_canvas_mode(
        config, is_ascii ? CHAFA_CANVAS_MODE_FGBG : color_mode(info));
    if (is_ascii) { /* dark is ink, white is the terminal's background */
        chafa_canvas_config_set_fg_color(config, 0x000000);
        chafa_canvas_config_set_bg_color(config, 0xffffff);
    }
    ChafaCanvas *canvas = chafa_canvas_new(config);
    chafa_symbol_map_unref(symbols);
    chafa_canvas_config_unref(config);
    return canvas;
}

/* Whoever asks for pictures knows more than the environment told. */
static void know_all(ChafaTermInfo *info)
{
    ChafaTermInfo *all =
        chafa_term_db_get_fallback_info(chafa_term_db_get_default());
    chafa_term_info_supplement(info, all);
    chafa_term_info_unref(all);
}

void picture_to_terminal(struct scene *scene, enum terminal_graphics graphics,
                         struct terminal_size size, struct strbuf *sb)
{
    struct terminal_size cells = fit(scene, size);
    bool is_coarse = graphics == TERMINAL_BLOCKS || graphics == TERMINAL_ASCII;
    cairo_surface_t *surface = paint(scene, cells, is_coarse ? coarse : 1.0);
    if (graphics == TERMINAL_ASCII)
        make_ink(surface);
    ChafaTermInfo *info = find_terminal();
    ChafaCanvas *canvas = new_canvas(info, graphics, cells);
    chafa_set_n_threads(1); /* a training may want them more */
    know_all(info);
    chafa_canvas_draw_all_pixels(canvas,
                                 G_BYTE_ORDER == G_LITTLE_ENDIAN
                                     ? CHAFA_PIXEL_BGRA8_PREMULTIPLIED
                                     : CHAFA_PIXEL_ARGB8_PREMULTIPLIED,
                                 cairo_image_surface_get_data(surface),
                                 cairo_image_surface_get_width(surface),
                                 cairo_image_surface_get_height(surface),
                                 cairo_image_surface_get_stride(surface));
    GString *text =
        chafa_canvas_print(canvas, graphics == TERMINAL_ASCII ? NULL : info);
    strbuf_add(sb, text->str, text->len);
    if (text->len == 0 || text->str[text->len - 1] != '\n')
        strbuf_addc(sb, '\n');
    g_string_free(text, TRUE);
    chafa_canvas_unref(canvas);
    chafa_term_info_unref(info);
    cairo_surface_destroy(surface);
}
