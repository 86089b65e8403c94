/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/interrupt.h"
#include "lang/generator.h"

/* Kept out of execute_list(), whose own frame on the C stack stays small then:
   it is there once for every block, and entered once a round of a loop. */
#define STATEMENT static NOINLINE enum flow

static enum flow flow_of(bool good)
{
    return good ? FLOW_NEXT : FLOW_ERROR;
}

/* ------------------------------------------------------------ one-liners */

static bool show(struct frame *frame, struct value value, struct error *err)
{
    struct interp *interp = frame->interp;
    if (value.kind != VALUE_NONE)
        interp_set_global(interp, "_", value);
    return !interp->hooks.display || interp->hooks.display(interp, value, err);
}

/* The whole expression of a statement, which may be a yield. */
static enum flow evaluate_whole(struct frame *frame, struct node *node,
                                struct value *ret, struct error *err)
{
    if (node->kind == NODE_YIELD || node->kind == NODE_YIELD_FROM)
        return evaluate_yield(frame, node, ret, err);
    return flow_of(evaluate(frame, node, ret, err));
}

STATEMENT execute_expression(struct frame *frame, struct node *node,
                             struct error *err)
{
    struct value value;
    bool good = true;
    enum flow flow = evaluate_whole(frame, node->operand, &value, err);
    if (flow != FLOW_NEXT)
        return flow;
    if (frame->echo && !node->silent)
        good = show(frame, value, err);
    else if (frame->echo && value.kind != VALUE_NONE)
        interp_set_global(frame->interp, "_", value);
    value_unref(value);
    return flow_of(good);
}

STATEMENT execute_assign(struct frame *frame, struct node *node,
                         struct error *err)
{
    const struct node_list *targets = &node->assign.targets;
    struct node *first = targets->items[0];
    struct value value;
    bool good = true;
    if (node->assign.value->kind == NODE_TUPLE && targets->count == 1 &&
        assign_pairwise(frame, first, node->assign.value, &good, err))
        return flow_of(good);
    enum flow flow = evaluate_whole(frame, node->assign.value, &value, err);
    if (flow != FLOW_NEXT)
        return flow;
    if (targets->count == 1 && first->kind == NODE_NAME) {
        name_store(frame, &first->name, value);
        return FLOW_NEXT;
    }
    if (targets->count == 1 && first->kind == NODE_SUBSCRIPT) {
        good = assign_subscript(frame, first, value, err);
        value_unref(value);
        return flow_of(good);
    }
    for (int i = 0; good && i < targets->count; i++)
        good = assign(frame, targets->items[i], value, err);
    value_unref(value);
    return flow_of(good);
}

STATEMENT execute_return(struct frame *frame, struct node *node,
                         struct error *err)
{
    struct value value = value_none();
    if (node->operand) {
        enum flow flow = evaluate_whole(frame, node->operand, &value, err);
        if (flow != FLOW_NEXT)
            return flow;
    }
    value_unref(frame->result);
    frame->result = value;
    return FLOW_RETURN;
}

static bool execute_assert(struct frame *frame, struct node *node,
                           struct error *err)
{
    struct value message;
    bool holds;
    if (!evaluate_truth(frame, node->binary.left, &holds, err))
        return false;
    if (holds)
        return true;
    if (!node->binary.right) {
        error_set(err, ERROR_ASSERTION, "%s", "");
        return false;
    }
    if (!evaluate(frame, node->binary.right, &message, err))
        return false;
    struct value exception = exception_new(
        frame->interp, frame->interp->exceptions[ERROR_ASSERTION].class, 1,
        &message);
    error_raise(frame->interp, exception, err);
    value_unref(exception);
    value_unref(message);
    return false;
}

