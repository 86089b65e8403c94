/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A function that the learner wrote, tried on inputs that are not shown. */
#include <string.h>

#include "base/i18n.h"
#include "lesson/document.h"
#include "lesson/playing.h"

enum { SHOWN_MOST = 48 }; /* bytes of an input in a sentence */

/* "relu([1, -2, 3])": the input as it is, or as the file has it. */
static void say_call(struct player *player, size_t index, struct strbuf *sb)
{
    struct strbuf text = STRBUF_INIT;
    struct trial input;
    const struct snippets *inputs = &player_step(player)->inputs;
    const char *name = player->wanted.items[player->wanted.count - 1];
    if (input_arguments(player, index, &input))
        value_repr(input.value, &text);
    bool shown = text.length && text.length <= SHOWN_MOST &&
                 !strchr(text.text, '\n') && !strchr(text.text, '<');
    if (!shown)
        strbuf_addf(sb, "`%s(%s)`", name,
                    inputs->items[index % inputs->count].text);
    else if (input.value.kind == VALUE_TUPLE &&
             input.value.sequence->count > 1)
        strbuf_addf(sb, "`%s%s`", name, text.text);
    else
        strbuf_addf(sb, "`%s(%s)`", name, text.text);
    trial_done(&input);
    strbuf_done(&text);
}

/* Index of the first call that is not as the model's; -1 when all are. */
static int first_wrong(const struct player *player, const struct outcome *got)
{
    struct tolerance tolerance = player_tolerance(player);
    for (size_t i = 0; i < player->call_count; i++) {
        const struct trial *mine = &got->calls[i];
        const struct trial *model = &player->expected.calls[i];
        bool right = mine->good && model->good
                         ? value_matches(mine->value, model->value, tolerance)
                         : mine->good == model->good &&
                               mine->error == model->error && !mine->over;
        if (!right)
            return (int)i;
    }
    return -1;
}

static void say_wrong(struct player *player, const struct outcome *got,
                      int index, struct strbuf *sb)
{
    const struct trial *mine = &got->calls[index];
    const struct trial *model = &player->expected.calls[index];
    struct strbuf call = STRBUF_INIT, what = STRBUF_INIT;
    say_call(player, (size_t)index, &call);
    if (!mine->good) {
        trial_describe(mine, &what);
        strbuf_addf(sb, _("%s fails: %s"), call.text, what.text);
    } else if (!model->good) {
        strbuf_addf(sb, _("%s should fail, with %s."), call.text,
                    error_kind_name(model->error));
    } else {
        strbuf_addf(sb, "%s: ", call.text);
        if (mine->value.kind == VALUE_NONE)
            strbuf_adds(sb, _("nothing comes back. `return` gives a function "
                              "its result."));
        else
            value_difference(mine->value, model->value,
                             player_tolerance(player), sb);
    }
    strbuf_done(&call);
    strbuf_done(&what);
}

static void judge_calls(struct player *player, const char *text,
                        const struct program *program, struct value function,
                        struct reply *ret)
{
    struct outcome got = {.trial = {.good = true, .value = value_undefined()}};
    outcome_call(player, function, &got);
    int wrong = first_wrong(player, &got);
    int mistake = wrong < 0 ? -1
                            : mistake_find(player, text, &got, NULL, false);
    if (wrong < 0) {
        if (judge_means(player, text, &got, program, ret))
            reply_right(player, text, ret);
    } else {
        reply_wrong(player, mistake, ret);
        if (mistake < 0)
            say_wrong(player, &got, wrong, &ret->text);
    }
    outcome_done(player, &got);
}

/* The one function that the line makes, under another name. */
static bool makes_other(const struct words *names, const char *wanted)
{
    return names->count == 1 && strcmp(names->items[0], wanted) != 0;
}

static bool is_callable(struct value value)
{
    return value.kind == VALUE_FUNCTION || value.kind == VALUE_NATIVE ||
           value.kind == VALUE_METHOD || value.kind == VALUE_CLASS ||
           value.kind == VALUE_INSTANCE;
}

void judge_function(struct player *player, const char *text,
                    const struct program *program, struct value value,
                    struct reply *ret)
{
    const char *wanted = player->wanted.count
                             ? player->wanted.items[player->wanted.count - 1]
                             : "";
    struct words names = {NULL, 0, 0};
    struct value function;
    bool bound = false;
    (void)value;
    names_bound(program, &names);
    for (size_t i = 0; i < names.count; i++)
        bound |= !strcmp(names.items[i], wanted);
    if (bound && interp_get_global(player->interp, wanted, &function)) {
        if (is_callable(function)) {
            judge_calls(player, text, program, function, ret);
        } else {
            reply_wrong(player, -1, ret);
            strbuf_addf(&ret->text, _("`%s` should be a function: `def %s(…):`"),
                        wanted, wanted);
        }
        value_unref(function);
    } else if (makes_other(&names, wanted) &&
               interp_get_global(player->interp, names.items[0], &function)) {
        if (function.kind == VALUE_FUNCTION) {
            strbuf_addf(&ret->text,
                        _("That function is called `%s`; this asks for one "
                          "called `%s`."),
                        names.items[0], wanted);
        }
        value_unref(function);
    }
    words_free(&names);
}
