/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the model answer and the listed mistakes give.  Each is run once, in a
   copy of the step's variables, when it is first needed. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "lesson/document.h"
#include "lesson/playing.h"

enum { CALL_SEED = 5000 };

struct tolerance player_tolerance(const struct player *player)
{
    const struct demand *demand = &player_step(player)->demand;
    return (struct tolerance){demand->within, demand->any_dtype};
}

/* ---------------------------------------------------------------- wanted */

void names_of(const char *text, struct words *ret)
{
    struct error err = ERROR_INIT;
    struct program *program = trial_parse(text, &err);
    if (program)
        names_bound(program, ret);
    program_free(program);
    error_clear(&err);
}

static void find_wanted(struct player *player)
{
    const struct step *step = player_step(player);
    struct error err = ERROR_INIT;
    const struct words *want = &step->demand.want;
    words_free(&player->wanted);
    words_free(&player->made);
    if (step->answer.text)
        names_of(step->answer.text, &player->made);
    for (size_t i = 0; i < want->count; i++)
        words_add(&player->wanted, want->items[i], strlen(want->items[i]));
    if (want->count || step->demand.command || !step->answer.text)
        return;
    struct program *program = trial_parse(step->answer.text, &err);
    if (program)
        names_bound_last(program, &player->wanted);
    program_free(program);
    error_clear(&err);
}

/* ---------------------------------------------------------------- running */

static struct value *take_values(struct player *player,
                                 const struct words *names)
{
    struct value *values = xcalloc(names->count + 1, sizeof *values);
    for (size_t i = 0; i < names->count; i++) {
        struct value value;
        if (interp_get_global(player->interp, names->items[i], &value)) {
            values[i] = value_keep(player->interp, value);
            value_unref(value);
        }
    }
    return values;
}

/* An error and its hint stay; a value is kept for itself. */
static void keep_value(struct player *player, struct trial *trial)
{
    if (trial->value.kind == VALUE_UNDEFINED)
        return;
    struct value kept = value_keep(player->interp, trial->value);
    value_unref(trial->value);
    trial->value = kept;
}

static const char *function_name(const struct player *player)
{
    return player->wanted.count
               ? player->wanted.items[player->wanted.count - 1]
               : "";
}

/* What the model answer changes without naming it: a view of what it does. */
static void add_changes(struct player *player)
{
    struct words changes = {NULL, 0, 0};
    state_changes(player->before, player->interp, &changes);
    for (size_t i = 0; i < changes.count; i++)
        words_add(&player->made, changes.items[i], strlen(changes.items[i]));
    words_free(&changes);
}

void outcome_run(struct player *player, const char *text, struct outcome *ret)
{
    struct state *now = state_save(player->interp, NULL);
    struct value function;
    *ret = (struct outcome){.values = NULL};
    state_restore(player->before, player->interp, &player->own);
    trial_run(&player->host, player->interp, player->folder, text,
              &ret->trial);
    keep_value(player, &ret->trial);
    ret->values = take_values(player, &player->wanted);
    if (ret == &player->expected) {
        add_changes(player);
        ret->made = take_values(player, &player->made);
    }
    if (player_step(player)->kind == STEP_FUNCTION && ret->trial.good &&
        interp_get_global(player->interp, function_name(player), &function)) {
        outcome_call(player, function, ret);
        value_unref(function);
    }
    state_restore(now, player->interp, NULL);
    state_free(now);
}

void outcome_done(struct player *player, struct outcome *outcome)
{
    trial_done(&outcome->trial);
    for (size_t i = 0; outcome->values && i < player->wanted.count; i++)
        value_unref(outcome->values[i]);
    for (size_t i = 0; outcome->made && i < player->made.count; i++)
        value_unref(outcome->made[i]);
    for (size_t i = 0; outcome->calls && i < player->call_count; i++)
        trial_done(&outcome->calls[i]);
    free(outcome->values);
    free(outcome->made);
    free(outcome->calls);
    *outcome = (struct outcome){.values = NULL};
}

