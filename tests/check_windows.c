/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Windows under SDL's dummy driver, with keys and clicks that come out of
 * SDL's own queue; and the same scene in the cells of a terminal.  What a real
 * display makes of them is tests/xvfb.sh's.
 */
#include <check.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "view/display.h"
#include "view/picture.h"
#include "view/window.h"

/* ------------------------------------------------------------- the scene */

/* Counts what is done with it, outside of itself: it is freed.  The painter's
   thread writes here, too. */
static struct seen {
    atomic_int paints, events, closed, freed;
    _Atomic double width, height; /* of the last paint */
    struct scene_event last;
} seen;

struct square {
    struct scene scene;
    bool moves;
};

static void square_paint(struct scene *scene, cairo_t *canvas, double width,
                         double height)
{
    (void)scene;
    seen.width = width;
    seen.height = height;
    seen.paints++;
    cairo_rectangle(canvas, 0.0, 0.0, width / 2.0, height);
    cairo_fill(canvas); /* the left half is black */
}

static bool square_handle(struct scene *scene, const struct scene_event *event,
                          double width, double height)
{
    (void)scene;
    (void)width;
    (void)height;
    seen.events++;
    seen.last = *event;
    return true;
}

static bool square_update(struct scene *scene, double now)
{
    (void)now;
    return ((struct square *)scene)->moves;
}

static double square_rest(struct scene *scene, double now)
{
    (void)now;
    return ((struct square *)scene)->moves ? 0.0 : -1.0;
}

static void square_closed(struct scene *scene)
{
    (void)scene;
    seen.closed++;
}

static void square_free(struct scene *scene)
{
    seen.freed++;
    free(scene);
}

/* A scene that takes its time to paint. */
static atomic_int slow_paints;

static void slow_paint(struct scene *scene, cairo_t *canvas, double width,
                       double height)
{
    static const struct timespec time = {0, 300000000};
    slow_paints++;
    nanosleep(&time, NULL);
    square_paint(scene, canvas, width, height);
}

static const struct scene_class slow_class = {slow_paint,    square_handle,
                                              square_update, square_rest,
                                              square_closed, square_free};

static const struct scene_class square_class = {square_paint,  square_handle,
                                                square_update, square_rest,
                                                square_closed, square_free};

static struct scene *new_square(const char *kind, double width, double height)
{
    struct square *square = xcalloc(1, sizeof *square);
    scene_init(&square->scene, &square_class, kind, "A square", width, height);
    return &square->scene;
}

/* -------------------------------------------------------------- the loop */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int wake_ends[2];

static void wake(void)
{
    ssize_t written = write(wake_ends[1], "", 1);
    (void)written;
}

/* As the prompt's loop: sleeps as long as windows_turn() says. */
static void turn_once(void)
{
    char bytes[64];
    int pause = windows_turn();
    struct pollfd polled[] = {{.fd = windows_descriptor(), .events = POLLIN},
                              {.fd = wake_ends[0], .events = POLLIN}};
    poll(polled, 2, pause < 0 || pause > 50 ? 50 : pause);
    if (polled[1].revents && read(wake_ends[0], bytes, sizeof bytes) < 0)
        ck_abort();
}

/* Until *COUNT is VALUE at least; 20 seconds at most. */
static bool turn_until(atomic_int *count, int value)
{
    double end = now() + 20.0;
    while (*count < value && now() < end)
        turn_once();
    return *count >= value;
}

static void turn_for(double seconds)
{
    double end = now() + seconds;
    while (now() < end)
        turn_once();
}

static void start(void)
{
    struct error err = ERROR_INIT;
    double end = now() + 20.0;
    ck_assert_msg(windows_start(&err), "%s", err.message);
    while (windows_state() == WINDOWS_STARTING && now() < end)
        turn_once();
}

static void setup(void)
{
    const char *program = getenv("TENSOR");
    static char path[4096];
    ck_assert_ptr_nonnull(program);
    snprintf(path, sizeof path, "%s-windows", program);
    display_set_program(path);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    ck_assert_int_eq(pipe(wake_ends), 0);
    scene_set_waker(wake);
    memset(&seen, 0, sizeof seen);
}

