/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What calls of pyplot make: the entries of plt/figures.txt, described in the
 * words of plt/record.py, which says the same of matplotlib's figures.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/path.h"
#include "bind/bind.h"
#include "bind/plt_internal.h"
#include "lang/lang.h"

/* ------------------------------------------------------------ descriptions */

static void add_number(struct strbuf *sb, double x)
{
    strbuf_addf(sb, " %.4g", x == 0 ? 0 : x);
}

static int to_byte(double part)
{
    return (int)(part * 255 + 0.5);
}

static void add_color(struct strbuf *sb, struct color color)
{
    strbuf_addf(sb, " #%02x%02x%02x%02x", to_byte(color.red),
                to_byte(color.green), to_byte(color.blue),
                to_byte(color.alpha));
}

static void add_text(struct strbuf *sb, const char *text)
{
    strbuf_addf(sb, " '%s'", text && *text != '_' ? text : "");
}

static const char *style_name(enum line_style style)
{
    static const char *const names[] = {"solid", "dashed", "dashdot", "dotted",
                                        "none"};
    return names[style];
}

static bool is_strokes(const struct artist *artist)
{
    return artist->x->count >= 3 && isnan(artist->x->values[2]) &&
           isnan(artist->y->values[2]);
}

static void describe_line(const struct artist *a, struct strbuf *sb)
{
    size_t count = a->x->count;
    if (is_strokes(a)) {
        strbuf_addf(sb, " strokes %zu", count / 3);
        return;
    }
    strbuf_adds(sb, " line");
    add_color(sb, a->stroke.color);
    add_number(sb, a->stroke.width);
    strbuf_addf(sb, " %s %c", style_name(a->stroke.style),
                a->marker.shape ? a->marker.shape : '-');
    add_number(sb, a->marker.size);
    strbuf_addf(sb, " %zu", count);
    if (count) {
        add_number(sb, a->x->values[0]);
        add_number(sb, a->y->values[0]);
        add_number(sb, a->x->values[count - 1]);
        add_number(sb, a->y->values[count - 1]);
    }
    add_text(sb, a->label);
}

static void describe_points(const struct artist *a, struct strbuf *sb)
{
    size_t count = a->x->count;
    const struct series *sizes = a->points.sizes;
    strbuf_addf(sb, " points %zu", count);
    add_number(sb, a->x->values[0]);
    add_number(sb, a->y->values[count - 1]);
    add_number(sb, sizes->values[0]);
    add_number(sb, sizes->values[sizes->count - 1]);
    if (a->points.values) {
        strbuf_addf(sb, " %s", colormap_name(a->scale.map));
        add_number(sb, a->scale.low);
        add_number(sb, a->scale.high);
    } else if (a->points.colors) {
        add_color(sb, a->points.colors[0]);
        add_color(sb, a->points.colors[1]);
    } else {
        add_color(sb, a->marker.face);
    }
    add_text(sb, a->label);
}

static void describe_image(const struct artist *a, struct strbuf *sb)
{
    strbuf_addf(sb, " image %d %d", a->image.rows, a->image.columns);
    if (a->image.values) {
        strbuf_addf(sb, " %s", colormap_name(a->scale.map));
        add_number(sb, a->scale.low);
        add_number(sb, a->scale.high);
    } else {
        strbuf_adds(sb, " rgb");
    }
    for (int i = 0; i < 4; i++)
        add_number(sb, a->image.extent[i]);
}

static void describe_bars(const struct artist *a, struct strbuf *sb)
{
    bool is_horizontal = a->bars.is_horizontal;
    strbuf_addf(sb, " bars %s %zu", is_horizontal ? "horizontal" : "vertical",
                a->x->count);
    for (size_t i = 0; i < a->x->count && i < 3; i++) {
        double places[2] = {a->x->values[i], a->bars.bases->values[i]};
        double sizes[2] = {a->bars.widths->values[i],
                           a->bars.heights->values[i]};
        add_number(sb, places[is_horizontal]);
        add_number(sb, places[!is_horizontal]);
        add_number(sb, sizes[is_horizontal]);
        add_number(sb, sizes[!is_horizontal]);
        add_color(sb, a->bars.colors ? a->bars.colors[i] : a->face);
    }
    add_text(sb, a->label);
}

