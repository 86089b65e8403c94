/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A network's layers, and how a training went. */
#include <string.h>

#include "base/i18n.h"
#include "scene/show.h"
#include "scene/show_parts.h"

/* ------------------------------------------------------------------ the layers
 */

/* "401,920" */
static void add_grouped(struct strbuf *sb, int64_t number)
{
    if (number >= 1000) {
        add_grouped(sb, number / 1000);
        strbuf_addf(sb, ",%03d", (int)(number % 1000));
    } else {
        strbuf_addf(sb, "%d", (int)number);
    }
}

static void add_arrow(struct axes *axes, double y, struct error *err)
{
    struct artist *arrow = artist_new(ARTIST_ARROWS);
    struct series **parts[] = {&arrow->x, &arrow->y, &arrow->arrows.u,
                               &arrow->arrows.v};
    double values[] = {0, y, 0, -0.4};
    for (int i = 0; i < 4; i++) {
        *parts[i] = series_new(1, err);
        if (!*parts[i]) {
            artist_free(arrow);
            return;
        }
        (*parts[i])->values[0] = values[i];
    }
    axes_add(axes, arrow);
}

/* The layer's box at Y, and beside it the shape that comes out. */
static bool add_layer(struct axes *axes, const struct layer *layer, double y,
                      struct error *err)
{
    static const struct color learns = {0.79, 0.87, 0.96, 1};
    static const struct color is_plain = {0.93, 0.93, 0.93, 1};
    int64_t parameters = layer->built ? layer_parameters(layer) : 0;
    struct strbuf text = STRBUF_INIT;
    if (!show_add_box(axes, -1.5, y - 0.3, 3, 0.6,
                      parameters ? learns : is_plain, err))
        return false;
    strbuf_addf(&text, "%s  (%s)", layer->type->named.name, layer->name);
    show_add_text(axes, 0, y + (parameters ? 0.1 : 0), text.text, 10);
    if (parameters) {
        strbuf_clear(&text);
        add_grouped(&text, parameters);
        strbuf_addf(&text, " %s", _("parameters"));
        show_add_text(axes, 0, y - 0.14, text.text, 8);
    }
    strbuf_done(&text);
    return true;
}

static void add_shape(struct axes *axes, const struct sample_shape *shape,
                      double y)
{
    struct strbuf text = STRBUF_INIT;
    sample_shape_format(&text, shape);
    struct artist *artist = show_add_text(axes, 0.15, y, text.text, 9);
    artist->text.horizontal = ALIGN_START;
    strbuf_done(&text);
}

static bool fill_model(struct axes *axes, const struct model *model,
                       struct error *err)
{
    double y = 0;
    axes->is_off = true;
    if (model->layers[0]->built) {
        add_shape(axes, &model->layers[0]->input, 0.55);
        add_arrow(axes, 0.75, err);
    }
    for (size_t i = 0; i < model->layer_count; i++, y -= 1) {
        const struct layer *layer = model->layers[i];
        if (!add_layer(axes, layer, y, err))
            return false;
        if (!layer->built)
            continue;
        add_shape(axes, &layer->output, y - 0.5);
        add_arrow(axes, y - 0.3, err);
    }
    axes->x.has_low = axes->x.has_high = true;
    axes->x.low = -2;
    axes->x.high = 2;
    axes->y.has_low = axes->y.has_high = true;
    axes->y.low = y;
    axes->y.high = 0.9;
    return true;
}

struct figure *show_model(const struct model *model, const char *title,
                          struct error *err)
{
    if (model->layer_count == 0)
        return error_null(err, ERROR_VALUE,
                          _("there is nothing in it to be shown"));
    struct strbuf text = STRBUF_INIT;
    strbuf_addf(&text, "%s: ", title);
    add_grouped(&text, model->built ? model_parameters(model) : 0);
    strbuf_addf(&text, " %s", _("parameters"));
    double height = (double)model->layer_count * 0.8 + 1.4;
    struct figure *figure =
        show_figure(text.text, NULL, 5, height < 12 ? height : 12);
    strbuf_done(&text);
    if (fill_model(show_cell(figure, 1, 1, 0, 0), model, err))
        return figure;
    figure_free(figure);
    return NULL;
}

/* ---------------------------------------------------------------- the training
 */

static bool is_loss(const char *name)
{
    return !strcmp(name, "loss") || !strcmp(name, "val_loss");
}

static bool add_curve(struct axes *axes, const struct show_curve *curve,
                      struct error *err)
{
    struct artist *line = artist_new(ARTIST_LINE);
    line->y = series_ref(curve->values);
    line->x = series_new(curve->values->count, err);
    if (!line->x) {
        artist_free(line);
        return false;
    }
    for (size_t i = 0; i < line->x->count; i++)
        line->x->values[i] = (double)i + 1;
    line->stroke.color = color_cycle(axes->next_color++);
    line->marker = (struct marker){.shape = 'o',
                                   .size = 4,
                                   .face = line->stroke.color,
                                   .edge = line->stroke.color};
    figure_set_text(&line->label, curve->name);
    axes_add(axes, line);
    axes->has_legend = true;
    return true;
}

struct figure *show_history(size_t count, const struct show_curve *curves,
                            const char *title, struct error *err)
{
    size_t losses = 0;
    for (size_t i = 0; i < count; i++)
        losses += is_loss(curves[i].name);
    if (count == 0)
        return error_null(err, ERROR_VALUE,
                          _("there is nothing in it to be shown"));
    int columns = losses > 0 && losses < count ? 2 : 1;
    struct figure *figure =
        show_figure(title, NULL, columns == 2 ? 9 : 6.4, 4.2);
    for (size_t i = 0; i < count; i++) {
        bool is_right = columns == 2 && !is_loss(curves[i].name);
        struct axes *axes = show_cell(figure, 1, columns, 0, is_right);
        figure_set_text(&axes->x.label, _("epoch"));
        axes->x.is_integer = true;
        if (!add_curve(axes, &curves[i], err)) {
            figure_free(figure);
            return NULL;
        }
    }
    return figure;
}