static void teardown(void)
{
    windows_done();
}

/* Opens a window and waits for its first picture. */
static void open_square(const char *kind)
{
    int before = seen.paints;
    start();
    ck_assert_int_eq(windows_state(), WINDOWS_READY);
    windows_show(new_square(kind, 200.0, 100.0));
    ck_assert(turn_until(&seen.paints, before + 1));
}

static void press(const char *kind, uint32_t key)
{
    struct scene_event event = {.kind = SCENE_KEY, .key = key};
    windows_pretend(kind, &event);
}

/* ------------------------------------------------------------------ tests */

START_TEST(test_show)
{
    open_square("square");
    ck_assert_double_eq(seen.width, 200.0);
    ck_assert_double_eq(seen.height, 100.0);
    ck_assert_int_eq(windows_count(), 1);
    ck_assert_str_eq(windows_at(0)->kind, "square");
    ck_assert_ptr_null(windows_at(1));
    /* one a kind: the old scene is freed, not closed by a person */
    windows_show(new_square("square", 400.0, 400.0));
    ck_assert_int_eq(windows_count(), 1);
    ck_assert(turn_until(&seen.paints, 2));
    ck_assert_int_eq(seen.freed, 1);
    ck_assert_int_eq(seen.closed, 0);
    ck_assert_double_eq(seen.width, 200.0); /* the window stays as it is */
    windows_show(new_square("other", 50.0, 50.0));
    ck_assert_int_eq(windows_count(), 2);
    ck_assert_int_eq(windows_close("none"), 0);
    ck_assert_int_eq(windows_close("square"), 1);
    ck_assert_str_eq(windows_at(0)->kind, "other");
    ck_assert_int_eq(windows_close(NULL), 1);
    ck_assert(turn_until(&seen.freed, 3));
    ck_assert_int_eq(windows_state(), WINDOWS_CLOSED);
}
END_TEST

START_TEST(test_events)
{
    open_square("square");
    press("square", 's');
    ck_assert(turn_until(&seen.events, 1));
    ck_assert_int_eq(seen.last.kind, SCENE_KEY);
    ck_assert_uint_eq(seen.last.key, 's');
    ck_assert(turn_until(&seen.paints, 2)); /* handle() said so */
    press("square", '\b');
    ck_assert(turn_until(&seen.events, 2));
    ck_assert_uint_eq(seen.last.key, '\b');
    struct scene_event click = {
        .kind = SCENE_PRESS, .button = 1, .x = 30.0, .y = 40.0};
    windows_pretend("square", &click);
    ck_assert(turn_until(&seen.events, 3));
    ck_assert_int_eq(seen.last.kind, SCENE_PRESS);
    ck_assert_int_eq(seen.last.button, 1);
    ck_assert_double_eq(seen.last.x, 30.0);
    ck_assert_double_eq(seen.last.y, 40.0);
}
END_TEST

/* Esc closes its window, and no other one. */
START_TEST(test_escape)
{
    open_square("square");
    open_square("other");
    press("square", 27);
    ck_assert(turn_until(&seen.closed, 1));
    ck_assert_int_eq(seen.freed, 1);
    ck_assert_int_eq(seen.events, 0);
    ck_assert_int_eq(windows_count(), 1);
    ck_assert_str_eq(windows_at(0)->kind, "other");
    press("other", 27);
    ck_assert(turn_until(&seen.closed, 2));
    ck_assert_int_eq(windows_state(), WINDOWS_CLOSED);
    ck_assert_ptr_null(windows_failure());
}
END_TEST

START_TEST(test_resize)
{
    open_square("square");
    windows_pretend_size("square", 320, 240);
    ck_assert(turn_until(&seen.paints, 2));
    turn_for(0.1);
    ck_assert_double_eq(seen.width, 320.0);
    ck_assert_double_eq(seen.height, 240.0);
}
END_TEST

