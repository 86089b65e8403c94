/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/path.h"

enum { FORMAT = 1, WORDS_MOST = 9, PATH_STEP = 2 };

static const char file_name[] = "lessons";
static const char heading[] = "tensor-progress";

void progress_done(struct lesson_progress *progress)
{
    for (size_t i = 0; i < progress->count; i++) {
        free(progress->records[i].lesson);
        free(progress->records[i].step);
    }
    free(progress->records);
    free(progress->lesson);
    free(progress->step);
    *progress = (struct lesson_progress){.records = NULL};
}

static struct step_record *find(const struct lesson_progress *progress,
                                const char *lesson, const char *step)
{
    for (size_t i = 0; i < progress->count; i++)
        if (!strcmp(progress->records[i].lesson, lesson) &&
            !strcmp(progress->records[i].step, step))
            return &progress->records[i];
    return NULL;
}

enum step_state progress_state(const struct lesson_progress *progress,
                               const char *lesson, const char *step)
{
    const struct step_record *record = find(progress, lesson, step);
    return record ? record->state : STEP_OPEN;
}

void progress_record(struct lesson_progress *progress, const char *lesson,
                     const char *step, enum step_state state, int tries,
                     int hints, int seconds)
{
    struct step_record *record = find(progress, lesson, step);
    if (!record) {
        record = &VEC_PUSH(progress->records, progress->count,
                           progress->capacity);
        *record = (struct step_record){.lesson = xstrdup(lesson),
                                       .step = xstrdup(step)};
    }
    if (record->state != STEP_DONE)
        record->state = state;
    record->tries += tries;
    record->hints += hints;
    record->seconds += seconds;
}

void progress_place(struct lesson_progress *progress, const char *lesson,
                    const char *step)
{
    bool same = lesson && progress->lesson && !strcmp(lesson, progress->lesson);
    char *place = lesson ? xstrdup(lesson) : NULL;
    char *at = step ? xstrdup(step) : NULL;
    if (!same)
        progress->left = 0;
    free(progress->lesson);
    free(progress->step);
    progress->lesson = place;
    progress->step = at;
}

void progress_forget(struct lesson_progress *progress, const char *lesson)
{
    size_t kept = 0;
    for (size_t i = 0; i < progress->count; i++) {
        struct step_record record = progress->records[i];
        if (strcmp(record.lesson, lesson)) {
            progress->records[kept++] = record;
        } else {
            free(record.lesson);
            free(record.step);
        }
    }
    progress->count = kept;
    if (progress->lesson && !strcmp(progress->lesson, lesson))
        progress_place(progress, NULL, NULL);
}

/* ---------------------------------------------------------------- reading */

/* The words of LINE, cut out of it. */
static int split(char *line, char *words[WORDS_MOST])
{
    int count = 0;
    char *rest = line;
    while (count < WORDS_MOST) {
        rest += strspn(rest, " \t\r");
        if (!*rest)
            break;
        words[count++] = rest;
        rest += strcspn(rest, " \t\r");
        if (*rest)
            *rest++ = '\0';
    }
    return count;
}

static bool read_number(const char *text, int *ret)
{
    char *end;
    long number = strtol(text, &end, 10);
    *ret = (int)number;
    return *text && !*end && number >= 0 && number < 1000000000;
}

/* "done LESSON STEP tries N hints N seconds N" */
static bool read_record(struct lesson_progress *progress, char **words, int count)
{
    static const char *const names[] = {"tries", "hints", "seconds"};
    int numbers[3];
    if (count != 9)
        return false;
    for (int i = 0; i < 3; i++)
        if (strcmp(words[3 + 2 * i], names[i]) ||
            !read_number(words[4 + 2 * i], &numbers[i]))
            return false;
    progress_record(progress, words[1], words[2],
                    strcmp(words[0], "done") ? STEP_SKIPPED : STEP_DONE,
                    numbers[0], numbers[1], numbers[2]);
    return true;
}

