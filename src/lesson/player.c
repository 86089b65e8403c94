/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/player.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "lesson/document.h"
#include "lesson/limits.h"
#include "lesson/playing.h"

/* Each step has random numbers of its own, the same for everybody. */
enum { FIRST_SEED = 1000 };

/* The folder that a lesson may read. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return xstrdup(".");
    return slash == path ? xstrdup("/")
                         : xstrndup(path, (size_t)(slash - path));
}

struct player *player_new(struct lesson *lesson, const struct host *host)
{
    struct player *player = xcalloc(1, sizeof *player);
    player->lesson = lesson;
    player->host = *host;
    player->folder = folder_of(lesson->path);
    player->outside = session_rng;
    player->at = -1;
    player->last_mistake = -1;
    return player;
}

static void forget_origins(struct player *player)
{
    const char *name;
    void *value;
    for (size_t i = 0; strmap_next(&player->origins, &i, &name, &value);) {
        strmap_done(value);
        free(value);
    }
    strmap_done(&player->origins);
    player->origins = (struct strmap){0};
}

/* What belongs to the step. */
static void leave_step(struct player *player)
{
    player_forget(player);
    forget_origins(player);
    free(player->given);
    player->given = NULL;
    player->tries = player->misses = player->hints_given = 0;
    player->last_mistake = -1;
    player->finished = false;
}

void player_free(struct player *player)
{
    if (!player)
        return;
    leave_step(player);
    state_free(player->before);
    state_free(player->start);
    if (player->interp)
        player->host.end_interp(player->host.context, player->interp);
    strmap_done(&player->own);
    session_rng = player->outside;
    lesson_free(player->lesson);
    free(player->folder);
    free(player);
}

const struct lesson *player_lesson(const struct player *player)
{
    return player->lesson;
}

struct interp *player_interp(const struct player *player)
{
    return player->interp;
}

int player_at(const struct player *player)
{
    return player->at;
}

const struct step *player_step(const struct player *player)
{
    return &player->lesson->steps[player->at];
}

bool player_is_finished(const struct player *player)
{
    return player->finished || !step_is_graded(player_step(player));
}

int player_tries(const struct player *player)
{
    return player->tries;
}

int player_misses(const struct player *player)
{
    return player->misses;
}

void player_translate(struct player *player, struct lesson *lesson)
{
    player_forget(player);
    lesson_free(player->lesson);
    player->lesson = lesson;
}

void player_begin_again(struct player *player)
{
    const struct words *made = &player->made;
    for (size_t i = 0; player->finished && i < made->count; i++)
        strmap_remove(&player->own, made->items[i]);
    state_restore(player->start, player->interp, NULL);
    state_free(player->before);
    player->before = state_save(player->interp, &player->own);
    forget_origins(player);
    player->tries = player->misses = player->hints_given = 0;
    player->last_mistake = -1;
    player->finished = false;
    memset(player->given, 0, player_step(player)->hint_count + 1);
}

/* ------------------------------------------------- the lesson's variables */

static void own(struct player *player, const char *name)
{
    strmap_set(&player->own, name, player);
}

static void own_names(struct player *player, const struct words *names)
{
    for (size_t i = 0; i < names->count; i++)
        own(player, names->items[i]);
}

static void save(struct player *player)
{
    state_free(player->before);
    player->before = state_save(player->interp, &player->own);
}

static bool run_own(struct player *player, const struct snippet *code,
                    struct error *err)
{
    struct trial trial;
    struct words names = {NULL, 0, 0};
    if (!code->text)
        return true;
    trial_run(&player->host, player->interp, player->folder, code->text,
              &trial);
    bool good = trial.good;
    if (!good) {
        struct strbuf text = STRBUF_INIT;
        trial_describe(&trial, &text);
        error_set(err, ERROR_VALUE, "%s:%d: %s", player->lesson->path,
                  code->line, text.text);
        strbuf_done(&text);
    }
    trial_done(&trial);
    names_of(code->text, &names);
    own_names(player, &names);
    words_free(&names);
    return good;
}

