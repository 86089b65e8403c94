/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/graphics.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/interrupt.h"
#include "repl/album.h"
#include "repl/graphics_print.h"
#include "repl/session.h"
#include "repl/wake.h"
#include "view/window.h"

/* What another thread wants of main, and waits for. */
struct request {
    enum {
        REQUEST_SHOW,
        REQUEST_CLOSE,
        REQUEST_CLOSE_FIGURES,
        REQUEST_LIST
    } what;
    struct scene *scene; /* SHOW: NULL once a window has it */
    const char *kind;    /* CLOSE */
    int count;           /* CLOSE: how many */
    struct strbuf *text; /* LIST */
    char *failure;       /* SHOW: why no window has it; owned */
    bool is_done;
    struct request *next;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; /* of what follows */
static pthread_cond_t answered = PTHREAD_COND_INITIALIZER;
static struct request *requests; /* the oldest first */
static int figure_count;         /* open, as of main's last turn */
static bool is_over;             /* main asks for no more */

static char *command; /* main's; of graphics_next_command() */

/* --------------------------------------------------------- other threads */

static void take_back(struct request *request)
{
    struct request **place = &requests;
    while (*place && *place != request)
        place = &(*place)->next;
    if (*place)
        *place = request->next;
}

/* false: Ctrl-C, or the end of the program, came before the answer. */
static bool ask(struct request *request)
{
    pthread_mutex_lock(&mutex);
    struct request **end = &requests;
    while (*end)
        end = &(*end)->next;
    *end = request;
    wake_notify();
    while (!request->is_done && !is_over && !interrupt_pending())
        pthread_cond_wait(&answered, &mutex);
    take_back(request);
    pthread_mutex_unlock(&mutex);
    return request->is_done;
}

int graphics_close(const char *kind)
{
    struct request request = {.what = REQUEST_CLOSE, .kind = kind};
    ask(&request);
    return request.count;
}

void graphics_close_figures(void)
{
    struct request request = {.what = REQUEST_CLOSE_FIGURES};
    ask(&request);
}

void graphics_list(struct strbuf *sb)
{
    struct request request = {.what = REQUEST_LIST, .text = sb};
    ask(&request);
}

bool graphics_wait(struct error *err)
{
    pthread_mutex_lock(&mutex);
    while (figure_count > 0 && !is_over && !interrupt_pending())
        pthread_cond_wait(&answered, &mutex);
    pthread_mutex_unlock(&mutex);
    return interrupt_check(err);
}

/* -------------------------------------------------------------- showing */

static bool wants_windows(const struct settings *settings)
{
    return settings->windows && (settings->graphics == GRAPHICS_AUTO ||
                                 settings->graphics == GRAPHICS_WINDOW);
}

bool graphics_shows_windows(struct session *session)
{
    return wants_windows(session_settings(session)) && windows_are_possible();
}

/* Once, and where somebody reads it. */
static void tell_once(struct session *session, const char *reason)
{
    static char *told;
    if (told && !strcmp(told, reason))
        return;
    free(told);
    told = xstrdup(reason);
    graphics_print_note(session, _("no window: %s"), reason);
}

/* *SCENE is NULL when a window has taken it over. */
static bool show_in_window(struct session *session, struct scene **scene,
                           struct error *err)
{
    struct request request = {.what = REQUEST_SHOW, .scene = *scene};
    if (!windows_are_possible()) {
        tell_once(session, _("there is no display"));
        return true;
    }
    bool is_answered = ask(&request);
    *scene = request.scene;
    if (request.failure)
        tell_once(session, request.failure);
    free(request.failure);
    return is_answered || interrupt_check(err);
}

static bool show_without_window(struct session *session, struct scene *scene,
                                struct error *err)
{
    switch (session_settings(session)->graphics) {
    case GRAPHICS_FILE:
        return graphics_print_file(session, scene, err);
    case GRAPHICS_OFF:
        return true;
    default:
        graphics_print(session, scene);
        return true;
    }
}

/* The notes show figures, wherever they were seen. */
static void note(struct session *session, const struct scene *scene)
{
    struct strbuf mark = STRBUF_INIT;
    const struct entry *entry = session_entry(session);
    if (entry && entry->typed && scene_figure(scene)) {
        album_add(scene_figure(scene), &mark);
        session_note(session, mark.text);
    }
    strbuf_done(&mark);
}

bool graphics_show(struct session *session, struct scene *scene,
                   struct error *err)
{
    const struct settings *settings = session_settings(session);
    bool good = true;
    note(session, scene);
    if (wants_windows(settings) &&
        (settings->graphics == GRAPHICS_WINDOW || windows_are_possible()))
        good = show_in_window(session, &scene, err);
    if (good && scene)
        good = show_without_window(session, scene, err);
    scene_free(scene);
    return good;
}

/* ----------------------------------------------------------------- main */

static void set_command(const char *line)
{
    free(command);
    command = xstrdup(line);
}

char *graphics_next_command(void)
{
    char *next = command;
    command = NULL;
    return next;
}

void graphics_init(void)
{
    scene_set_waker(wake_notify);
    scene_set_commander(set_command);
}

/* false: the answer is not known yet. */
static bool answer_show(struct request *request)
{
    struct error err = ERROR_INIT;
    if (windows_state() == WINDOWS_READY) {
        windows_show(request->scene);
        request->scene = NULL;
        return true;
    }
    if (windows_state() == WINDOWS_STARTING)
        return false;
    request->failure = windows_failure();
    if (!request->failure && windows_start(&err))
        return false;
    if (!request->failure)
        request->failure = xstrdup(err.message);
    error_clear(&err);
    return true;
}

static void list_windows(struct strbuf *sb)
{
    const struct scene *scene;
    for (int i = 0; (scene = windows_at(i)); i++)
        strbuf_addf(sb, "%-12s %s\n", scene->kind, scene->title);
}

static void close_figures(void)
{
    const struct scene *scene;
    for (int i = windows_count(); i-- > 0;)
        if ((scene = windows_at(i)) && scene_figure(scene))
            windows_close(scene->kind);
}

static bool answer(struct request *request)
{
    switch (request->what) {
    case REQUEST_SHOW:
        return answer_show(request);
    case REQUEST_CLOSE:
        request->count = windows_close(request->kind);
        return true;
    case REQUEST_CLOSE_FIGURES:
        close_figures();
        return true;
    case REQUEST_LIST:
    default:
        list_windows(request->text);
        return true;
    }
}

/* Was there one that could be answered? */
static bool answer_requests(void)
{
    bool any = false;
    while (requests && answer(requests)) {
        struct request *request = requests;
        requests = request->next;
        request->is_done = any = true;
    }
    return any;
}

/* Is a process waiting for a window that nobody wants any more? */
static void stop_idle(void)
{
    if (!requests && windows_state() == WINDOWS_READY && windows_count() == 0)
        windows_close(NULL);
}

static int count_figures(void)
{
    const struct scene *scene;
    int count = 0;
    for (int i = 0; (scene = windows_at(i)); i++)
        count += scene_figure(scene) != NULL;
    return count;
}

int graphics_turn(void)
{
    int pause = windows_turn();
    pthread_mutex_lock(&mutex);
    if (answer_requests())
        pause = windows_turn();
    stop_idle();
    figure_count = count_figures();
    pthread_cond_broadcast(&answered);
    pthread_mutex_unlock(&mutex);
    wake_watch(windows_descriptor());
    return pause;
}

char *graphics_news(void)
{
    char *reason = windows_failure();
    char *news =
        reason ? xasprintf(_("windows were closed: %s\n"), reason) : NULL;
    free(reason);
    return news;
}

void graphics_interrupt(void)
{
    pthread_mutex_lock(&mutex);
    pthread_cond_broadcast(&answered);
    pthread_mutex_unlock(&mutex);
}

void graphics_done(void)
{
    pthread_mutex_lock(&mutex);
    is_over = true;
    figure_count = 0;
    pthread_cond_broadcast(&answered);
    pthread_mutex_unlock(&mutex);
    windows_done();
    free(windows_failure());
    free(graphics_next_command());
}