static bool execute_def(struct frame *frame, struct node *node,
                        struct error *err)
{
    const struct node_list *decorators = &node->function.decorators;
    struct value function;
    if (!evaluate_function(frame, node, &function, err))
        return false;
    for (int i = decorators->count - 1; i >= 0; i--) {
        struct value decorator, decorated;
        struct call_args args = {.count = 1, .values = &function};
        if (!evaluate(frame, decorators->items[i], &decorator, err)) {
            value_unref(function);
            return false;
        }
        bool good =
            interp_call(frame->interp, decorator, &args, &decorated, err);
        value_unref(decorator);
        value_unref(function);
        if (!good) {
            error_locate(frame, decorators->items[i]->span, err);
            return false;
        }
        function = decorated;
    }
    name_store(frame, &node->function.name->name, function);
    return true;
}

/* -------------------------------------------------------------- if, loops */

/* The branch that is taken, NULL for none; false on error. */
static bool choose_branch(struct frame *frame, struct node *node,
                          const struct node_list **ret, struct error *err)
{
    for (;;) {
        bool holds;
        if (!evaluate_truth(frame, node->loop.test, &holds, err))
            return false;
        if (holds) {
            *ret = &node->loop.body;
            return true;
        }
        const struct node_list *otherwise = &node->loop.otherwise;
        if (otherwise->count != 1 || otherwise->items[0]->kind != NODE_IF) {
            *ret = otherwise;
            return true;
        }
        node = otherwise->items[0]; /* elif */
    }
}

STATEMENT execute_if(struct frame *frame, struct node *node,
                     struct error *err)
{
    const struct node_list *branch;
    if (frame_resumes(frame))
        branch = frame_take_place(frame).list;
    else if (!choose_branch(frame, node, &branch, err))
        return FLOW_ERROR;
    enum flow flow = execute_list(frame, branch, err);
    if (flow == FLOW_YIELD)
        return frame_keep_place(frame, (struct place_kept){.list = branch});
    return flow;
}

/* Runs the body once.  *GO_ON says whether the loop does; if not, the flow is
   what the loop as a whole results in. */
static enum flow run_body(struct frame *frame, struct node *node, bool *go_on,
                          struct error *err)
{
    *go_on = false;
    if (interrupt_pending() && !frame_resumes(frame) && !interrupt_check(err)) {
        error_locate(frame, node->span, err);
        return FLOW_ERROR;
    }
    enum flow flow = execute_list(frame, &node->loop.body, err);
    *go_on = flow == FLOW_NEXT || flow == FLOW_CONTINUE;
    return flow == FLOW_BREAK ? FLOW_NEXT : flow;
}

enum { AT_BODY, AT_ELSE }; /* where a loop can stop */

static enum flow run_else(struct frame *frame, struct node *node,
                          struct error *err)
{
    enum flow flow = execute_list(frame, &node->loop.otherwise, err);
    if (flow == FLOW_YIELD)
        return frame_keep_place(frame, (struct place_kept){.at = AT_ELSE});
    return flow;
}

STATEMENT execute_while(struct frame *frame, struct node *node,
                        struct error *err)
{
    bool resumes = frame_resumes(frame);
    if (resumes && frame_take_place(frame).at == AT_ELSE)
        return run_else(frame, node, err);
    for (;; resumes = false) {
        bool holds = true, go_on;
        if (!resumes && !evaluate_truth(frame, node->loop.test, &holds, err))
            return FLOW_ERROR;
        if (!holds)
            return run_else(frame, node, err);
        enum flow flow = run_body(frame, node, &go_on, err);
        if (flow == FLOW_YIELD)
            return frame_keep_place(frame, (struct place_kept){.at = AT_BODY});
        if (!go_on)
            return flow;
    }
}

/* for i in range(…), outside generators: no iterator, no objects */
static enum flow for_range(struct frame *frame, struct node *node,
                           const struct range *range, struct error *err)
{
    int64_t count = range_count(range), i = range->start, step = range->step;
    for (; count > 0; count--) {
        bool go_on;
        name_store(frame, &node->loop.target->name, value_int(i));
        enum flow flow = run_body(frame, node, &go_on, err);
        if (!go_on)
            return flow;
        i = (int64_t)((uint64_t)i + (uint64_t)step);
    }
    return execute_list(frame, &node->loop.otherwise, err);
}

