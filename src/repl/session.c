/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/session.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/interrupt.h"
#include "bind/bind.h"
#include "bind/keras.h"
#include "repl/album.h"
#include "repl/color.h"
#include "repl/command.h"
#include "repl/command_descend.h"
#include "repl/command_draw.h"
#include "repl/command_train.h"
#include "repl/figures.h"
#include "repl/jobs.h"
#include "repl/lesson_play.h"
#include "repl/summary.h"
#include "repl/text_layout.h"
#include "repl/wake.h"
#include "tensor/format.h"
#include "tensor/random.h"

/* Deep recursion in the language is recursion in C. */
enum { STACK_SIZE = 64 << 20 };

/* Of one entry's output, for the notes. */
enum { CAPTURED_MOST = 1 << 16 };

struct session {
    struct session_options options;
    struct interp *own;    /* has the learner's variables */
    struct interp *interp; /* entries run in it: own, or a lesson's */
    struct lesson_play *lesson;
    struct diversion diversion;
    struct output output;
    struct settings settings;
    struct journal journal;
    struct strbuf captured;

    pthread_t thread;
    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t submitted;
    const struct entry *entry; /* NULL: none runs */
    bool ending;
    enum entry_status status;
    bool quitting; /* the session thread's */
    int exit_status;
};

/* The session whose values the display hook shows. */
static struct session *displaying;

/* ---------------------------------------------------------- the language */

/* Prints nothing, or prints it elsewhere. */
static bool divert(struct session *session, const char *text, size_t length)
{
    struct strbuf *to = session->diversion.text;
    if (session->diversion.on && to && to->length + length <= CAPTURED_MOST)
        strbuf_add(to, text, length);
    return session->diversion.on;
}

static void write_result(void *context, const char *text, size_t length)
{
    struct session *session = context;
    if (divert(session, text, length))
        return;
    if (session->captured.length + length <= CAPTURED_MOST)
        strbuf_add(&session->captured, text, length);
    output_write(&session->output, OUTPUT_RESULTS, text, length);
}

/* What Python writes to standard error; the prompt has one screen. */
static void write_error(void *context, const char *text, size_t length)
{
    struct session *session = context;
    if (divert(session, text, length))
        return;
    enum output_stream stream =
        session->options.interactive ? OUTPUT_RESULTS : OUTPUT_ERRORS;
    output_write(&session->output, stream, text, length);
}

static void write_warning(void *context, const char *text)
{
    char *line = xasprintf("%s\n", text);
    write_error(context, line, strlen(line));
    free(line);
}

static void print_dim(struct session *session, const char *text)
{
    bool colored = color_is_on((enum color_mode)session->settings.color);
    session_print(session, "%s%s%s\n", colored ? color_dim : "", text,
                  colored ? color_off : "");
}

/* Lines of arrays as long as a narrow screen allows, unless the learner has
   chosen a length. */
static bool display_fitting(struct session *session, struct interp *interp,
                            struct value value, struct error *err)
{
    static const struct print_options usual = PRINT_OPTIONS_DEFAULT;
    int width = session_columns(session) - 1;
    bool fit = session->options.interactive && width < usual.linewidth &&
               print_options.linewidth == usual.linewidth;
    if (fit)
        print_options.linewidth = width;
    bool good = bind_hooks.display(interp, value, err);
    if (fit)
        print_options.linewidth = usual.linewidth;
    return good;
}

/* A big tensor's values, then how they lie: at the prompt only, so that other
   output is NumPy's to the letter. */
static bool display(struct interp *interp, struct value value,
                    struct error *err)
{
    struct session *session = displaying;
    struct strbuf sb = STRBUF_INIT, line = STRBUF_INIT;
    if (!display_fitting(session, interp, value, err))
        return false;
    if (!session->options.interactive || !session->settings.summary ||
        session->diversion.on || value.kind != VALUE_TENSOR ||
        !summary_is_wanted(value.tensor))
        return true;
    bool good = summary_format(value.tensor, &sb, err);
    if (good) {
        text_wrap(&line, sb.text, 0, (size_t)session_columns(session) - 1);
        print_dim(session, line.text);
    }
    strbuf_done(&line);
    strbuf_done(&sb);
    return good;
}

