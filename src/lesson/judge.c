/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be said to a line. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "lesson/document.h"
#include "lesson/playing.h"

/* ------------------------------------------------------------------ reply */

void reply_done(struct reply *reply)
{
    strbuf_done(&reply->text);
    words_free(&reply->restored);
}

void reply_wrong(struct player *player, int mistake, struct reply *ret)
{
    ret->verdict = VERDICT_WRONG;
    ret->mistake = mistake;
    if (mistake >= 0)
        strbuf_adds(&ret->text,
                    player_step(player)->mistakes[mistake].sentence);
}

void reply_right(struct player *player, const char *text, struct reply *ret)
{
    const struct step *step = player_step(player);
    ret->verdict = VERDICT_RIGHT;
    ret->other_way = step->kind == STEP_DO && !step->check.count &&
                     !step->demand.command &&
                     !code_is_same(text, step->answer.text);
}

bool judge_means(struct player *player, const char *text,
                 const struct outcome *got, const struct program *program,
                 struct reply *ret)
{
    const struct demand *demand = &player_step(player)->demand;
    term_set terms = {0};
    if (program)
        terms_collect(program, &player->origins, &terms);
    int mistake = mistake_find(player, text, got, &terms, true);
    const char *missing = terms_missing(&terms, &demand->must);
    const char *present = terms_present(&terms, &demand->must_not);
    strmap_done(&terms);
    if (mistake >= 0) {
        reply_wrong(player, mistake, ret);
        return false;
    }
    if (missing || present)
        reply_wrong(player, -1, ret);
    if (missing)
        strbuf_addf(&ret->text,
                    _("The result is right. Here it is to be got with `%s`."),
                    missing);
    else if (present)
        strbuf_addf(&ret->text,
                    _("The result is right. Here it is to be got without "
                      "`%s`."),
                    present);
    return !missing && !present;
}

/* ------------------------------------------------------------------- check */

/* "a == b" that is false: also what the left side is. */
static void say_check(struct player *player, const char *check,
                      const struct trial *trial, struct strbuf *sb)
{
    struct trial left;
    const char *equal = strstr(check, "==");
    strbuf_addf(sb, _("This should be true, and is not: `%s`."), check);
    if (!trial->good) {
        strbuf_addc(sb, ' ');
        trial_describe(trial, sb);
        return;
    }
    if (!equal)
        return;
    char *side = xstrndup(check, (size_t)(equal - check));
    trial_run(&player->host, player->interp, player->folder, side, &left);
    if (left.good && left.value.kind != VALUE_UNDEFINED) {
        struct strbuf repr = STRBUF_INIT;
        value_repr(left.value, &repr);
        if (repr.length < 60 && !strchr(repr.text, '\n'))
            strbuf_addf(sb, _(" The left side is `%s`."), repr.text);
        strbuf_done(&repr);
    }
    trial_done(&left);
    free(side);
}

/* Is every line of `check` true?  The first that is not, to SB. */
static bool fulfils(struct player *player, struct value value,
                    struct strbuf *sb)
{
    const struct snippets *check = &player_step(player)->check;
    bool good = true;
    if (value.kind != VALUE_UNDEFINED)
        interp_set_global(player->interp, "_", value);
    for (size_t i = 0; good && i < check->count; i++) {
        struct trial trial;
        struct error err = ERROR_INIT;
        trial_run(&player->host, player->interp, player->folder,
                  check->items[i].text, &trial);
        good = trial.good && value_truth(trial.value, &good, &err) && good;
        if (!good)
            say_check(player, check->items[i].text, &trial, sb);
        error_clear(&err);
        trial_done(&trial);
    }
    return good;
}

/* ---------------------------------------------------------------- a value */

static bool matches(const struct player *player, struct value got,
                    struct value wanted)
{
    return got.kind != VALUE_UNDEFINED &&
           value_matches(got, wanted, player_tolerance(player));
}

/* What the last variable that PROGRAM binds holds, owned; undefined when it
   binds none. */
static struct value bound_value(struct player *player,
                                const struct program *program)
{
    struct words names = {NULL, 0, 0};
    struct value value = value_undefined();
    names_bound(program, &names);
    if (names.count)
        interp_get_global(player->interp, names.items[names.count - 1], &value);
    words_free(&names);
    return value;
}

struct attempt {
    const char *text;
    const struct program *program;
    struct outcome got;
};

static bool is_right_value(struct player *player, struct attempt *attempt,
                           struct strbuf *why)
{
    struct value value = attempt->got.trial.value;
    if (player_step(player)->check.count)
        return value.kind != VALUE_UNDEFINED && fulfils(player, value, why);
    return matches(player, value, player->expected.trial.value);
}