/* A command's variables are the lesson's, whatever they are. */
static bool run_command(struct player *player, const struct snippet *code,
                        struct error *err)
{
    const char *name;
    struct value value;
    char *line = xstrndup(code->text, strcspn(code->text, "\n"));
    bool good = player->host.command(player->host.context, player->interp,
                                     line, err);
    free(line);
    for (size_t i = 0; interp_next_global(player->interp, &i, &name, &value);)
        own(player, name);
    return good;
}

static bool run_answer(struct player *player, const struct step *step,
                       struct error *err)
{
    if (!step->answer.text)
        return true;
    return step->demand.command ? run_command(player, &step->answer, err)
                                : run_own(player, &step->answer, err);
}

static bool run_setup(struct player *player, int index, struct error *err)
{
    rng_seed(&session_rng, (uint32_t)(FIRST_SEED + index));
    return run_own(player, &player->lesson->steps[index].setup, err);
}

/* From the lesson's beginning to STEP, in a new session. */
static bool rebuild(struct player *player, int step, struct error *err)
{
    if (player->interp)
        player->host.end_interp(player->host.context, player->interp);
    state_free(player->before);
    state_free(player->start);
    player->before = player->start = NULL;
    player->interp = player->host.new_interp(player->host.context);
    strmap_done(&player->own);
    player->own = (struct strmap){0};
    rng_seed(&session_rng, FIRST_SEED - 1);
    bool good = run_own(player, &player->lesson->setup, err);
    for (int i = 0; good && i < step; i++)
        good = run_setup(player, i, err) &&
               run_answer(player, &player->lesson->steps[i], err);
    return good;
}

bool player_go(struct player *player, int step, struct error *err)
{
    bool follows = player->at >= 0 && step == player->at + 1 &&
                   player_is_finished(player);
    struct words changed = {NULL, 0, 0};
    bool good = true;
    if (follows)
        player_restore(player, &changed);
    words_free(&changed);
    leave_step(player);
    if (!follows)
        good = rebuild(player, step, err);
    player->at = step;
    player->given = xcalloc(player_step(player)->hint_count + 1, 1);
    good = good && run_setup(player, step, err);
    save(player);
    state_free(player->start);
    player->start = state_save(player->interp, &player->own);
    return good;
}

void player_prepare(struct player *player)
{
    const struct step *step = player_step(player);
    if (step->answer.text && strstr(step->answer.text, "rand"))
        state_restore_random(player->before);
}

void player_restore(struct player *player, struct words *ret)
{
    if (!player->before)
        return;
    state_changes(player->before, player->interp, ret);
    if (ret->count)
        state_give_back(player->before, player->interp,
                        &(struct words){NULL, 0, 0});
}

/* ------------------------------------------------------- after a judgement */

static bool has_name(const struct words *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->items[i], name))
            return true;
    return false;
}

/* What the model answer makes on its way is there for later steps, too. */
static void complete(struct player *player)
{
    struct error err = ERROR_INIT;
    bool good = player_expect(player, &err) && player->expected.made;
    error_clear(&err);
    for (size_t i = 0; good && i < player->made.count; i++) {
        const char *name = player->made.items[i];
        struct value value = player->expected.made[i], now;
        if (has_name(&player->wanted, name) || value.kind == VALUE_UNDEFINED)
            continue;
        bool there = interp_get_global(player->interp, name, &now);
        if (!there || !value_is_same(now, value))
            interp_set_global(player->interp, name, value);
        if (there)
            value_unref(now);
    }
    own_names(player, &player->made);
    own_names(player, &player->wanted);
}