static void describe_rule(const struct artist *a, struct strbuf *sb)
{
    strbuf_addf(sb, " rule %s",
                a->rule.is_vertical ? "vertical" : "horizontal");
    add_number(sb, a->rule.low);
    add_color(sb, a->stroke.color);
    add_number(sb, a->stroke.width);
    strbuf_addf(sb, " %s", style_name(a->stroke.style));
}

static void describe_text(const struct artist *a, struct strbuf *sb)
{
    static const char *const sides[] = {"left", "center", "right"};
    strbuf_adds(sb, " text");
    add_number(sb, a->text.x);
    add_number(sb, a->text.y);
    add_text(sb, a->text.text);
    add_number(sb, a->text.size);
    strbuf_addf(sb, " %s", sides[a->text.horizontal]);
    add_color(sb, a->stroke.color);
}

static void describe_artist(const struct artist *a, struct strbuf *sb)
{
    switch (a->kind) {
    case ARTIST_LINE:
        describe_line(a, sb);
        break;
    case ARTIST_POINTS:
        describe_points(a, sb);
        break;
    case ARTIST_IMAGE:
        describe_image(a, sb);
        break;
    case ARTIST_BARS:
        describe_bars(a, sb);
        break;
    case ARTIST_RULE:
        describe_rule(a, sb);
        break;
    case ARTIST_TEXT:
        describe_text(a, sb);
        break;
    case ARTIST_FILL:
        strbuf_adds(sb, " band");
        add_color(sb, a->face);
        add_text(sb, a->label);
        break;
    default:
        strbuf_addf(sb, " kind %d", a->kind);
    }
    strbuf_addc(sb, '\n');
}

static void describe_axes(const struct plt_figure *figure,
                          const struct axes *axes, struct strbuf *sb)
{
    static const char *const scales[] = {"linear", "log", "symlog"};
    struct error err = ERROR_INIT;
    double limits[4];
    ck_assert(plt_limits(figure, axes, limits, &err));
    strbuf_adds(sb, "axes");
    add_text(sb, axes->title);
    add_text(sb, axes->x.label);
    add_text(sb, axes->y.label);
    for (int i = 0; i < 4; i++) {
        add_number(sb, limits[i]);
        if (i % 2)
            strbuf_addf(sb, " %s",
                        scales[i < 2 ? axes->x.scale : axes->y.scale]);
    }
    strbuf_addf(sb, " %s\n", axes->is_off ? "off" : "on");
    if (axes->has_legend) {
        strbuf_adds(sb, " legend");
        for (int i = 0; i < axes->artist_count; i++)
            if (axes->artists[i]->label)
                add_text(sb, axes->artists[i]->label);
        strbuf_addc(sb, '\n');
    }
    for (int i = 0; i < axes->artist_count; i++)
        describe_artist(axes->artists[i], sb);
}

/* ------------------------------------------------------------------ running */

static void read_file(const char *name, struct strbuf *sb)
{
    struct error err = ERROR_INIT;
    const char *top = getenv("srcdir");
    char *path = xasprintf("%s/tests/plt/%s", top ? top : "..", name);
    ck_assert_msg(file_read(path, sb, &err), "%s", err.message);
    free(path);
}

/* Cuts the text up to the next empty line out of *REST. */
static char *next_block(char **rest)
{
    char *block = *rest, *end = strstr(block, "\n\n");
    if (!*block)
        return NULL;
    if (end) {
        end[1] = '\0';
        *rest = end + 2;
    } else {
        *rest = block + strlen(block);
    }
    return block;
}

static void run(struct interp *interp, const char *text)
{
    struct error err = ERROR_INIT;
    struct program *program = NULL;
    struct source *source = source_new("<entry>", text, strlen(text));
    struct parse_options options = {.shorthand = false};
    ck_assert_msg(program_parse(source, options, &program, &err) == PARSE_OK,
                  "%s\n%s", text, err.message);
    source_unref(source);
    bool good = program_run(interp, program, false, &err);
    ck_assert_msg(good, "%s\n%s", text, good ? "" : err.message);
    program_free(program);
}