static void judge_value(struct player *player, struct attempt *attempt,
                        struct reply *ret)
{
    struct strbuf why = STRBUF_INIT;
    struct outcome *got = &attempt->got;
    bool looks = program_only_looks(attempt->program);
    bool is_value = got->trial.value.kind != VALUE_UNDEFINED;
    struct value bound =
        is_value ? value_undefined() : bound_value(player, attempt->program);
    bool right = is_right_value(player, attempt, &why);
    bool right_bound = !is_value && !player_step(player)->check.count &&
                       matches(player, bound, player->expected.trial.value);
    if (right || right_bound) {
        if (judge_means(player, attempt->text, got, attempt->program, ret))
            reply_right(player, attempt->text, ret);
    } else {
        int mistake = mistake_find(player, attempt->text, looks ? NULL : got,
                                   NULL, false);
        if (mistake >= 0)
            reply_wrong(player, mistake, ret);
        else if (is_value && !looks) {
            reply_wrong(player, -1, ret);
            if (why.length)
                strbuf_adds(&ret->text, why.text);
            else
                value_difference(got->trial.value, player->expected.trial.value,
                                 player_tolerance(player), &ret->text);
        }
    }
    value_unref(bound);
    strbuf_done(&why);
}

/* -------------------------------------------------------------- variables */

static bool is_wanted(const struct player *player, const char *name)
{
    for (size_t i = 0; i < player->wanted.count; i++)
        if (!strcmp(player->wanted.items[i], name))
            return true;
    return false;
}

/* Has the line given one of the wanted variables a value, or changed it? */
static bool touches_wanted(const struct player *player,
                           const struct program *program)
{
    struct words names = {NULL, 0, 0};
    bool touches = false;
    names_bound(program, &names);
    for (size_t i = 0; i < names.count; i++)
        touches |= is_wanted(player, names.items[i]);
    words_free(&names);
    for (size_t i = 0; !touches && i < player->wanted.count; i++)
        touches = strmap_has(&player->own, player->wanted.items[i]) &&
                  state_has_changed(player->before, player->interp,
                                    player->wanted.items[i]);
    return touches;
}

/* Index of the first wanted variable that is not as it should be, those that
   have no value yet last; -1 when all are right. */
static int first_wrong(const struct player *player, const struct outcome *got)
{
    int unset = -1;
    for (size_t i = 0; i < player->wanted.count; i++) {
        if (matches(player, got->values[i], player->expected.values[i]))
            continue;
        if (got->values[i].kind != VALUE_UNDEFINED)
            return (int)i;
        unset = unset < 0 ? (int)i : unset;
    }
    return unset;
}

static void judge_touched(struct player *player, struct attempt *attempt,
                          struct reply *ret)
{
    struct outcome *got = &attempt->got;
    struct strbuf why = STRBUF_INIT;
    bool checks = player_step(player)->check.count > 0;
    int wrong = checks ? -1 : first_wrong(player, got);
    bool right =
        checks ? fulfils(player, got->values[player->wanted.count - 1], &why)
               : wrong < 0;
    int mistake;
    if (right) {
        if (judge_means(player, attempt->text, got, attempt->program, ret))
            reply_right(player, attempt->text, ret);
    } else if (wrong >= 0 && got->values[wrong].kind == VALUE_UNDEFINED) {
        strbuf_addf(&ret->text, _("So far so good. `%s` is still to come."),
                    player->wanted.items[wrong]);
    } else if ((mistake = mistake_find(player, attempt->text, got, NULL,
                                       false)) >= 0) {
        reply_wrong(player, mistake, ret);
    } else {
        reply_wrong(player, -1, ret);
        if (player->wanted.count > 1 && wrong >= 0)
            strbuf_addf(&ret->text, "`%s`: ", player->wanted.items[wrong]);
        if (checks)
            strbuf_adds(&ret->text, why.text);
        else
            value_difference(got->values[wrong], player->expected.values[wrong],
                             player_tolerance(player), &ret->text);
    }
    strbuf_done(&why);
}

/* The right value, but not under its name. */
static bool say_name(struct player *player, struct attempt *attempt,
                     struct reply *ret)
{
    const char *wanted = player->wanted.items[player->wanted.count - 1];
    struct value expected = value_undefined();
    if (player->expected.values)
        expected = player->expected.values[player->wanted.count - 1];
    struct value value = attempt->got.trial.value;
    struct value bound = bound_value(player, attempt->program);
    bool found = player->wanted.count == 1 &&
                 expected.kind != VALUE_UNDEFINED &&
                 !player_step(player)->check.count;
    if (found && matches(player, value, expected)) {
        reply_wrong(player, -1, ret);
        strbuf_addf(&ret->text,
                    _("That is the right value. Give it the name `%s`."),
                    wanted);
    } else if (found && matches(player, bound, expected)) {
        reply_wrong(player, -1, ret);
        strbuf_addf(&ret->text,
                    _("The value is right, but it has another name than "
                      "`%s`."),
                    wanted);
    }
    value_unref(bound);
    return ret->verdict == VERDICT_WRONG;
}