/* An item to the target; its reference passes. */
static bool for_take(struct frame *frame, struct node *node, struct value item,
                     struct error *err)
{
    struct node *target = node->loop.target;
    if (target->kind == NODE_NAME) {
        name_store(frame, &target->name, item);
        return true;
    }
    bool good = assign(frame, target, item, err);
    value_unref(item);
    return good;
}

/* for x in a list or tuple, outside generators; the list may change. */
static enum flow for_sequence(struct frame *frame, struct node *node,
                              const struct sequence *sequence,
                              struct error *err)
{
    for (size_t i = 0; i < sequence->count; i++) {
        bool go_on;
        if (!for_take(frame, node, value_ref(sequence->items[i]), err))
            return FLOW_ERROR;
        enum flow flow = run_body(frame, node, &go_on, err);
        if (!go_on)
            return flow;
    }
    return execute_list(frame, &node->loop.otherwise, err);
}

/* The next item to the target; *DONE when there is none. */
static bool for_next(struct frame *frame, struct node *node,
                     struct value iterator, bool *done, struct error *err)
{
    struct value item;
    *done = false;
    if (!interp_next(frame->interp, iterator, done, &item, err)) {
        error_locate(frame, node->loop.test->span, err);
        return false;
    }
    return *done || for_take(frame, node, item, err);
}

/* RESUMES: in the body.  ITERATOR's reference is taken. */
static enum flow for_iterator(struct frame *frame, struct node *node,
                              struct value iterator, bool resumes,
                              struct error *err)
{
    enum flow flow = FLOW_ERROR;
    for (;; resumes = false) {
        bool done = false, go_on;
        if (!resumes && !for_next(frame, node, iterator, &done, err))
            break;
        if (done) {
            value_unref(iterator);
            return run_else(frame, node, err);
        }
        flow = run_body(frame, node, &go_on, err);
        if (flow == FLOW_YIELD)
            return frame_keep_place(
                frame, (struct place_kept){.at = AT_BODY, .value = iterator});
        if (!go_on)
            break;
        flow = FLOW_ERROR;
    }
    value_unref(iterator);
    return flow;
}

STATEMENT execute_for(struct frame *frame, struct node *node,
                      struct error *err)
{
    struct value iterable, iterator;
    if (frame_resumes(frame)) {
        struct place_kept place = frame_take_place(frame);
        if (place.at == AT_ELSE)
            return run_else(frame, node, err);
        return for_iterator(frame, node, place.value, true, err);
    }
    if (!evaluate(frame, node->loop.test, &iterable, err))
        return FLOW_ERROR;
    if (iterable.kind == VALUE_RANGE && node->loop.target->kind == NODE_NAME &&
        !frame->generator) {
        enum flow flow = for_range(frame, node, iterable.range, err);
        value_unref(iterable);
        return flow;
    }
    if ((iterable.kind == VALUE_LIST || iterable.kind == VALUE_TUPLE) &&
        !frame->generator) {
        enum flow flow = for_sequence(frame, node, iterable.sequence, err);
        value_unref(iterable);
        return flow;
    }
    bool good = interp_iterate(frame->interp, iterable, &iterator, err);
    value_unref(iterable);
    if (!good) {
        error_locate(frame, node->loop.test->span, err);
        return FLOW_ERROR;
    }
    return for_iterator(frame, node, iterator, false, err);
}

/* The next item, to the target, for which all conditions hold; *YIELD is the
   node that gives it out, NULL at the end. */
static bool loop_advance(struct frame *frame, struct node *loop,
                         struct value iterator, const struct node **yield,
                         struct error *err)
{
    bool done = false, holds = false;
    while (!holds) {
        struct node *node = loop->loop.body.items[0];
        *yield = NULL;
        if (!for_next(frame, loop, iterator, &done, err))
            return false;
        if (done)
            return true;
        for (holds = true; holds && node->kind == NODE_IF;
             node = node->loop.body.items[0])
            if (!evaluate_truth(frame, node->loop.test, &holds, err))
                return false;
        *yield = node->operand;
    }
    return true;
}