struct interp *session_new_interp(struct session *session)
{
    struct interp_hooks hooks = bind_hooks;
    struct interp *interp = interp_new();
    hooks.name_hint = command_name_hint;
    hooks.display = display;
    bind_install(interp);
    command_draw_install(interp);
    interp_set_hooks(interp, &hooks);
    interp_set_output(interp, write_result, session);
    interp_set_error_output(interp, write_error, session);
    return interp;
}

/* What commands hold of its values goes first. */
void session_end_interp(struct session *session, struct interp *interp)
{
    if (session->interp == interp)
        session->interp = session->own;
    command_descend_forget();
    interp_free(interp);
}

void session_use_interp(struct session *session, struct interp *interp)
{
    session->interp = interp ? interp : session->own;
}

static void start_language(struct session *session)
{
    displaying = session;
    session->own = session_new_interp(session);
    session->interp = session->own;
    figures_install(session);
}

struct diversion session_divert(struct session *session, struct diversion to)
{
    struct diversion before = session->diversion;
    session->diversion = to;
    return before;
}

void session_reset(struct session *session)
{
    command_descend_forget();
    jobs_forget();
    interp_free(session->own);
    start_language(session);
}

/* ------------------------------------------------------------ the thread */

/* The next entry; NULL when the session ends. */
static const struct entry *next_entry(struct session *session)
{
    pthread_mutex_lock(&session->mutex);
    while (!session->entry && !session->ending)
        pthread_cond_wait(&session->submitted, &session->mutex);
    const struct entry *entry = session->ending ? NULL : session->entry;
    pthread_mutex_unlock(&session->mutex);
    return entry;
}

static void finish(struct session *session, enum entry_status status)
{
    pthread_mutex_lock(&session->mutex);
    session->status = session->quitting ? ENTRY_QUIT : status;
    session->entry = NULL;
    pthread_mutex_unlock(&session->mutex);
    wake_notify();
}

static void *work(void *context)
{
    struct session *session = context;
    const struct entry *entry;
    while ((entry = next_entry(session)))
        finish(session, entry_run(session, entry));
    command_descend_forget();
    jobs_forget();
    lesson_play_end(session);
    interp_free(session->own);
    return NULL;
}

/* Signals are main's: the thread starts with all of them blocked. */
static bool start_thread(struct session *session)
{
    sigset_t all, before;
    pthread_attr_t attributes;
    sigfillset(&all);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&session->thread, &attributes, work, session);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return !failed;
}

static void take_environment(struct settings *settings)
{
    struct error err = ERROR_INIT;
    if (!settings_take_environment(settings, &err))
        fprintf(stderr, "tensor: TENSOR_GRAPHICS: %s\n", err.message);
    error_clear(&err);
}

struct session *session_new(const struct session_options *options)
{
    struct session *session = xcalloc(1, sizeof *session);
    session->options = *options;
    session->settings = (struct settings)SETTINGS_DEFAULT;
    if (options->interactive)
        settings_load(&session->settings);
    take_environment(&session->settings);
    if (options->color != COLOR_AUTO)
        session->settings.color = (int)options->color;
    session->captured = (struct strbuf)STRBUF_INIT;
    output_init(&session->output);
    pthread_mutex_init(&session->mutex, NULL);
    pthread_cond_init(&session->submitted, NULL);
    if (options->seeded)
        rng_seed(&session_rng, options->seed);
    bind_set_warning_sink(write_warning, session);
    command_train_watch_fit(session);
    start_language(session);
    if (start_thread(session))
        return session;
    fputs(_("tensor: cannot start a thread\n"), stderr);
    exit(EXIT_FAILURE);
}

