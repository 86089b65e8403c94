/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/keys_line.h"

#include "view/text.h"

static const double line_height = 28.0;

double keys_line_height(double height)
{
    return height < 8.0 * line_height ? height / 8.0 : line_height;
}

void keys_line_paint(cairo_t *canvas, double width, double height,
                     const char *text)
{
    double room = keys_line_height(height);
    struct text_style style = {.size = 0.42 * room,
                               .color = {0.45, 0.45, 0.45, 1.0},
                               .horizontal = ALIGN_CENTER,
                               .vertical = ALIGN_CENTER};
    text_paint(canvas, width / 2.0, height - room / 2.0, text, &style);
}