/* Wishes that cannot be met. */
START_TEST(test_sizes)
{
    static const double sizes[] = {0.0, -5.0, 20000.0, 1e300, NAN, INFINITY};
    start();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int before = seen.paints;
        windows_show(new_square("square", sizes[i], sizes[i]));
        ck_assert(turn_until(&seen.paints, before + 1));
        ck_assert(seen.width >= 1.0 && seen.width <= 8192.0);
        windows_close(NULL);
        start();
    }
}
END_TEST

/* Nothing moves: nothing is painted, and nobody is woken. */
START_TEST(test_idle)
{
    open_square("square");
    turn_for(0.2);
    int paints = seen.paints;
    ck_assert_int_eq(windows_turn(), -1);
    struct pollfd polled = {.fd = windows_descriptor(), .events = POLLIN};
    ck_assert_int_eq(poll(&polled, 1, 300), 0);
    ck_assert_int_eq(seen.paints, paints);
}
END_TEST

/* 60 frames a second, no more; fewer only on a machine that is busy. */
START_TEST(test_pace)
{
    open_square("square");
    struct scene *scene = (struct scene *)(void *)windows_at(0);
    ((struct square *)scene)->moves = true;
    turn_for(0.2);
    int before = seen.paints;
    turn_for(1.0);
    ck_assert_int_le(seen.paints - before, 62);
    ck_assert_int_ge(seen.paints - before, 10);
}
END_TEST

/* Nobody waits for a scene that is slow: what comes meanwhile is taken up
   afterwards, and it can be closed. */
START_TEST(test_slow)
{
    struct scene *scene = new_square("slow", 200.0, 100.0);
    scene->class = &slow_class;
    start();
    windows_show(scene);
    ck_assert(turn_until(&slow_paints, 1));
    press("slow", 's');
    press("slow", 't');
    double begin = now();
    for (int i = 0; i < 10; i++)
        windows_turn();
    ck_assert_double_lt(now() - begin, 0.2);
    ck_assert_int_eq(seen.events, 0);
    ck_assert(turn_until(&seen.events, 2));
    ck_assert_uint_eq(seen.last.key, 't');
    ck_assert(turn_until(&slow_paints, 2)); /* handle() said so */
    ck_assert_int_eq(windows_close("slow"), 1);
    ck_assert_int_eq(seen.freed, 0);
    ck_assert(turn_until(&seen.freed, 1));
    ck_assert_int_eq(seen.paints, 2);
}
END_TEST

/* The process that shows them ends: a line to tell, and the next one opens. */
START_TEST(test_killed)
{
    open_square("square");
    display_kill(SIGKILL);
    ck_assert(turn_until(&seen.closed, 1));
    ck_assert_int_eq(windows_state(), WINDOWS_CLOSED);
    char *reason = windows_failure();
    ck_assert_ptr_nonnull(reason);
    free(reason);
    ck_assert_ptr_null(windows_failure());
    open_square("square");
    ck_assert_int_eq(windows_count(), 1);
}
END_TEST

/* No display, no driver, no program: one line each, nothing else. */
START_TEST(test_failure)
{
    setenv("SDL_VIDEODRIVER", "nonsense", 1);
    start();
    ck_assert_int_eq(windows_state(), WINDOWS_CLOSED);
    char *reason = windows_failure();
    ck_assert_ptr_nonnull(reason);
    ck_assert_ptr_nonnull(strstr(reason, "the display cannot be used"));
    free(reason);
    struct error err = ERROR_INIT;
    display_set_program("/nonexistent/tensor-windows");
    ck_assert(!windows_start(&err));
    ck_assert_int_eq(err.kind, ERROR_RUNTIME);
    error_clear(&err);
}
END_TEST

/* --------------------------------------------------------------- terminal */