void player_settle(struct player *player, struct reply *reply)
{
    struct words changed = {NULL, 0, 0};
    bool keeps_wanted = reply->verdict == VERDICT_RIGHT ||
                        reply->verdict == VERDICT_NONE;
    struct words kept = {NULL, 0, 0};
    state_changes(player->before, player->interp, &changed);
    for (size_t i = 0; i < changed.count; i++) {
        const char *name = changed.items[i];
        bool keeps = keeps_wanted && (has_name(&player->wanted, name) ||
                                      has_name(&player->made, name) ||
                                      player_step(player)->demand.command);
        words_add(keeps ? &kept : &reply->restored, name, strlen(name));
    }
    if (reply->restored.count)
        state_give_back(player->before, player->interp, &kept);
    words_free(&kept);
    words_free(&changed);
    if (reply->verdict != VERDICT_RIGHT)
        return;
    player->finished = true;
    if (!player_step(player)->demand.command)
        complete(player);
    save(player);
}

bool player_skip(struct player *player, struct error *err)
{
    const struct step *step = player_step(player);
    struct words changed = {NULL, 0, 0};
    if (player->finished)
        return true;
    player_restore(player, &changed);
    words_free(&changed);
    state_restore_random(player->before);
    player->finished = true;
    bool good = run_answer(player, step, err);
    save(player);
    return good;
}

/* ---------------------------------------------------------------- choices */

int player_choice(const struct player *player, const char *text)
{
    const struct step *step = player_step(player);
    text += strspn(text, " \t");
    size_t length = strcspn(text, "\n");
    while (length > 0 && strchr(" \t.)", text[length - 1]) &&
           text[length - 1] != ')')
        length--;
    if (step->kind != STEP_PREDICT)
        return -1;
    for (size_t i = 0; i < step->choices.count; i++) {
        char letter = (char)('a' + i);
        bool is_letter = (length == 1 || (length == 2 && text[1] == ')')) &&
                         (text[0] | 0x20) == letter;
        char *line = xstrndup(text, length);
        bool is_text = code_is_same(line, step->choices.items[i].text) ||
                       code_is_same(line, step->labels.items[i]);
        free(line);
        if (is_letter || is_text)
            return (int)i;
    }
    return -1;
}

/* A list and an array of the same numbers are one prediction. */
static bool same_numbers(struct value a, struct value b,
                         struct tolerance tolerance)
{
    struct error err = ERROR_INIT;
    bool same = false;
    if ((a.kind == VALUE_TENSOR && b.kind == VALUE_LIST) ||
        (a.kind == VALUE_LIST && b.kind == VALUE_TENSOR)) {
        struct tensor *x = value_to_tensor(a, DTYPE_COUNT, &err);
        struct tensor *y = x ? value_to_tensor(b, DTYPE_COUNT, &err) : NULL;
        if (y) {
            struct value left = value_tensor_take(tensor_ref(x));
            struct value right = value_tensor_take(tensor_ref(y));
            same = value_matches(left, right, tolerance);
            value_unref(left);
            value_unref(right);
        }
        tensor_unref(x);
        tensor_unref(y);
    }
    error_clear(&err);
    return same;
}

/* Is the choice what the code gives?  Not EXACT: in its numbers, whatever
   their dtype. */
static bool is_right_choice(struct player *player, const char *choice,
                            bool exact)
{
    struct tolerance close = {1e-6, !exact};
    const struct trial *expected = &player->expected.trial;
    if (!expected->good)
        return error_kind_find(choice) == expected->error;
    struct outcome outcome;
    outcome_run(player, choice, &outcome);
    bool right = outcome.trial.good &&
                 outcome.trial.value.kind != VALUE_UNDEFINED &&
                 (value_matches(outcome.trial.value, expected->value, close) ||
                  (!exact && same_numbers(outcome.trial.value,
                                          expected->value, close)));
    outcome_done(player, &outcome);
    return right;
}

/* How many choices are right; the last of them to *RET. */
static int count_right(struct player *player, bool exact, int *ret)
{
    const struct step *step = player_step(player);
    int count = 0;
    for (size_t i = 0; i < step->choices.count; i++) {
        char *choice = xstrdup(step->choices.items[i].text);
        choice[strcspn(choice, "\r\n")] = '\0';
        while (*choice && strchr(" \t", choice[strlen(choice) - 1]))
            choice[strlen(choice) - 1] = '\0';
        if (is_right_choice(player, choice, exact)) {
            *ret = (int)i;
            count++;
        }
        free(choice);
    }
    return count;
}