static void judge_variables(struct player *player, struct attempt *attempt,
                            struct reply *ret)
{
    if (touches_wanted(player, attempt->program)) {
        judge_touched(player, attempt, ret);
        return;
    }
    bool looks = program_only_looks(attempt->program);
    int mistake = mistake_find(player, attempt->text,
                               looks ? NULL : &attempt->got, NULL, false);
    if (mistake >= 0)
        reply_wrong(player, mistake, ret);
    else if (!looks)
        say_name(player, attempt, ret);
}

/* ---------------------------------------------------------------- a line */

/* In this step: of which means is what the line has made? */
static void remember_origins(struct player *player,
                             const struct program *program)
{
    struct words names = {NULL, 0, 0};
    term_set terms = {0};
    const char *term;
    void *value;
    names_bound(program, &names);
    terms_collect(program, &player->origins, &terms);
    for (size_t i = 0; i < names.count; i++) {
        term_set *origin = strmap_get(&player->origins, names.items[i]);
        if (!origin) {
            origin = xcalloc(1, sizeof *origin);
            strmap_set(&player->origins, names.items[i], origin);
        }
        strmap_done(origin);
        *origin = (term_set){0};
        for (size_t j = 0; strmap_next(&terms, &j, &term, &value);)
            strmap_set(origin, term, origin);
    }
    strmap_done(&terms);
    words_free(&names);
}

static void fill_got(struct player *player, struct attempt *attempt,
                     struct value value, const struct error *failure)
{
    struct outcome *got = &attempt->got;
    *got = (struct outcome){
        .trial = {.good = !failure, .value = value_ref(value)}};
    if (failure) {
        got->trial.error = failure->kind;
        got->trial.message = xstrdup(failure->message ? failure->message : "");
    }
    got->values = xcalloc(player->wanted.count + 1, sizeof *got->values);
    for (size_t i = 0; i < player->wanted.count; i++)
        if (!interp_get_global(player->interp, player->wanted.items[i],
                               &got->values[i]))
            got->values[i] = value_undefined();
}

static void judge_failure(struct player *player, struct attempt *attempt,
                          struct reply *ret)
{
    int mistake =
        mistake_find(player, attempt->text, &attempt->got, NULL, false);
    reply_wrong(player, mistake, ret);
    ret->verdict = VERDICT_ERROR;
}

static void judge_graded(struct player *player, const char *text,
                         const struct program *program, struct value value,
                         const struct error *failure, struct reply *ret)
{
    struct attempt attempt = {.text = text, .program = program};
    const struct step *step = player_step(player);
    struct error err = ERROR_INIT;
    if (!player_expect(player, &err)) {
        strbuf_addf(&ret->text, "%s", err.message);
        error_clear(&err);
        return;
    }
    fill_got(player, &attempt, value, failure);
    if (failure || !program)
        judge_failure(player, &attempt, ret);
    else if (step->kind == STEP_FUNCTION)
        judge_function(player, text, program, value, ret);
    else if (player->wanted.count)
        judge_variables(player, &attempt, ret);
    else if (!step->demand.command)
        judge_value(player, &attempt, ret);
    outcome_done(player, &attempt.got);
}

static void count(struct player *player, const struct reply *reply)
{
    if (reply->verdict == VERDICT_NONE)
        return;
    player->tries++;
    if (reply->verdict == VERDICT_RIGHT)
        return;
    player->misses++;
    player->last_mistake = reply->mistake;
}

void player_judge(struct player *player, const char *text,
                  const struct program *program, struct value value,
                  const struct error *failure, struct reply *ret)
{
    const struct step *step = player_step(player);
    *ret = (struct reply){.text = STRBUF_INIT, .mistake = -1};
    if (player->finished || !step_is_graded(step) ||
        step->kind == STEP_PREDICT || step->demand.command)
        return;
    judge_graded(player, text, program, value, failure, ret);
    count(player, ret);
    if (program && !failure)
        remember_origins(player, program);
    player_settle(player, ret);
}

/* --------------------------------------------------------------- commands */

static size_t first_word(const char *text)
{
    return strcspn(text, " \t\n");
}

void player_judge_command(struct player *player, const char *line, bool worked,
                          struct reply *ret)
{
    const struct step *step = player_step(player);
    const char *answer = step->answer.text;
    *ret = (struct reply){.text = STRBUF_INIT, .mistake = -1};
    line += strspn(line, " \t%");
    if (player->finished || !step_is_graded(step))
        return;
    int mistake = mistake_find(player, line, NULL, NULL, false);
    if (mistake >= 0) {
        reply_wrong(player, mistake, ret);
    } else if (!worked || !step->demand.command) {
        return;
    } else if (first_word(line) == first_word(answer) &&
               !memcmp(line, answer, first_word(line))) {
        struct strbuf why = STRBUF_INIT;
        if (fulfils(player, value_undefined(), &why)) {
            reply_right(player, line, ret);
        } else {
            reply_wrong(player, -1, ret);
            strbuf_adds(&ret->text, why.text);
        }
        strbuf_done(&why);
    }
    count(player, ret);
    player_settle(player, ret);
}
