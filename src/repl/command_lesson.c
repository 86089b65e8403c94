/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_lesson.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/path.h"
#include "lesson/catalog.h"
#include "repl/command.h"
#include "repl/lesson_play.h"
#include "repl/lesson_text.h"
#include "repl/session.h"

const char command_lesson_details[] =
    N_("Alone it goes on where you were, or begins with the first lesson. "
       "lesson 7 plays lesson 7, lesson 7.3 begins with its third step, and "
       "lesson path/to/my.md plays a file of yours (man tensor-lesson).\n\n"
       "A lesson has variables of its own: yours are back when it ends, or "
       "when you leave it with quit.");

const char command_contents_details[] =
    N_("✓ marks what is done, – what was skipped.");

const char command_goto_details[] =
    N_("goto 5 goes to step 5 of this lesson, goto 7.3 to another lesson. "
       "The variables are as if all steps before had been answered.");

const char command_restart_details[] =
    N_("From its first step, with the variables of the start. What is done "
       "stays done.");

const char command_forget_details[] =
    N_("What was done in this lesson is forgotten, as if it had never been "
       "played.");

const char command_report_details[] =
    N_("Per step: done or skipped, tries, hints, time. It is a text file for "
       "you, or to hand in; nothing is ever sent.");

/* ------------------------------------------------------------------ places */

/* "7", "7.3": *STEP is -1 without a point. */
static bool read_place(const char *text, int *number, int *step)
{
    char end;
    *step = 0;
    int count = sscanf(text, "%d.%d%c", number, step, &end);
    if (count == 2) {
        *step -= 1;
        return *number >= 0 && *step >= 0;
    }
    *step = -1;
    return sscanf(text, "%d%c", number, &end) == 1 && *number >= 0;
}

static char *find_lesson(int number, struct error *err)
{
    char *path = catalog_find(number);
    if (!path) {
        error_set(err, ERROR_VALUE, _("there is no lesson %d"), number);
        error_hint(err, "contents");
    }
    return path;
}

/* Where the learner was; the first lesson when nowhere. */
static char *find_place(struct session *session, struct error *err)
{
    const struct lesson_progress *progress = lesson_play_progress(session);
    struct words paths = {NULL, 0, 0};
    char *path = progress->lesson ? catalog_find_id(progress->lesson) : NULL;
    if (!path)
        catalog_paths("en", &paths);
    if (paths.count)
        path = xstrdup(paths.items[0]);
    for (size_t i = 0; i < paths.count; i++)
        free(paths.items[i]);
    free(paths.items);
    if (!path)
        error_set(err, ERROR_FILE_NOT_FOUND, _("the lessons are not installed"));
    return path;
}

static bool is_file(const char *text)
{
    struct stat status;
    return strchr(text, '/') || strstr(text, ".md") ||
           stat(text, &status) == 0;
}

/* The path that ARGUMENTS mean, owned; NULL with an error. */
static char *read_lesson(struct session *session, const char *arguments,
                         int *step, struct error *err)
{
    int number;
    *step = -1;
    if (!*arguments)
        return find_place(session, err);
    if (read_place(arguments, &number, step))
        return find_lesson(number, err);
    *step = -1;
    char *by_id = catalog_find_id(arguments);
    if (by_id)
        return by_id;
    if (is_file(arguments)) {
        char *words = xstrdup(arguments), *rest = words;
        const char *word = command_word(&rest);
        char *path = path_expand(word ? word : arguments);
        free(words);
        return path;
    }
    error_set(err, ERROR_VALUE, _("'%s' is no lesson"), arguments);
    error_hint(err, "contents");
    return NULL;
}

bool command_lesson(struct session *session, const char *arguments,
                    struct error *err)
{
    int step;
    char *path = read_lesson(session, arguments, &step, err);
    bool good = path && lesson_play_start(session, path, step, err);
    free(path);
    return good;
}

bool command_contents(struct session *session, const char *arguments,
                      struct error *err)
{
    struct lesson_play *play = session_lesson(session);
    (void)arguments;
    (void)err;
    lesson_text_print_contents(session, lesson_play_progress(session),
                               play ? lesson_play_player(play) : NULL);
    return true;
}

bool command_goto(struct session *session, const char *arguments,
                  struct error *err)
{
    struct lesson_play *play = session_lesson(session);
    char *end;
    long step = strtol(arguments, &end, 10);
    if (strchr(arguments, '.') || !play)
        return command_lesson(session, arguments, err);
    size_t count = player_lesson(lesson_play_player(play))->count;
    if (!*arguments || *end || step < 1 || (size_t)step > count)
        return error_set(err, ERROR_VALUE,
                         ngettext("this lesson has %zu step",
                                  "this lesson has %zu steps",
                                  (unsigned long)count),
                         count);
    return lesson_play_go(session, (int)step - 1, err);
}

bool command_restart(struct session *session, const char *arguments,
                     struct error *err)
{
    (void)arguments;
    return lesson_play_go(session, 0, err);
}

/* --------------------------------------------------------- progress, report */

bool command_forget(struct session *session, const char *arguments,
                    struct error *err)
{
    int number, step;
    if (!read_place(arguments, &number, &step) || step >= 0) {
        error_set(err, ERROR_TYPE, _("forget which lesson?"));
        error_hint(err, "forget 7");
        return false;
    }
    char *path = find_lesson(number, err);
    if (!path)
        return false;
    char *name = strrchr(path, '/') + 1;
    name[strlen(name) - 3] = '\0'; /* ".md" */
    progress_forget(lesson_play_progress(session), name);
    lesson_play_save_progress(session);
    session_print(session, _("lesson %d is forgotten\n"), number);
    free(path);
    return true;
}

bool command_report(struct session *session, const char *arguments,
                    struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    char *words = xstrdup(arguments), *rest = words;
    const char *name = command_word(&rest);
    lesson_text_report(lesson_play_progress(session), &text);
    bool good = true;
    if (name) {
        char *path = path_expand(name);
        good = file_write(path, text.text, text.length, err);
        if (good)
            session_print(session, _("report written to %s\n"), path);
        free(path);
    } else {
        session_print(session, "%s", text.text);
    }
    free(words);
    strbuf_done(&text);
    return good;
}
