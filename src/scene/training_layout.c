/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/training_layout.h"

#include <math.h>

static const double margin = 10.0, line = 20.0;

/* Less than this is not worth drawing. */
static const double least_width = 150.0, least_height = 90.0;

/* What is too small gives its room to what is above it. */
static void drop_small(struct training_layout *layout)
{
    if (layout->weights.width < least_width / 2 ||
        layout->weights.height < least_height)
        layout->weights.width = 0.0;
    if (layout->curves.width < least_width ||
        layout->curves.height < least_height)
        layout->curves.width = 0.0;
}

/* Curves at the left, weights at the right. */
static void lay_beside(struct training_layout *layout, struct box middle)
{
    double left = floor(middle.width * 0.5);
    layout->curves = (struct box){middle.x, middle.y, left, middle.height};
    layout->weights = (struct box){middle.x + left + margin, middle.y,
                                   middle.width - left - margin, middle.height};
    layout->curves_beside = middle.height < 2.0 * least_height + 40.0;
}

/* The weights below the curves, in a narrow window. */
static void lay_below(struct training_layout *layout, struct box middle)
{
    double top = floor(middle.height * 0.55);
    layout->curves = (struct box){middle.x, middle.y, middle.width, top};
    layout->weights = (struct box){middle.x, middle.y + top + margin,
                                   middle.width, middle.height - top - margin};
    layout->curves_beside = top < 2.0 * least_height + 60.0;
}

static void lay_middle(struct training_layout *layout, struct box middle,
                       bool has_weights)
{
    layout->curves = middle;
    layout->curves_beside = middle.width > 1.6 * middle.height;
    if (has_weights && middle.width >= 520.0)
        lay_beside(layout, middle);
    else if (has_weights && middle.height >= 3.0 * least_height)
        lay_below(layout, middle);
    drop_small(layout);
    if (layout->weights.width <= 0.0) {
        layout->curves = middle;
        layout->curves_beside = middle.width > 1.6 * middle.height;
    }
}

struct training_layout training_layout_of(double width, double height,
                                          bool has_weights, bool has_answers,
                                          int key_lines)
{
    struct training_layout layout = {0};
    double inner = width - 2.0 * margin, top = 6.0;
    double foot = key_lines * line + 6.0;
    layout.state = (struct box){margin, top, inner, line};
    layout.keys = (struct box){margin, height - foot, inner, foot - 6.0};
    if (layout.keys.y < top + line)
        layout.keys.width = 0.0;
    double y = top + line + 6.0, bottom = height - foot - 4.0;
    double strip = fmin(fmax(height * 0.2, 84.0), 150.0);
    if (has_answers && bottom - y > strip + 2.0 * least_height) {
        layout.answers = (struct box){margin, bottom - strip, inner, strip};
        bottom -= strip + margin;
    }
    lay_middle(&layout, (struct box){margin, y, inner, bottom - y},
               has_weights);
    return layout;
}
