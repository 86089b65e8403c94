/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the listed mistakes has been made? */
#include <string.h>

#include "lesson/playing.h"

bool trial_fails_alike(const struct trial *a, const struct trial *b)
{
    return !a->good && !b->good && a->error == b->error &&
           !strcmp(a->message ? a->message : "", b->message ? b->message : "");
}

/* Both unset, or the same. */
static bool same_value(struct value a, struct value b)
{
    static const struct tolerance exact = {1e-9, false};
    if (a.kind == VALUE_UNDEFINED || b.kind == VALUE_UNDEFINED)
        return a.kind == b.kind;
    return value_matches(a, b, exact);
}

/* None is what a line gives that only does something. */
static bool same_result(struct value a, struct value b)
{
    bool nothing_a = a.kind == VALUE_UNDEFINED || a.kind == VALUE_NONE;
    bool nothing_b = b.kind == VALUE_UNDEFINED || b.kind == VALUE_NONE;
    return nothing_a || nothing_b ? nothing_a && nothing_b : same_value(a, b);
}

static bool same_calls(const struct player *player, const struct outcome *a,
                       const struct outcome *b)
{
    if (!a->calls || !b->calls)
        return false;
    for (size_t i = 0; i < player->call_count; i++) {
        const struct trial *x = &a->calls[i], *y = &b->calls[i];
        if (x->good != y->good || x->over != y->over ||
            (x->good ? !same_result(x->value, y->value)
                     : x->error != y->error))
            return false;
    }
    return true;
}

static bool is_same(const struct player *player, const struct outcome *a,
                    const struct outcome *b)
{
    if (!a->trial.good || !b->trial.good)
        return trial_fails_alike(&a->trial, &b->trial);
    if (player_step(player)->kind == STEP_FUNCTION)
        return same_calls(player, a, b);
    for (size_t i = 0; i < player->wanted.count; i++)
        if (!same_value(a->values[i], b->values[i]))
            return false;
    return same_result(a->trial.value, b->trial.value);
}

/* What the step is about: the variable wanted, or the value. */
static struct value main_value(const struct player *player,
                               const struct outcome *outcome)
{
    struct value value = outcome->trial.value;
    if (player->wanted.count && outcome->values)
        value = outcome->values[player->wanted.count - 1];
    return value.kind == VALUE_OPAQUE ? value_array(value) : value;
}

static bool has_shape_of(struct value a, struct value b)
{
    if (a.kind != VALUE_TENSOR || b.kind != VALUE_TENSOR ||
        a.tensor->ndim != b.tensor->ndim)
        return false;
    for (int i = 0; i < a.tensor->ndim; i++)
        if (a.tensor->shape[i] != b.tensor->shape[i])
            return false;
    return true;
}

static enum dtype dtype_of(struct value value)
{
    if (value.kind == VALUE_TENSOR)
        return value.tensor->dtype;
    return value.kind == VALUE_SCALAR ? (enum dtype)value.dtype : DTYPE_COUNT;
}

/* The first way in which it fails. */
static const struct trial *first_failure(const struct player *player,
                                         const struct outcome *outcome)
{
    if (!outcome->trial.good)
        return &outcome->trial;
    for (size_t i = 0; outcome->calls && i < player->call_count; i++)
        if (!outcome->calls[i].good)
            return &outcome->calls[i];
    return NULL;
}

static bool is_alike(const struct player *player,
                     const struct mistake *mistake, const struct outcome *got,
                     const struct outcome *example)
{
    struct value a = main_value(player, got), b = main_value(player, example);
    const struct trial *x = first_failure(player, got);
    const struct trial *y = first_failure(player, example);
    switch (mistake->likeness) {
    case LIKE_SHAPE:
        return has_shape_of(a, b);
    case LIKE_DTYPE:
        return dtype_of(a) != DTYPE_COUNT && dtype_of(a) == dtype_of(b);
    case LIKE_TYPE:
        return a.kind != VALUE_UNDEFINED && b.kind != VALUE_UNDEFINED &&
               !strcmp(value_type_name(a), value_type_name(b));
    case LIKE_ERROR:
        return x && y && x->error == y->error;
    default:
        return is_same(player, got, example);
    }
}

static bool is_written(const struct mistake *mistake, const char *text)
{
    for (size_t i = 0; i < mistake->examples.count; i++)
        if (code_is_same(text, mistake->examples.items[i].text))
            return true;
    return false;
}

static bool gives(struct player *player, const struct mistake *mistake,
                  const struct outcome *examples, const struct outcome *got)
{
    if (mistake->likeness == LIKE_USE || mistake->likeness == LIKE_COMMAND)
        return false;
    for (size_t i = 0; i < mistake->examples.count; i++)
        if (is_alike(player, mistake, got, &examples[i]))
            return true;
    return false;
}

int mistake_find(struct player *player, const char *text,
                 const struct outcome *got, const term_set *terms, bool right)
{
    const struct step *step = player_step(player);
    for (size_t i = 0; i < step->mistake_count; i++)
        if (is_written(&step->mistakes[i], text))
            return (int)i;
    if (got && !right)
        player_examples(player);
    for (size_t i = 0; i < step->mistake_count; i++) {
        const struct mistake *mistake = &step->mistakes[i];
        if (right ? mistake->likeness == LIKE_USE && terms &&
                        strmap_has(terms, mistake->term)
                  : got && player->examples &&
                        gives(player, mistake, player->examples[i], got))
            return (int)i;
    }
    return -1;
}
