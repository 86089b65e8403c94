/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/lesson_host.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "lesson/catalog.h"
#include "lesson/check.h"
#include "repl/command.h"
#include "repl/lesson_play.h"
#include "repl/session.h"

static struct interp *new_interp(void *context)
{
    return session_new_interp(context);
}

static void end_interp(void *context, struct interp *interp)
{
    session_end_interp(context, interp);
}

static void divert(void *context, struct strbuf *to)
{
    session_divert(context, (struct diversion){true, to});
}

static void release(void *context)
{
    session_divert(context, (struct diversion){false, NULL});
}

static bool is_command(void *context, const char *line)
{
    struct strbuf arguments = STRBUF_INIT;
    bool found = command_match(context, line, &arguments) != NULL;
    strbuf_done(&arguments);
    return found;
}

/* What it prints is not seen, either: it is on the way to somewhere else. */
static bool run_command(void *context, struct interp *interp, const char *line,
                        struct error *err)
{
    struct session *session = context;
    struct strbuf arguments = STRBUF_INIT;
    struct interp *before = session_interp(session);
    session_use_interp(session, interp);
    const struct command *command = command_match(session, line, &arguments);
    struct diversion shown =
        session_divert(session, (struct diversion){true, NULL});
    bool good = command ? command->run(session, arguments.text, err)
                        : error_set(err, ERROR_VALUE,
                                    _("there is no such command"));
    session_divert(session, shown);
    session_use_interp(session, before);
    strbuf_done(&arguments);
    return good;
}

void lesson_host_init(struct host *host, struct session *session)
{
    *host = (struct host){.new_interp = new_interp,
                          .end_interp = end_interp,
                          .divert = divert,
                          .release = release,
                          .command = run_command,
                          .is_command = is_command,
                          .context = session};
}

/* --------------------------------------------------------- --check-lessons */

static void tell(void *context, const char *line)
{
    session_print(context, "%s\n", line);
}

static void print_sum(struct session *session, const struct check *check)
{
    session_print(session,
                  _("%d lessons, %d steps (%d graded), %d listed mistakes, %d "
                    "hints, %d faults\n"),
                  check->lessons, check->steps, check->graded,
                  check->mistakes, check->hints, check->faults);
}

bool lesson_play_check(struct session *session, void *files)
{
    const struct lesson_files *given = files;
    struct host host;
    struct words paths = {NULL, 0, 0};
    lesson_host_init(&host, session);
    struct check check = {.host = &host, .tell = tell, .context = session};
    if (given->count == 0)
        catalog_paths("en", &paths);
    for (size_t i = 0; i < paths.count; i++)
        check_lesson(&check, paths.items[i], "zh_CN");
    for (int i = 0; i < given->count; i++)
        check_lesson(&check, given->paths[i],
                     strstr(given->paths[i], "en/") ? "zh_CN" : NULL);
    print_sum(session, &check);
    for (size_t i = 0; i < paths.count; i++)
        free(paths.items[i]);
    free(paths.items);
    return check.faults == 0;
}
