/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/descent_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "lang/describe.h"
#include "repl/lookup.h"
#include "repl/short_text.h"
#include "repl/text_layout.h"

char **descent_names(const struct descent *descent)
{
    char **names = xcalloc((size_t)descent->count + 1, sizeof *names);
    int skip = 0;
    const struct function *function = lookup_function(descent->function, &skip);
    for (int i = 0; i < descent->count; i++) {
        const char *known =
            function ? function_parameter(function, skip + i) : NULL;
        if (known && *known)
            names[i] = xstrdup(known);
        else if (descent->count == 1)
            names[i] = xstrdup("x");
        else
            names[i] = xasprintf("x%d", i + 1);
    }
    return names;
}

size_t descent_rises(const struct descent *descent)
{
    size_t last = descent->point_count - 1, rises = 0;
    while (rises < last && descent->points[last - rises].loss >
                               descent->points[last - rises - 1].loss)
        rises++;
    return rises;
}

/* Elements, or shape and norm. */
static void add_tensor(struct strbuf *sb, struct tensor *tensor, size_t columns)
{
    if (!short_elements(sb, tensor, columns))
        short_tensor(sb, tensor, 0);
}

/* "w = 0.0, gradient -6.0" */
static void add_argument(const struct descent *descent, int i, const char *name,
                         size_t columns, struct strbuf *sb)
{
    const struct descent_point *point = descent_now(descent);
    struct strbuf x = STRBUF_INIT, gradient = STRBUF_INIT;
    add_tensor(&x, point->x[i], columns / 3);
    if (!short_elements(&gradient, point->gradients[i], columns / 3))
        short_norm(&gradient, point->gradients[i]);
    strbuf_addf(sb, _("%s = %s, gradient %s"), name, x.text, gradient.text);
    strbuf_done(&x);
    strbuf_done(&gradient);
}

static void write_place(const struct descent *descent, char *const *names,
                        size_t columns, struct strbuf *sb)
{
    struct strbuf line = STRBUF_INIT, loss = STRBUF_INIT;
    for (int i = 0; i < descent->count; i++) {
        add_argument(descent, i, names[i], columns, &line);
        strbuf_adds(&line, descent->count == 1 ? ", " : "\n");
    }
    short_number(&loss, descent_now(descent)->loss);
    strbuf_addf(&line, _("loss %s"), loss.text);
    text_wrap(sb, line.text, 0, columns);
    strbuf_addc(sb, '\n');
    strbuf_done(&line);
    strbuf_done(&loss);
}

/* ---------------------------------------------------------------- one step */

struct update {
    const struct descent *descent;
    const struct descent_point *before, *after;
    char *const *names;
    size_t columns;
};

/* A line with the numbers of an update, as long as it fits. */
struct equation {
    struct strbuf line;
    size_t columns;
    bool fits;
};

static struct equation equation_begin(const struct update *update,
                                      const char *label)
{
    struct equation equation = {STRBUF_INIT, update->columns, true};
    strbuf_addf(&equation.line, "  %s: ", label);
    return equation;
}

static void add_factor(struct equation *equation, const char *sign,
                       double number)
{
    strbuf_adds(&equation->line, sign);
    short_number(&equation->line, number);
}

static void add_term(struct equation *equation, const char *sign,
                     struct tensor *tensor)
{
    strbuf_adds(&equation->line, sign);
    equation->fits = equation->fits && short_elements(&equation->line, tensor,
                                                      equation->columns);
}

/* False, with nothing added, when it is not for one line. */
static bool equation_end(struct equation *equation, struct strbuf *sb)
{
    bool fits = equation->fits && equation->line.length <= equation->columns;
    if (fits)
        strbuf_addf(sb, "%s\n", equation->line.text);
    strbuf_done(&equation->line);
    return fits;
}

/* "w: 0.0 - 0.1 * -6.0 = 0.6" */
static bool add_plain(const struct update *update, int i, struct strbuf *sb)
{
    struct equation line = equation_begin(update, update->names[i]);
    add_term(&line, "", update->before->x[i]);
    add_factor(&line, " - ", update->descent->rate);
    add_term(&line, " * ", update->before->gradients[i]);
    add_term(&line, " = ", update->after->x[i]);
    return equation_end(&line, sb);
}

/* "v: 0.9 * 0.6 - 0.1 * -4.8 = 1.02" */
static bool add_velocity(const struct update *update, int i, const char *label,
                         struct strbuf *sb)
{
    struct equation line = equation_begin(update, label);
    add_factor(&line, "", update->descent->momentum);
    add_term(&line, " * ", update->before->velocities[i]);
    add_factor(&line, " - ", update->descent->rate);
    add_term(&line, " * ", update->before->gradients[i]);
    add_term(&line, " = ", update->after->velocities[i]);
    return equation_end(&line, sb);
}