static bool read_line(struct lesson_progress *progress, char *line)
{
    char *words[WORDS_MOST];
    int count = split(line, words), left;
    if (count == 0)
        return true;
    if (!strcmp(words[0], "done") || !strcmp(words[0], "skipped"))
        return read_record(progress, words, count);
    if (!strcmp(words[0], "at") && count == 1 + PATH_STEP) {
        progress_place(progress, words[1], words[2]);
        return true;
    }
    if (!strcmp(words[0], "left") && count == 1 + PATH_STEP &&
        read_number(words[2], &left)) {
        if (progress->lesson && !strcmp(progress->lesson, words[1]))
            progress->left = left;
        return true;
    }
    return false;
}

/* The first line; false when it is none of ours. */
static bool read_heading(struct lesson_progress *progress, const char *line)
{
    int version = 0;
    char end = '\0';
    size_t length = strlen(heading);
    if (strncmp(line, heading, length) || line[length] != ' ' ||
        sscanf(line + length, "%d%c", &version, &end) < 1 || version < 1)
        return false;
    progress->kept = version > FORMAT;
    return true;
}

static void read_text(struct lesson_progress *progress, char *text, const char *path,
                      struct strbuf *complaint)
{
    int bad = 0, number = 0;
    bool whole = *text == '\0' || text[strlen(text) - 1] == '\n';
    for (char *line = text; line && *line; number++) {
        char *newline = strchr(line, '\n');
        if (newline)
            *newline = '\0';
        if (number == 0)
            bad += !read_heading(progress, line);
        else
            bad += !read_line(progress, line);
        if (progress->kept)
            break;
        line = newline ? newline + 1 : NULL;
    }
    if (progress->kept)
        strbuf_addf(complaint,
                    _("%s was written by a newer tensor: it is left as it is, "
                      "and progress in lessons is not saved"),
                    path);
    else if (bad || !whole)
        strbuf_addf(complaint,
                    _("%s is damaged; what could be read of it was kept"),
                    path);
}

void progress_load(struct lesson_progress *progress, struct strbuf *complaint)
{
    struct strbuf text = STRBUF_INIT;
    struct error err = ERROR_INIT;
    char *path = path_in_state(file_name);
    *progress = (struct lesson_progress){.records = NULL};
    if (path && access(path, F_OK) == 0) {
        if (!file_read_regular(path, &text, &err)) {
            strbuf_adds(complaint, err.message);
        } else {
            char *copy = xstrdup(text.text);
            read_text(progress, copy, path, complaint);
            free(copy);
        }
    }
    error_clear(&err);
    strbuf_done(&text);
    free(path);
}

/* ---------------------------------------------------------------- writing */

static void format(const struct lesson_progress *progress, struct strbuf *sb)
{
    strbuf_addf(sb, "%s %d\n", heading, (int)FORMAT);
    if (progress->lesson) {
        strbuf_addf(sb, "at %s %s\n", progress->lesson, progress->step);
        if (progress->left)
            strbuf_addf(sb, "left %s %d\n", progress->lesson, progress->left);
    }
    for (size_t i = 0; i < progress->count; i++) {
        const struct step_record *record = &progress->records[i];
        if (record->state == STEP_OPEN)
            continue;
        strbuf_addf(sb, "%s %s %s tries %d hints %d seconds %d\n",
                    record->state == STEP_DONE ? "done" : "skipped",
                    record->lesson, record->step, record->tries,
                    record->hints, record->seconds);
    }
}

bool progress_save(const struct lesson_progress *progress, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    if (progress->kept)
        return true;
    char *path = path_in_state(file_name);
    if (!path)
        return true;
    format(progress, &text);
    bool good = path_make_parents(path, err) &&
                file_write(path, text.text, text.length, err);
    strbuf_done(&text);
    free(path);
    return good;
}
