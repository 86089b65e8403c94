/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/check.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "lesson/catalog.h"
#include "lesson/document.h"
#include "lesson/player.h"
#include "lesson/terms.h"

enum { HINTS_LEAST = 2, INPUTS_LEAST = 3 };

void check_tell(struct check *check, const char *path, int line,
                const char *format, ...)
{
    struct strbuf text = STRBUF_INIT;
    va_list args;
    strbuf_addf(&text, "%s:%d: ", path, line);
    va_start(args, format);
    strbuf_vaddf(&text, format, args);
    va_end(args);
    check->tell(check->context, text.text);
    check->faults++;
    strbuf_done(&text);
}

struct checking {
    struct check *check;
    struct player *player;
    const struct lesson *lesson;
    const struct step *step;
};

#define TELL(checking, line, ...)                                              \
    check_tell((checking)->check, (checking)->lesson->path, line, __VA_ARGS__)

static void tell_error(struct check *check, struct error *err)
{
    check->tell(check->context, err->message);
    check->faults++;
    error_clear(err);
}

/* ---------------------------------------------------------------- attempts */

/* Types TEXT at the step as a learner would. */
static void attempt(struct checking *checking, const char *text,
                    struct reply *ret)
{
    struct trial trial;
    struct error err = ERROR_INIT;
    const struct host *host = checking->check->host;
    player_prepare(checking->player);
    if (checking->step->demand.command ||
        host->is_command(host->context, text)) {
        player_judge_command(checking->player, text, true, ret);
        return;
    }
    struct program *program = trial_parse(text, &err);
    if (program) {
        trial_run(host, player_interp(checking->player), NULL, text, &trial);
        if (!trial.good)
            error_set(&err, trial.error, "%s", trial.message);
        player_judge(checking->player, text, program, trial.value,
                     trial.good ? NULL : &err, ret);
        trial_done(&trial);
    } else {
        player_judge(checking->player, text, NULL, value_undefined(), &err,
                     ret);
    }
    if (ret->verdict == VERDICT_ERROR && !ret->text.length)
        strbuf_addf(&ret->text, "%s: %s", error_kind_name(err.kind),
                    err.message);
    program_free(program);
    error_clear(&err);
}

/* The first line, for a complaint. */
static char *first_line(const char *text)
{
    size_t length = strcspn(text, "\n");
    return text[length] && text[length + 1] ? xasprintf("%.*s …", (int)length,
                                                        text)
                                            : xstrndup(text, length);
}

static void expect_right(struct checking *checking,
                         const struct snippet *snippet)
{
    struct reply reply;
    char *line = first_line(snippet->text);
    attempt(checking, snippet->text, &reply);
    if (reply.verdict != VERDICT_RIGHT)
        TELL(checking, snippet->line, _("%s: '%s' should pass: %s"),
             checking->step->id, line,
             reply.text.length ? reply.text.text : _("it is not graded"));
    reply_done(&reply);
    free(line);
    player_begin_again(checking->player);
}

static void expect_mistake(struct checking *checking, int index,
                           const struct snippet *snippet)
{
    struct reply reply;
    char *line = first_line(snippet->text);
    attempt(checking, snippet->text, &reply);
    if (reply.verdict == VERDICT_RIGHT)
        TELL(checking, snippet->line, _("%s: '%s' is listed as wrong, and "
                                        "passes"),
             checking->step->id, line);
    else if (reply.mistake != index)
        TELL(checking, snippet->line,
             _("%s: '%s' does not get its own sentence, but: %s"),
             checking->step->id, line,
             reply.text.length ? reply.text.text : _("none"));
    reply_done(&reply);
    free(line);
    player_begin_again(checking->player);
}

static void try_examples(struct checking *checking)
{
    const struct step *step = checking->step;
    for (size_t i = 0; i < step->mistake_count; i++)
        for (size_t j = 0; j < step->mistakes[i].examples.count; j++)
            expect_mistake(checking, (int)i,
                           &step->mistakes[i].examples.items[j]);
}

/* A command is run by the one who plays; here it is enough that it is one. */
static void try_answers(struct checking *checking)
{
    const struct step *step = checking->step;
    if (step->demand.command) {
        if (!checking->check->host->is_command(
                checking->check->host->context, step->answer.text))
            TELL(checking, step->answer.line, _("%s: there is no such command"),
                 step->id);
        try_examples(checking);
        return;
    }
    expect_right(checking, &step->answer);
    for (size_t i = 0; i < step->also.count; i++)
        expect_right(checking, &step->also.items[i]);
    try_examples(checking);
}