void outcome_call(struct player *player, struct value function,
                  struct outcome *ret)
{
    ret->calls = xcalloc(player->call_count + 1, sizeof *ret->calls);
    for (size_t i = 0; i < player->call_count; i++) {
        struct trial arguments;
        if (input_arguments(player, i, &arguments))
            trial_call(&player->host, player->interp, player->folder, function,
                       arguments.value, &ret->calls[i]);
        keep_value(player, &ret->calls[i]);
        trial_done(&arguments);
        if (ret->calls[i].over)
            break; /* once is enough to wait for */
    }
}

/* ----------------------------------------------------------------- inputs */

/* Each call has random numbers of its own, the same for everybody. */
static void seed_call(size_t index)
{
    rng_seed(&session_rng, (uint32_t)(CALL_SEED + index));
}

bool input_arguments(struct player *player, size_t index, struct trial *ret)
{
    const struct snippets *inputs = &player_step(player)->inputs;
    seed_call(index);
    trial_run(&player->host, player->interp, player->folder,
              inputs->items[index % inputs->count].text, ret);
    return ret->good && ret->value.kind != VALUE_UNDEFINED;
}

/* In a copy: do all of them give arguments? */
static bool check_inputs(struct player *player, struct error *err)
{
    const struct step *step = player_step(player);
    struct state *now = state_save(player->interp, NULL);
    bool good = true;
    state_restore(player->before, player->interp, &player->own);
    for (size_t i = 0; good && i < step->inputs.count; i++) {
        struct trial trial;
        struct strbuf text = STRBUF_INIT;
        good = input_arguments(player, i, &trial);
        if (!good) {
            if (trial.good)
                strbuf_adds(&text, _("these are no arguments"));
            else
                trial_describe(&trial, &text);
            error_set(err, ERROR_VALUE, "%s:%d: %s", player->lesson->path,
                      step->inputs.items[i].line, text.text);
        }
        strbuf_done(&text);
        trial_done(&trial);
    }
    state_restore(now, player->interp, NULL);
    state_free(now);
    player->call_count = step->inputs.count * (size_t)step->repeat;
    return good;
}

/* --------------------------------------------------------------- expected */

static bool fail(struct player *player, const struct snippet *code,
                 const struct trial *trial, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    trial_describe(trial, &text);
    error_set(err, ERROR_VALUE, "%s:%d: %s", player->lesson->path, code->line,
              text.text);
    strbuf_done(&text);
    return false;
}

bool player_expect(struct player *player, struct error *err)
{
    const struct step *step = player_step(player);
    const struct snippet *code =
        step->kind == STEP_PREDICT ? &step->predict : &step->answer;
    if (player->has_expected)
        return true;
    if (!code->text || step->demand.command)
        return true;
    find_wanted(player);
    if (step->kind == STEP_FUNCTION && !check_inputs(player, err))
        return false;
    outcome_run(player, code->text, &player->expected);
    if (!player->expected.trial.good && step->kind != STEP_PREDICT)
        return fail(player, code, &player->expected.trial, err);
    player->has_expected = true;
    return true;
}

void player_examples(struct player *player)
{
    const struct step *step = player_step(player);
    if (player->has_examples || step->kind == STEP_PREDICT ||
        step->demand.command)
        return;
    player->has_examples = true;
    player->examples =
        xcalloc(step->mistake_count + 1, sizeof *player->examples);
    for (size_t i = 0; i < step->mistake_count; i++) {
        const struct snippets *examples = &step->mistakes[i].examples;
        player->examples[i] =
            xcalloc(examples->count + 1, sizeof **player->examples);
        for (size_t j = 0; j < examples->count; j++)
            outcome_run(player, examples->items[j].text,
                        &player->examples[i][j]);
    }
}

static void forget_examples(struct player *player)
{
    const struct step *step = player_step(player);
    for (size_t i = 0; player->examples && i < step->mistake_count; i++) {
        for (size_t j = 0; j < step->mistakes[i].examples.count; j++)
            outcome_done(player, &player->examples[i][j]);
        free(player->examples[i]);
    }
    free(player->examples);
    player->examples = NULL;
    player->has_examples = false;
}

void player_forget(struct player *player)
{
    if (player->at < 0)
        return;
    forget_examples(player);
    outcome_done(player, &player->expected);
    player->call_count = 0;
    player->has_expected = false;
    words_free(&player->wanted);
    words_free(&player->made);
}