int player_right_choice(struct player *player, struct error *err)
{
    const struct step *step = player_step(player);
    int right = -1;
    if (!player_expect(player, err))
        return -1;
    int count = count_right(player, true, &right);
    if (count == 0)
        count = count_right(player, false, &right);
    if (count == 1)
        return right;
    struct strbuf text = STRBUF_INIT;
    if (player->expected.trial.good)
        value_repr(player->expected.trial.value, &text);
    else
        trial_describe(&player->expected.trial, &text);
    error_set(err, ERROR_VALUE,
              _("%s:%d: one choice has to be right, here %d are; the code "
                "gives %s"),
              player->lesson->path, step->line, count, text.text);
    strbuf_done(&text);
    return -1;
}

void player_choose(struct player *player, int choice, struct reply *ret)
{
    const struct step *step = player_step(player);
    struct error err = ERROR_INIT;
    *ret = (struct reply){.text = STRBUF_INIT, .mistake = -1};
    int right = player_right_choice(player, &err);
    if (right < 0) {
        strbuf_adds(&ret->text, err.message);
        error_clear(&err);
        return;
    }
    player->tries++;
    if (choice == right) {
        ret->verdict = VERDICT_RIGHT;
        player->finished = true;
        return;
    }
    player->misses++;
    reply_wrong(player,
                mistake_find(player, step->choices.items[choice].text, NULL,
                             NULL, false),
                ret);
    player->last_mistake = ret->mistake;
    if (ret->mistake < 0)
        strbuf_adds(&ret->text, _("That is not what comes out."));
}

void player_predicted(const struct player *player, struct strbuf *sb)
{
    const struct trial *trial = &player->expected.trial;
    if (!trial->good)
        trial_describe(trial, sb);
    else if (trial->value.kind != VALUE_UNDEFINED)
        value_repr(trial->value, sb);
}

/* ------------------------------------------------------------------ hints */

/* Is it for everybody, or for the mistake that was made last? */
static bool is_open(const struct player *player, const struct hint *hint)
{
    return hint->mistake < 0 || hint->mistake == player->last_mistake;
}

static int next_hint(const struct player *player)
{
    const struct step *step = player_step(player);
    for (int fitting = 1; fitting >= 0; fitting--)
        for (size_t i = 0; i < step->hint_count; i++)
            if (!player->given[i] && is_open(player, &step->hints[i]) &&
                (step->hints[i].mistake >= 0) == fitting)
                return (int)i;
    return -1;
}

bool player_has_hint(const struct player *player)
{
    return next_hint(player) >= 0;
}

int player_hints_given(const struct player *player)
{
    return player->hints_given;
}

const char *player_hint(struct player *player, int *ret_number,
                        int *ret_count)
{
    const struct step *step = player_step(player);
    int index = next_hint(player);
    if (index < 0)
        return NULL;
    player->given[index] = true;
    player->hints_given++;
    *ret_number = *ret_count = 0;
    for (size_t i = 0; i < step->hint_count; i++) {
        bool counts = player->given[i] || is_open(player, &step->hints[i]);
        *ret_number += player->given[i];
        *ret_count += counts;
    }
    return step->hints[index].text;
}

/* --------------------------------------------------------------- sessions */

static bool echo(struct player *player, const char *text, struct error *err)
{
    struct program *program = trial_parse(text, err);
    bool good = program && program_run(player->interp, program, true, err);
    program_free(program);
    return good;
}

void player_try(struct player *player, const char *text, struct trial *ret,
                struct strbuf *output)
{
    struct error err = ERROR_INIT;
    *ret = (struct trial){.value = value_undefined()};
    player->host.divert(player->host.context, output);
    limits_begin(player->folder);
    ret->good = echo(player, text, &err);
    ret->over = limits_end();
    ret->error = err.kind;
    ret->message = xstrdup(err.message ? err.message : "");
    error_clear(&err);
    player->host.release(player->host.context);
}
