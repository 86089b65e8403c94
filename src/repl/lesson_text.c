/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/lesson_text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "lesson/catalog.h"
#include "repl/color.h"
#include "repl/lesson_play.h"
#include "repl/markdown.h"
#include "repl/session.h"
#include "repl/text_layout.h"

/* STEP_WIDTH: columns of "11.12 > ". */
enum { STEP_WIDTH = 8, INDENT = 2, COLUMNS_MOST = 78, COLUMNS_LEAST = 20 };

static bool is_colored(struct session *session)
{
    return color_is_on((enum color_mode)session_settings(session)->color);
}

/* What fits the screen, and is still easy to read. */
static size_t columns_of(struct session *session)
{
    size_t columns = (size_t)session_columns(session) - 1;
    if (columns > COLUMNS_MOST)
        return COLUMNS_MOST;
    return columns < COLUMNS_LEAST ? COLUMNS_LEAST : columns;
}

void lesson_text_number(const struct lesson *lesson, struct strbuf *sb)
{
    if (lesson->number >= 0)
        strbuf_addf(sb, "%d", lesson->number);
    else
        text_cut(sb, lesson->id, 12);
}

void lesson_text_print(struct session *session, const char *text)
{
    struct strbuf sb = STRBUF_INIT;
    struct markdown_look look = {INDENT, columns_of(session),
                                 is_colored(session)};
    markdown_render(text, &look, &sb);
    session_print(session, "%s", sb.text);
    strbuf_done(&sb);
}

static void print_marked(struct session *session, const char *text,
                         const char *color)
{
    struct strbuf sb = STRBUF_INIT;
    bool colored = is_colored(session);
    strbuf_repeat(&sb, ' ', INDENT);
    text_wrap(&sb, text, INDENT, columns_of(session));
    session_print(session, "%s%s%s\n", colored ? color : "", sb.text,
                  colored ? color_off : "");
    strbuf_done(&sb);
}

void lesson_text_print_dim(struct session *session, const char *text)
{
    print_marked(session, text, color_dim);
}

void lesson_text_print_code(struct session *session, const char *code)
{
    struct strbuf sb = STRBUF_INIT;
    markdown_code(code, 2 * INDENT, columns_of(session) + INDENT, &sb);
    session_print(session, "%s", sb.text);
    strbuf_done(&sb);
}

/* A title is Markdown, too: without its marks it is a line of text. */
static void add_title(struct session *session, const char *title,
                      struct strbuf *sb)
{
    struct strbuf text = STRBUF_INIT;
    struct markdown_look look = {0, 1000, false};
    (void)session;
    markdown_render(title, &look, &text);
    strbuf_add(sb, text.text, strcspn(text.text, "\n"));
    strbuf_done(&text);
}

void lesson_text_print_title(struct session *session,
                             const struct lesson *lesson)
{
    struct strbuf sb = STRBUF_INIT;
    lesson_text_number(lesson, &sb);
    strbuf_adds(&sb, "  ");
    add_title(session, lesson->title, &sb);
    session_print(session, "\n");
    print_marked(session, sb.text, color_prompt);
    strbuf_done(&sb);
    if (lesson->intro) {
        session_print(session, "\n");
        lesson_text_print(session, lesson->intro);
    }
}

/* ----------------------------------------------------------------- a step */

static void print_heading(struct session *session, const struct player *player)
{
    struct strbuf sb = STRBUF_INIT;
    const struct lesson *lesson = player_lesson(player);
    lesson_text_number(lesson, &sb);
    strbuf_addf(&sb, ".%d  ", player_at(player) + 1);
    add_title(session, player_step(player)->title, &sb);
    strbuf_addf(&sb, "  (%d/%zu)", player_at(player) + 1, lesson->count);
    session_print(session, "\n");
    print_marked(session, sb.text, color_prompt);
    strbuf_done(&sb);
}

static void print_choices(struct session *session, const struct step *step)
{
    struct strbuf sb = STRBUF_INIT;
    session_print(session, "\n");
    lesson_text_print_code(session, step->predict.text);
    session_print(session, "\n");
    for (size_t i = 0; i < step->labels.count; i++) {
        strbuf_addf(&sb, "%c) %s\n", (char)('a' + i), step->labels.items[i]);
    }
    lesson_text_print_code(session, sb.text);
    strbuf_done(&sb);
}

static void print_lines(struct session *session, const struct snippets *lines)
{
    session_print(session, "\n");
    for (size_t i = 0; i < lines->count; i++)
        lesson_text_print_code(session, lines->items[i].text);
}

static void print_keys(struct session *session, const struct step *step)
{
    const char *keys = "next  back  again  play  contents  quit";
    if (step->kind == STEP_PREDICT)
        keys = "a b c …  back  hint  solution  skip  again  play  contents  "
               "quit";
    else if (step_is_graded(step))
        keys = "next  back  hint  solution  skip  again  play  contents  quit";
    session_print(session, "\n");
    lesson_text_print_dim(session, keys);
}

void lesson_text_print_step(struct session *session,
                            const struct player *player)
{
    const struct step *step = player_step(player);
    print_heading(session, player);
    if (step->prose) {
        session_print(session, "\n");
        lesson_text_print(session, step->prose);
    }
    if (step->kind == STEP_PREDICT)
        print_choices(session, step);
    else if (step->kind == STEP_EXPLORE)
        print_lines(session, &step->explore);
    print_keys(session, step);
}