START_TEST(figures_are_matplotlibs)
{
    struct strbuf entries = STRBUF_INIT, wanted = STRBUF_INIT;
    read_file("figures.txt", &entries);
    read_file("figures.wanted", &wanted);
    char *entry, *expected, *rest = entries.text, *left = wanted.text;
    int count = 0;
    while ((entry = next_block(&rest))) {
        struct interp *interp = interp_new();
        struct strbuf found = STRBUF_INIT;
        bind_install(interp);
        run(interp, entry);
        struct plt_figure *figure = plt_current_figure();
        for (int i = 0; i < figure->figure->axes_count; i++)
            describe_axes(figure, figure->figure->axes[i], &found);
        expected = next_block(&left);
        ck_assert_msg(expected && !strcmp(found.text, expected),
                      "%s\nmatplotlib:\n%s\nfound:\n%s", entry, expected,
                      found.text);
        strbuf_done(&found);
        interp_free(interp);
        count++;
    }
    ck_assert_int_ge(count, 30);
    plt_close_all();
    strbuf_done(&entries);
    strbuf_done(&wanted);
}
END_TEST

/* ------------------------------------------------------------------ showing */

static int shown, waited, closed;

static bool take(void *context, struct figure *figure, struct error *err)
{
    (void)err;
    ck_assert_ptr_eq(context, &shown);
    shown = shown * 10 + figure->number;
    figure_free(figure);
    return true;
}

static bool refuse(void *context, struct figure *figure, struct error *err)
{
    (void)context;
    figure_free(figure);
    return error_set(err, ERROR_OS, "no paper");
}

static bool wait_once(void *context, struct error *err)
{
    (void)context;
    (void)err;
    waited++;
    return true;
}

static void note_closed(void *context, int number)
{
    (void)context;
    closed = number;
}

START_TEST(show_hands_over_what_is_open)
{
    struct interp *interp = interp_new();
    bind_install(interp);
    plt_set_screen((struct plt_screen){take, wait_once, note_closed, &shown});
    run(interp, "plt.show()");
    ck_assert_int_eq(shown, 0);
    ck_assert_int_eq(waited, 0);
    run(interp, "f = plt.figure(); plt.figure(4); plt.show()");
    ck_assert_int_eq(shown, 14);
    ck_assert_int_eq(waited, 1);
    ck_assert_int_eq(plt_figure_count(), 0);
    run(interp, "f.show()");
    ck_assert_int_eq(shown, 141);
    run(interp, "plt.plot([1]); plt.show(block=False)");
    ck_assert_int_eq(plt_figure_count(), 1);
    run(interp, "plt.close(1)");
    ck_assert_int_eq(closed, 1);
    interp_free(interp);
    plt_set_screen((struct plt_screen){0});
}
END_TEST

START_TEST(show_reports_what_it_is_told)
{
    struct interp *interp = interp_new();
    struct error err = ERROR_INIT;
    struct value module, show, ret;
    bind_install(interp);
    plt_set_screen((struct plt_screen){.show = refuse});
    run(interp, "plt.figure()");
    ck_assert(interp_import(interp, "matplotlib.pyplot", &module, &err));
    ck_assert(module_get(module.module, "show", &show));
    struct call_args none = {0};
    ck_assert(!interp_call(interp, show, &none, &ret, &err));
    ck_assert_str_eq(err.message, "no paper");
    error_clear(&err);
    value_unref(show);
    value_unref(module);
    interp_free(interp);
    plt_set_screen((struct plt_screen){0});
    plt_close_all();
}
END_TEST

/* Values outlive what they are part of. */
START_TEST(parts_that_are_gone_say_so)
{
    static const char *const calls[] = {"axes.plot([1])", "line.set_color('r')",
                                        "axes.set_title('x')"};
    struct interp *interp = interp_new();
    bind_install(interp);
    run(interp, "fig, axes = plt.subplots(); line, = axes.plot([1, 2])\n"
                "repr(line), repr(axes)\n"
                "fig.clf(); plt.close('all')\n"
                "repr(line), repr(axes), line.axes\n");
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        char *text = xasprintf("try:\n    %s\n    good = True\n"
                               "except ValueError:\n    good = False\n"
                               "assert not good",
                               calls[i]);
        run(interp, text);
        free(text);
    }
    run(interp, "del fig\ndel axes\ndel line");
    interp_free(interp);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plt");
    TCase *tcase = tcase_create("plt");
    tcase_add_test(tcase, figures_are_matplotlibs);
    tcase_add_test(tcase, show_hands_over_what_is_open);
    tcase_add_test(tcase, show_reports_what_it_is_told);
    tcase_add_test(tcase, parts_that_are_gone_say_so);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