/* ---------------------------------------------------------------- choices */

static bool is_listed(const struct step *step, const char *choice)
{
    for (size_t i = 0; i < step->mistake_count; i++)
        for (size_t j = 0; j < step->mistakes[i].examples.count; j++)
            if (code_is_same(choice, step->mistakes[i].examples.items[j].text))
                return true;
    return false;
}

static void try_choices(struct checking *checking)
{
    const struct step *step = checking->step;
    struct error err = ERROR_INIT;
    int right = player_right_choice(checking->player, &err);
    if (right < 0) {
        tell_error(checking->check, &err);
        return;
    }
    for (int i = 0; i < (int)step->choices.count; i++) {
        const struct snippet *choice = &step->choices.items[i];
        bool listed = is_listed(step, choice->text);
        if (i == right && listed)
            TELL(checking, choice->line, _("%s: the right choice is listed as "
                                           "wrong"),
                 step->id);
        else if (i != right && !listed)
            TELL(checking, choice->line,
                 _("%s: the wrong choice '%s' has no sentence"), step->id,
                 choice->text);
    }
}

/* ---------------------------------------------------------------- sessions */

struct session_run {
    struct checking *checking;
    struct strbuf code, expected;
    bool is_code; /* the lines above belong to the code */
};

static void compare(struct session_run *run)
{
    struct trial trial;
    struct strbuf output = STRBUF_INIT;
    struct checking *checking = run->checking;
    if (run->code.length) {
        player_try(checking->player, run->code.text, &trial, &output);
        if (!trial.good)
            strbuf_addf(&output, "%s: %s\n", error_kind_name(trial.error),
                        trial.message);
        size_t at = output.length > run->expected.length
                        ? output.length - run->expected.length
                        : 0;
        /* of an error its last line is enough */
        if (strcmp(output.text + (trial.good ? 0 : at), run->expected.text))
            TELL(checking, checking->step ? checking->step->line : 1,
                 _("%s: a session says something else than: %s"),
                 checking->step ? checking->step->id : checking->lesson->id,
                 run->code.text);
        trial_done(&trial);
    }
    strbuf_clear(&run->code);
    strbuf_clear(&run->expected);
    strbuf_done(&output);
}

static void session_line(void *context, const char *role, const char *line)
{
    struct session_run *run = context;
    if (strcmp(role, "tensor"))
        return;
    if (!line || !strncmp(line, "tensor> ", 8)) {
        compare(run);
        if (line)
            strbuf_addf(&run->code, "%s\n", line + 8);
        run->is_code = line != NULL;
    } else if (run->is_code && !strncmp(line, "  ....> ", 8)) {
        strbuf_addf(&run->code, "%s\n", line + 8);
    } else {
        run->is_code = false;
        strbuf_addf(&run->expected, "%s\n", line);
    }
}

static void try_sessions(struct checking *checking, const char *text)
{
    struct session_run run = {checking, STRBUF_INIT, STRBUF_INIT, false};
    if (!text || !strstr(text, "tensor>"))
        return;
    text_walk_code(text, session_line, &run);
    compare(&run);
    strbuf_done(&run.code);
    strbuf_done(&run.expected);
    player_begin_again(checking->player);
}

/* ---------------------------------------------------------------- explore */

/* "x.shap  # AttributeError": the exception it is to raise. */
static enum error_kind promised_error(const char *line)
{
    const char *comment = strrchr(line, '#');
    if (!comment)
        return ERROR_NONE;
    comment += strspn(comment, "# \t");
    char *name = xstrndup(comment, strcspn(comment, " \t\r\n"));
    enum error_kind kind = error_kind_find(name);
    free(name);
    return kind;
}

static void try_lines(struct checking *checking)
{
    const struct step *step = checking->step;
    const struct host *host = checking->check->host;
    for (size_t i = 0; i < step->explore.count; i++) {
        const struct snippet *line = &step->explore.items[i];
        enum error_kind promised = promised_error(line->text);
        struct trial trial;
        if (host->is_command(host->context, line->text) ||
            !strncmp(line->text, "show ", 5)) /* of figures, where there are */
            continue;
        trial_run(host, player_interp(checking->player), NULL, line->text,
                  &trial);
        if (trial.good != (promised == ERROR_NONE) ||
            (!trial.good && trial.error != promised)) {
            struct strbuf text = STRBUF_INIT;
            if (trial.good)
                strbuf_adds(&text, _("it works"));
            else
                trial_describe(&trial, &text);
            TELL(checking, line->line, "%s: '%s': %s", step->id, line->text,
                 text.text);
            strbuf_done(&text);
        }
        trial_done(&trial);
    }
    player_begin_again(checking->player);
}