/* "w: 0.6 + 1.02 = 1.62", what was added being the velocity. */
static bool add_moved(const struct update *update, int i, struct strbuf *sb)
{
    struct equation line = equation_begin(update, update->names[i]);
    add_term(&line, "", update->before->x[i]);
    add_term(&line, " + ", update->after->velocities[i]);
    add_term(&line, " = ", update->after->x[i]);
    return equation_end(&line, sb);
}

static bool add_with_momentum(const struct update *update, int i,
                              struct strbuf *sb)
{
    size_t start = sb->length;
    char *label = update->descent->count == 1
                      ? xstrdup("v")
                      : xasprintf("v(%s)", update->names[i]);
    bool good = add_velocity(update, i, label, sb) && add_moved(update, i, sb);
    if (!good)
        strbuf_truncate(sb, start);
    free(label);
    return good;
}

/* By a rule with a memory of its own: the gradient, and what it came to. */
static bool add_by_rule(const struct update *update, int i, struct strbuf *sb)
{
    struct strbuf line = STRBUF_INIT, gradient = STRBUF_INIT;
    size_t start = sb->length;
    bool good = short_elements(&gradient, update->before->gradients[i],
                               update->columns);
    if (good)
        strbuf_addf(&line, _("  gradient %s, step by %s"), gradient.text,
                    update->descent->type->named.name);
    good = good && line.length <= update->columns;
    if (good)
        strbuf_addf(sb, "%s\n", line.text);
    good = good && add_moved(update, i, sb);
    if (!good)
        strbuf_truncate(sb, start);
    strbuf_done(&gradient);
    strbuf_done(&line);
    return good;
}

/* Arrays that are too large for a line, by their norms. */
static void add_norms(const struct update *update, int i, struct strbuf *sb)
{
    struct strbuf line = STRBUF_INIT, parts[4];
    struct tensor *const tensors[4] = {
        update->before->x[i], update->before->gradients[i],
        update->after->velocities[i], update->after->x[i]};
    for (int k = 0; k < 4; k++) {
        strbuf_init(&parts[k]);
        short_norm(&parts[k], tensors[k]);
    }
    strbuf_addf(&line, "%s ", update->names[i]);
    shape_format(&line, tensors[0]->ndim, tensors[0]->shape);
    strbuf_addf(&line, _(": %s, gradient %s, step %s, then %s"), parts[0].text,
                parts[1].text, parts[2].text, parts[3].text);
    strbuf_adds(sb, "  ");
    text_wrap(sb, line.text, 2, update->columns);
    strbuf_addc(sb, '\n');
    for (int k = 0; k < 4; k++)
        strbuf_done(&parts[k]);
    strbuf_done(&line);
}

static void add_update(const struct update *update, int i, struct strbuf *sb)
{
    bool good;
    if (update->descent->type)
        good = add_by_rule(update, i, sb);
    else if (update->descent->momentum != 0.0)
        good = add_with_momentum(update, i, sb);
    else
        good = add_plain(update, i, sb);
    if (!good)
        add_norms(update, i, sb);
}

static void add_losses(const struct update *update, struct strbuf *sb)
{
    struct strbuf before = STRBUF_INIT, after = STRBUF_INIT;
    short_number(&before, update->before->loss);
    short_number(&after, update->after->loss);
    strbuf_addf(sb, _("  loss %s → %s\n"), before.text, after.text);
    strbuf_done(&before);
    strbuf_done(&after);
}

static void write_step(const struct descent *descent, char *const *names,
                       size_t columns, struct strbuf *sb)
{
    size_t last = descent->point_count - 1;
    const struct update update = {descent, &descent->points[last - 1],
                                  &descent->points[last], names, columns};
    strbuf_addf(sb, _("step %zu\n"), last);
    for (int i = 0; i < descent->count; i++)
        add_update(&update, i, sb);
    add_losses(&update, sb);
}

/* -------------------------------------------------------------- many steps */

enum { STEP_WIDTH = 6, LOSS_WIDTH = 14, LEAST_WIDTH = 8, MOST_WIDTH = 24 };

/* Columns for each argument; 0: there is no room for them. */
static size_t argument_width(const struct descent *descent, size_t columns)
{
    size_t room = columns - STEP_WIDTH - LOSS_WIDTH - 4;
    size_t width = room / (size_t)descent->count;
    bool numbers = true;
    for (int i = 0; i < descent->count; i++)
        numbers = numbers && descent->points[0].x[i]->ndim == 0;
    if (numbers && width > LOSS_WIDTH)
        return LOSS_WIDTH;
    return width > MOST_WIDTH ? MOST_WIDTH : width < LEAST_WIDTH ? 0 : width;
}