/* Columns of the widest line, without what begins with ESC; rows of TEXT. */
static int measure(const char *text, int *rows)
{
    int widest = 0, columns = 0;
    for (*rows = 0; *text;) {
        uint32_t point;
        int bytes = utf8_decode(text, strlen(text), &point);
        ck_assert_int_gt(bytes, 0);
        if (point == 27) {
            while (*text && !strchr("mhlABCDHJKsu", *text))
                text++;
            text += *text != '\0';
            continue;
        }
        text += bytes;
        *rows += point == '\n';
        columns = point == '\n' ? 0 : columns + utf8_width(point);
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

START_TEST(test_terminal)
{
    static const struct terminal_size sizes[] = {
        {80, 24, 0, 0}, {40, 24, 10, 20}, {200, 60, 0, 0}, {1, 1, 0, 0}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int k = TERMINAL_BLOCKS; k <= TERMINAL_ASCII; k++) {
            struct strbuf sb = STRBUF_INIT;
            struct scene *scene = new_square("square", 640.0, 480.0);
            int rows;
            picture_to_terminal(scene, (enum terminal_graphics)k, sizes[i],
                                &sb);
            int columns = measure(sb.text, &rows);
            ck_assert_int_ge(rows, 2);
            ck_assert_int_gt(columns, 0);
            if (sizes[i].columns > 1) {
                ck_assert_int_lt(columns, sizes[i].columns);
                ck_assert_int_le(rows, sizes[i].rows * 2 / 3);
            }
            strbuf_done(&sb);
            scene_free(scene);
        }
}
END_TEST

/* Black is ink, white is nothing. */
START_TEST(test_ascii)
{
    struct strbuf sb = STRBUF_INIT;
    struct scene *scene = new_square("square", 160.0, 64.0);
    picture_to_terminal(scene, TERMINAL_ASCII,
                        (struct terminal_size){80, 24, 0, 0}, &sb);
    ck_assert_ptr_null(strchr(sb.text, 27));
    size_t length = strcspn(sb.text, "\n");
    ck_assert_uint_ge(length, 10);
    for (size_t i = 0; i < length; i++)
        ck_assert_msg((sb.text[i] != ' ') == (i < 10), "column %zu: '%c'", i,
                      sb.text[i]);
    strbuf_done(&sb);
    scene_free(scene);
}
END_TEST

/* The sequences that begin such pictures, from the terminals' own
   documentation. */
START_TEST(test_protocols)
{
    static const struct {
        enum terminal_graphics graphics;
        const char *start;
    } rows[] = {{TERMINAL_KITTY, "\033_G"},
                {TERMINAL_ITERM, "\033]1337;File="},
                {TERMINAL_SIXEL, "\033P"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct strbuf sb = STRBUF_INIT;
        struct scene *scene = new_square("square", 160.0, 64.0);
        picture_to_terminal(scene, rows[i].graphics,
                            (struct terminal_size){80, 24, 8, 16}, &sb);
        ck_assert_ptr_nonnull(strstr(sb.text, rows[i].start));
        ck_assert_int_eq(sb.text[sb.length - 1], '\n');
        strbuf_done(&sb);
        scene_free(scene);
    }
}
END_TEST

static Suite *windows_suite(void)
{
    Suite *suite = suite_create("windows");
    TCase *windows = tcase_create("windows"), *terminal;
    tcase_add_checked_fixture(windows, setup, teardown);
    tcase_add_test(windows, test_show);
    tcase_add_test(windows, test_events);
    tcase_add_test(windows, test_escape);
    tcase_add_test(windows, test_resize);
    tcase_add_test(windows, test_sizes);
    tcase_add_test(windows, test_idle);
    tcase_add_test(windows, test_pace);
    tcase_add_test(windows, test_slow);
    tcase_add_test(windows, test_killed);
    tcase_add_test(windows, test_failure);
    suite_add_tcase(suite, windows);
    terminal = tcase_create("terminal");
    tcase_add_test(terminal, test_terminal);
    tcase_add_test(terminal, test_ascii);
    tcase_add_test(terminal, test_protocols);
    suite_add_tcase(suite, terminal);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(windows_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