/* ----------------------------------------------------------------- a step */

static void check_terms(struct checking *checking, const struct words *terms)
{
    for (size_t i = 0; i < terms->count; i++)
        if (!term_is_known(terms->items[i]))
            TELL(checking, checking->step->line,
                 _("%s: '%s' is nothing that can be used"), checking->step->id,
                 terms->items[i]);
}

static void check_parts(struct checking *checking)
{
    const struct step *step = checking->step;
    size_t general = 0;
    for (size_t i = 0; i < step->hint_count; i++)
        general += step->hints[i].mistake < 0;
    if (step_is_graded(step) && general < HINTS_LEAST)
        TELL(checking, step->line, _("%s: it needs two hints, and has %zu"),
             step->id, general);
    if (!step->prose)
        TELL(checking, step->line, _("%s: it has no prose"), step->id);
    for (size_t i = 0; i < step->mistake_count; i++)
        if (!step->mistakes[i].sentence)
            TELL(checking, step->mistakes[i].line,
                 _("%s: a mistake without a sentence"), step->id);
    if (step->kind == STEP_FUNCTION && step->inputs.count < INPUTS_LEAST)
        TELL(checking, step->line, _("%s: it needs three inputs at least"),
             step->id);
    check_terms(checking, &step->demand.must);
    check_terms(checking, &step->demand.must_not);
}

static void check_step(struct checking *checking)
{
    const struct step *step = checking->step;
    struct check *check = checking->check;
    check->steps++;
    check->graded += step_is_graded(step);
    check->mistakes += (int)step->mistake_count;
    check->hints += (int)step->hint_count;
    check_parts(checking);
    try_sessions(checking, step->prose);
    if (step->kind == STEP_PREDICT)
        try_choices(checking);
    else if (step->kind == STEP_EXPLORE)
        try_lines(checking);
    else if (step_is_graded(step))
        try_answers(checking);
}

/* --------------------------------------------------------------- a lesson */

static bool has_command(const struct lesson *lesson)
{
    for (size_t i = 0; i < lesson->count; i++)
        if (lesson->steps[i].demand.command)
            return true;
    return false;
}

/* Step by step by skipping; what is shown after a step is tried then. */
static void play(struct checking *checking)
{
    struct error err = ERROR_INIT;
    for (size_t i = 0; i < checking->lesson->count; i++) {
        bool good = player_go(checking->player, (int)i, &err);
        checking->step = &checking->lesson->steps[i];
        if (good)
            check_step(checking);
        good = good && player_skip(checking->player, &err);
        if (!good) {
            tell_error(checking->check, &err);
            return;
        }
        try_sessions(checking, checking->step->after);
        if (checking->step->after &&
            strstr(checking->step->after, "tensor>") &&
            !player_skip(checking->player, &err))
            error_clear(&err);
    }
}

/* From the beginning straight to each step: what a learner does who comes
   back.  Commands take long: with them only to the last one. */
static void visit(struct checking *checking)
{
    struct error err = ERROR_INIT;
    size_t count = checking->lesson->count;
    for (size_t i = has_command(checking->lesson) ? count - 1 : 0; i < count;
         i++)
        if (i > 0 && !player_go(checking->player, (int)i, &err)) {
            tell_error(checking->check, &err);
            return;
        }
}

void check_lesson(struct check *check, const char *path, const char *language)
{
    struct lesson *lesson;
    struct error err = ERROR_INIT;
    check->lessons++;
    if (!lesson_read(path, &lesson, &err)) {
        tell_error(check, &err);
        return;
    }
    struct checking checking = {.check = check, .lesson = lesson};
    checking.player = player_new(lesson, check->host);
    check_widths(check, lesson);
    play(&checking);
    visit(&checking);
    char *other = language ? catalog_translation(path, language) : NULL;
    if (other)
        check_translation(check, lesson, other);
    free(other);
    player_free(checking.player);
}