/* --------------------------------------------------------------- contents */

struct tally {
    int done, skipped, all;
};

static struct tally count_steps(const struct lesson_progress *progress,
                                const struct lesson *lesson)
{
    struct tally tally = {0, 0, (int)lesson->count};
    for (size_t i = 0; i < lesson->count; i++) {
        enum step_state state =
            progress_state(progress, lesson->id, lesson->steps[i].id);
        tally.done += state == STEP_DONE;
        tally.skipped += state == STEP_SKIPPED;
    }
    return tally;
}

static const char *mark_of(enum step_state state)
{
    return state == STEP_DONE ? "✓" : state == STEP_SKIPPED ? "–" : " ";
}

static void print_line(struct session *session, const char *text)
{
    struct strbuf sb = STRBUF_INIT;
    text_cut(&sb, text, columns_of(session));
    session_print(session, "%s\n", sb.text);
    strbuf_done(&sb);
}

static void print_lesson(struct session *session,
                         const struct lesson_progress *progress,
                         const struct lesson *lesson)
{
    struct strbuf sb = STRBUF_INIT;
    struct tally tally = count_steps(progress, lesson);
    enum step_state state = tally.done == tally.all ? STEP_DONE
                            : tally.done + tally.skipped == tally.all
                                ? STEP_SKIPPED
                                : STEP_OPEN;
    strbuf_addf(&sb, "%s %2d  ", mark_of(state), lesson->number);
    add_title(session, lesson->title, &sb);
    if (tally.done + tally.skipped)
        strbuf_addf(&sb, "  (%d/%d)", tally.done, tally.all);
    print_line(session, sb.text);
    strbuf_done(&sb);
}

static void print_steps(struct session *session,
                        const struct lesson_progress *progress,
                        const struct player *player)
{
    const struct lesson *lesson = player_lesson(player);
    for (size_t i = 0; i < lesson->count; i++) {
        const struct step *step = &lesson->steps[i];
        struct strbuf sb = STRBUF_INIT, number = STRBUF_INIT;
        enum step_state state = progress_state(progress, lesson->id, step->id);
        lesson_text_number(lesson, &number);
        strbuf_addf(&number, ".%zu%s", i + 1,
                    (int)i == player_at(player) ? " >" : "");
        strbuf_addf(&sb, "    %s ", mark_of(state));
        text_pad(&sb, number.text, STEP_WIDTH);
        strbuf_done(&number);
        add_title(session, step->title, &sb);
        print_line(session, sb.text);
        strbuf_done(&sb);
    }
}

void lesson_text_print_contents(struct session *session,
                                const struct lesson_progress *progress,
                                const struct player *player)
{
    struct words paths = {NULL, 0, 0};
    const char *played = player ? player_lesson(player)->id : "";
    bool shown = false;
    catalog_paths("en", &paths);
    for (size_t i = 0; i < paths.count; i++) {
        struct error err = ERROR_INIT;
        struct lesson *lesson;
        if (lesson_open(paths.items[i], lesson_language(), &lesson, &err)) {
            print_lesson(session, progress, lesson);
            if (!strcmp(lesson->id, played)) {
                print_steps(session, progress, player);
                shown = true;
            }
            lesson_free(lesson);
        }
        error_clear(&err);
        free(paths.items[i]);
    }
    free(paths.items);
    if (player && !shown)
        print_steps(session, progress, player);
    lesson_text_print_dim(session,
                          _("✓ done, – skipped; lesson 7, goto 7.3"));
}

/* ----------------------------------------------------------------- report */

/* The first record of its lesson? */
static bool is_first(const struct lesson_progress *progress, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (!strcmp(progress->records[i].lesson,
                    progress->records[index].lesson))
            return false;
    return true;
}

static void report_lesson(const struct lesson_progress *progress,
                          const char *lesson, struct strbuf *sb)
{
    strbuf_addf(sb, "\n%s\n", lesson);
    for (size_t i = 0; i < progress->count; i++) {
        const struct step_record *record = &progress->records[i];
        if (strcmp(record->lesson, lesson))
            continue;
        strbuf_addf(sb, _("  %-24s %-8s tries %d, hints %d, %d:%02d min\n"),
                    record->step,
                    record->state == STEP_DONE      ? _("done")
                    : record->state == STEP_SKIPPED ? _("skipped")
                                                    : _("open"),
                    record->tries, record->hints, record->seconds / 60,
                    record->seconds % 60);
    }
}

void lesson_text_report(const struct lesson_progress *progress, struct strbuf *sb)
{
    char date[32];
    time_t now = time(NULL);
    struct tm parts;
    localtime_r(&now, &parts);
    strftime(date, sizeof date, "%Y-%m-%d %H:%M", &parts);
    strbuf_addf(sb, _("What was done in the lessons of tensor, %s\n"), date);
    for (size_t i = 0; i < progress->count; i++)
        if (is_first(progress, i))
            report_lesson(progress, progress->records[i].lesson, sb);
    if (!progress->count)
        strbuf_adds(sb, _("\nNothing yet.\n"));
}