enum flow execute_loop_step(struct frame *frame, struct node *loop,
                            struct error *err)
{
    struct generator *generator = frame->generator;
    struct value iterator, value;
    const struct node *yield;
    if (generator->thrown) {
        error_move(err, generator->thrown);
        error_locate(frame, loop->span, err);
        return FLOW_ERROR;
    }
    if (!evaluate(frame, loop->loop.test, &iterator, err))
        return FLOW_ERROR;
    bool good = loop_advance(frame, loop, iterator, &yield, err) &&
                (!yield || evaluate(frame, yield->operand, &value, err));
    value_unref(iterator);
    if (!good || !yield)
        return flow_of(good);
    value_replace(&generator->exchanged, value);
    return FLOW_YIELD;
}

/* ---------------------------------------------------------------- dispatch */

static inline enum flow execute(struct frame *frame, struct node *node,
                                struct error *err)
{
    switch ((enum node_kind)node->kind) {
    case NODE_EXPRESSION:
        return execute_expression(frame, node, err);
    case NODE_ASSIGN:
        return execute_assign(frame, node, err);
    case NODE_AUGMENTED:
        return execute_augmented(frame, node, err);
    case NODE_IF:
        return execute_if(frame, node, err);
    case NODE_WHILE:
        return execute_while(frame, node, err);
    case NODE_FOR:
        return execute_for(frame, node, err);
    case NODE_DEF:
        return flow_of(execute_def(frame, node, err));
    case NODE_CLASS:
        return flow_of(execute_class(frame, node, err));
    case NODE_RETURN:
        return execute_return(frame, node, err);
    case NODE_RAISE:
        return flow_of(execute_raise(frame, node, err));
    case NODE_ASSERT:
        return flow_of(execute_assert(frame, node, err));
    case NODE_DELETE:
        return flow_of(execute_delete(frame, node->operand, err));
    case NODE_BREAK:
        return FLOW_BREAK;
    case NODE_CONTINUE:
        return FLOW_CONTINUE;
    case NODE_IMPORT:
    case NODE_FROM_IMPORT:
        return flow_of(execute_import(frame, node, err));
    case NODE_WITH:
        return execute_with(frame, node, err);
    case NODE_TRY:
        return execute_try(frame, node, err);
    case NODE_MATCH:
        return execute_match(frame, node, err);
    default: /* pass, global, nonlocal */
        return FLOW_NEXT;
    }
}

/* Statement I of LIST stopped, failed, or left an error that had to wait.  What
   the list as a whole results in. */
static NOINLINE enum flow leave_list(struct frame *frame,
                                     const struct node_list *list, int i,
                                     enum flow flow, struct error *err)
{
    if (frame->interp->deferred.kind != ERROR_NONE && flow != FLOW_YIELD) {
        interp_settle(frame->interp, err);
        flow = FLOW_ERROR;
    }
    if (flow == FLOW_ERROR)
        error_locate(frame, list->items[i]->span, err);
    else if (flow == FLOW_YIELD)
        frame_keep_place(frame, (struct place_kept){.at = i});
    return flow;
}

enum flow execute_list(struct frame *frame, const struct node_list *list,
                       struct error *err)
{
    int i = frame_resumes(frame) ? frame_take_place(frame).at : 0;
    for (; i < list->count; i++) {
        enum flow flow = execute(frame, list->items[i], err);
        if (flow == FLOW_ERROR || flow == FLOW_YIELD ||
            frame->interp->deferred.kind != ERROR_NONE)
            flow = leave_list(frame, list, i, flow, err);
        if (flow != FLOW_NEXT)
            return flow;
    }
    return FLOW_NEXT;
}