static void write_heading(const struct descent *descent, char *const *names,
                          size_t columns, struct strbuf *sb)
{
    size_t width = argument_width(descent, columns);
    strbuf_adds(sb, "  ");
    text_pad(sb, _("step"), STEP_WIDTH);
    for (int i = 0; width && i < descent->count; i++) {
        struct strbuf name = STRBUF_INIT;
        text_cut(&name, names[i], width - 1);
        text_pad(sb, name.text, width);
        strbuf_done(&name);
    }
    strbuf_addf(sb, "%s\n", _("loss"));
}

static void write_row(const struct descent *descent, size_t columns,
                      struct strbuf *sb)
{
    size_t width = argument_width(descent, columns);
    const struct descent_point *point = descent_now(descent);
    char *number = xasprintf("%zu", descent->point_count - 1);
    strbuf_adds(sb, "  ");
    text_pad(sb, number, STEP_WIDTH);
    free(number);
    for (int i = 0; width && i < descent->count; i++) {
        struct strbuf text = STRBUF_INIT, cut = STRBUF_INIT;
        if (!short_elements(&text, point->x[i], width - 1))
            short_norm(&text, point->x[i]);
        text_cut(&cut, text.text, width - 1);
        text_pad(sb, cut.text, width);
        strbuf_done(&text);
        strbuf_done(&cut);
    }
    short_number(sb, point->loss);
    strbuf_addc(sb, '\n');
}

/* ------------------------------------------------------------ side by side */

static size_t label_width(const struct descents *descents)
{
    size_t width = STEP_WIDTH;
    for (int i = 0; i < descents->count; i++)
        if (strlen(descents->labels[i]) > width)
            width = strlen(descents->labels[i]);
    return width;
}

/* "adam       w = 0.6, loss 5.76" */
static void write_brief(const struct descents *descents, int index,
                        size_t columns, struct strbuf *sb)
{
    const struct descent *descent = descents->items[index];
    const struct descent_point *point = descent_now(descent);
    struct strbuf line = STRBUF_INIT;
    strbuf_adds(&line, "  ");
    text_pad(&line, descents->labels[index], label_width(descents) + 2);
    for (int i = 0; i < descent->count; i++) {
        strbuf_addf(&line, "%s = ", descents->names[i]);
        add_tensor(&line, point->x[i], columns / 3);
        strbuf_adds(&line, ", ");
    }
    struct strbuf loss = STRBUF_INIT;
    short_number(&loss, point->loss);
    strbuf_addf(&line, _("loss %s"), loss.text);
    text_cut(sb, line.text, columns);
    strbuf_addc(sb, '\n');
    strbuf_done(&loss);
    strbuf_done(&line);
}

void descents_text_place(const struct descents *descents, size_t columns,
                         struct strbuf *sb)
{
    if (descents->count == 1)
        write_place(descents->items[0], descents->names, columns, sb);
    for (int i = 0; descents->count > 1 && i < descents->count; i++)
        write_brief(descents, i, columns, sb);
}

void descents_text_step(const struct descents *descents, size_t columns,
                        struct strbuf *sb)
{
    if (descents->count == 1) {
        write_step(descents->items[0], descents->names, columns, sb);
        return;
    }
    strbuf_addf(sb, _("step %zu\n"), descents_now(descents));
    for (int i = 0; i < descents->count; i++)
        write_brief(descents, i, columns, sb);
}

/* Columns for each loss. */
static size_t loss_width(const struct descents *descents, size_t columns)
{
    size_t width = (columns - STEP_WIDTH - 2) / (size_t)descents->count;
    return width < LOSS_WIDTH ? width : LOSS_WIDTH;
}

void descents_text_heading(const struct descents *descents, size_t columns,
                           struct strbuf *sb)
{
    size_t width = loss_width(descents, columns);
    if (descents->count == 1) {
        write_heading(descents->items[0], descents->names, columns, sb);
        return;
    }
    strbuf_adds(sb, "  ");
    text_pad(sb, _("step"), STEP_WIDTH);
    for (int i = 0; i < descents->count; i++)
        text_pad(sb, descents->labels[i], i + 1 < descents->count ? width : 0);
    strbuf_addc(sb, '\n');
}

void descents_text_row(const struct descents *descents, size_t columns,
                       struct strbuf *sb)
{
    size_t width = loss_width(descents, columns);
    if (descents->count == 1) {
        write_row(descents->items[0], columns, sb);
        return;
    }
    char *number = xasprintf("%zu", descents_now(descents));
    strbuf_adds(sb, "  ");
    text_pad(sb, number, STEP_WIDTH);
    free(number);
    for (int i = 0; i < descents->count; i++) {
        struct strbuf loss = STRBUF_INIT;
        if (descents_is_current(descents, i))
            short_number(&loss, descent_now(descents->items[i])->loss);
        else
            strbuf_addc(&loss, '-');
        text_pad(sb, loss.text, i + 1 < descents->count ? width : 0);
        strbuf_done(&loss);
    }
    strbuf_addc(sb, '\n');
}
