/* SPDX-License-Identifier: GPL-3.0-or-later */
/* yield, yield from, generator expressions. */
#include <stdlib.h>

#include "lang/generator.h"

/* What came in with next(), send() or throw(). */
static enum flow take_in(struct frame *frame, struct value *ret,
                         struct error *err)
{
    struct generator *generator = frame->generator;
    if (generator->thrown) {
        error_move(err, generator->thrown);
        return FLOW_ERROR;
    }
    *ret = generator->exchanged;
    generator->exchanged = value_none();
    return FLOW_NEXT;
}

/* VALUE's reference passes out. */
static enum flow give_out(struct frame *frame, struct value value,
                          struct place_kept place)
{
    struct generator *generator = frame->generator;
    value_unref(generator->exchanged);
    generator->exchanged = value;
    return frame_keep_place(frame, place);
}

static enum flow yield_one(struct frame *frame, struct node *node,
                           struct value *ret, struct error *err)
{
    struct value value = value_none();
    if (frame_resumes(frame)) {
        frame_take_place(frame);
        return take_in(frame, ret, err);
    }
    if (node->operand && !evaluate(frame, node->operand, &value, err))
        return FLOW_ERROR;
    return give_out(frame, value, (struct place_kept){.at = 0});
}

/* The inner iterator, when it ends: its result is that of yield from. */
static void take_result(struct value iterator, struct value *ret)
{
    struct generator *inner = generator_of(iterator);
    *ret = value_none();
    if (inner) {
        *ret = inner->exchanged;
        inner->exchanged = value_none();
    }
}

/* What came in goes on to the inner iterator. */
static bool pass_on(struct frame *frame, struct value iterator, bool *done,
                    struct value *item, struct error *err)
{
    struct generator *inner = generator_of(iterator);
    struct value sent;
    if (!frame->generator->thrown && !inner)
        return interp_next(frame->interp, iterator, done, item, err);
    if (take_in(frame, &sent, err) == FLOW_ERROR) {
        struct error thrown = ERROR_INIT;
        if (!inner)
            return false;
        error_move(&thrown, err);
        return generator_throw(inner, &thrown, done, item, err);
    }
    bool good = generator_resume(inner, sent, done, item, err);
    value_unref(sent);
    return good;
}

static enum flow yield_from(struct frame *frame, struct node *node,
                            struct value *ret, struct error *err)
{
    struct value iterator, item;
    bool done = false, good;
    if (frame_resumes(frame)) {
        iterator = frame_take_place(frame).value;
        good = pass_on(frame, iterator, &done, &item, err);
    } else {
        struct value iterable;
        if (!evaluate(frame, node->operand, &iterable, err))
            return FLOW_ERROR;
        good = interp_iterate(frame->interp, iterable, &iterator, err);
        value_unref(iterable);
        if (!good)
            return FLOW_ERROR;
        good = interp_next(frame->interp, iterator, &done, &item, err);
    }
    if (good && !done)
        return give_out(frame, item, (struct place_kept){.value = iterator});
    if (good)
        take_result(iterator, ret);
    value_unref(iterator);
    return good ? FLOW_NEXT : FLOW_ERROR;
}

enum flow evaluate_yield(struct frame *frame, struct node *node,
                         struct value *ret, struct error *err)
{
    enum flow flow = node->kind == NODE_YIELD
                         ? yield_one(frame, node, ret, err)
                         : yield_from(frame, node, ret, err);
    if (flow == FLOW_ERROR)
        error_locate(frame, node->span, err);
    return flow;
}

/* (x for x in …): the first iterable is looked at now, the rest when asked. */
bool evaluate_generator(struct frame *frame, struct node *node,
                        struct value *ret, struct error *err)
{
    struct node *source = node->generator.iterable;
    struct value iterable, iterator, function;
    if (!evaluate(frame, source, &iterable, err))
        return false;
    bool good = interp_iterate(frame->interp, iterable, &iterator, err);
    value_unref(iterable);
    if (!good) {
        error_locate(frame, source->span, err);
        return false;
    }
    good = function_new(frame, node->generator.code, &function, err);
    if (good) {
        *ret = generator_new(frame->interp, function.function, &iterator);
        value_unref(function);
    } else {
        value_unref(iterator);
    }
    return good;
}