void session_free(struct session *session)
{
    if (!session)
        return;
    interrupt_request();
    output_close(&session->output);
    pthread_mutex_lock(&session->mutex);
    session->ending = true;
    pthread_cond_signal(&session->submitted);
    pthread_mutex_unlock(&session->mutex);
    pthread_join(session->thread, NULL);
    bind_set_warning_sink(NULL, NULL);
    keras_set_observer(NULL, NULL);
    journal_done(&session->journal);
    album_forget();
    strbuf_done(&session->captured);
    output_done(&session->output);
    pthread_cond_destroy(&session->submitted);
    pthread_mutex_destroy(&session->mutex);
    free(session);
}

void session_submit(struct session *session, const struct entry *entry)
{
    pthread_mutex_lock(&session->mutex);
    session->entry = entry;
    pthread_cond_signal(&session->submitted);
    pthread_mutex_unlock(&session->mutex);
}

bool session_is_busy(struct session *session)
{
    pthread_mutex_lock(&session->mutex);
    bool busy = session->entry != NULL;
    pthread_mutex_unlock(&session->mutex);
    return busy;
}

/* -------------------------------------------------------------- questions */

enum entry_status session_status(const struct session *session)
{
    return session->status;
}

int session_exit_status(const struct session *session)
{
    return session->exit_status;
}

struct interp *session_interp(struct session *session)
{
    return session->interp;
}

struct lesson_play *session_lesson(const struct session *session)
{
    return session->lesson;
}

void session_set_lesson(struct session *session, struct lesson_play *lesson)
{
    session->lesson = lesson;
}

struct output *session_output(struct session *session)
{
    return &session->output;
}

struct settings *session_settings(struct session *session)
{
    return &session->settings;
}

struct journal *session_journal(struct session *session)
{
    return &session->journal;
}

const struct entry *session_entry(const struct session *session)
{
    return session->entry;
}

bool session_is_interactive(const struct session *session)
{
    return session->options.interactive;
}

bool session_is_terminal(const struct session *session)
{
    return session->options.terminal;
}

int session_columns(const struct session *session)
{
    struct winsize size;
    if (session->options.terminal &&
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

bool session_seed(const struct session *session, uint32_t *ret)
{
    if (session->options.seeded)
        *ret = session->options.seed;
    return session->options.seeded;
}

void session_set_variable(struct session *session, const char *name,
                          struct value value)
{
    interp_set_global(session->interp, name, value);
    value_unref(value);
}

void session_print(struct session *session, const char *format, ...)
{
    struct strbuf text = STRBUF_INIT;
    va_list args;
    va_start(args, format);
    strbuf_vaddf(&text, format, args);
    va_end(args);
    write_result(session, text.text, text.length);
    strbuf_done(&text);
}

bool session_parse(struct session *session, const char *text,
                   struct program **ret, struct error *err)
{
    struct parse_options options = {.shorthand = session->settings.shorthand};
    struct source *source = source_new("<input>", text, strlen(text));
    bool good = program_parse(source, options, ret, err) == PARSE_OK;
    source_unref(source);
    if (!good)
        *ret = NULL;
    return good;
}

void session_capture(struct session *session)
{
    strbuf_clear(&session->captured);
}

void session_note(struct session *session, const char *text)
{
    struct strbuf *captured = &session->captured;
    if (session->diversion.on || captured->length > CAPTURED_MOST)
        return;
    if (captured->length && captured->text[captured->length - 1] != '\n')
        strbuf_addc(captured, '\n');
    strbuf_adds(captured, text);
}

const char *session_captured(const struct session *session)
{
    return session->captured.text;
}

void session_quit(struct session *session, int status)
{
    session->quitting = true;
    session->exit_status = status;
}

bool session_is_quitting(const struct session *session)
{
    return session->quitting;
}
