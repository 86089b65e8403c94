/* SPDX-License-Identifier: GPL-3.0-or-later */
/* try, with, raise. */
#include <stdlib.h>

#include "base/alloc.h"
#include "lang/generator.h"

/* -------------------------------------------------------------------- try */

/* The handler that catches CAUGHT, or NULL.  *FAILED: looking for it went
   wrong, with ERR filled. */
static const struct handler *find_handler(struct frame *frame,
                                          struct node *node,
                                          const struct error *caught,
                                          bool *failed, struct error *err)
{
    for (int i = 0; i < node->try.handler_count; i++) {
        const struct handler *handler = &node->try.handlers[i];
        struct value type;
        bool matches = true;
        if (!handler->type)
            return handler;
        if (!evaluate(frame, handler->type, &type, err)) {
            *failed = true;
            return NULL;
        }
        *failed = !error_matches(frame->interp, caught, type, &matches, err);
        value_unref(type);
        if (*failed) {
            error_locate(frame, handler->type->span, err);
            return NULL;
        }
        if (matches)
            return handler;
    }
    return NULL;
}

/* Where a try can stop. */
enum { AT_BODY, AT_ELSE, AT_FINALLY, AT_HANDLER /* + its number */ };

static enum flow keep_phase(struct frame *frame, enum flow flow, int phase)
{
    if (flow != FLOW_YIELD)
        return flow;
    return frame_keep_place(
        frame, (struct place_kept){.at = phase, .needs_cleanup = true});
}

/* EXCEPTION's reference is taken. */
static enum flow run_handler(struct frame *frame, struct node *node, int number,
                             struct value exception, struct error *err)
{
    const struct handler *handler = &node->try.handlers[number];
    struct interp *interp = frame->interp;
    struct value outer = interp->handled;
    interp->handled = exception;
    if (handler->name && !frame_resumes(frame))
        name_store(frame, &handler->name->name, value_ref(exception));
    enum flow flow = execute_list(frame, &handler->body, err);
    interp->handled = outer;
    if (flow == FLOW_YIELD)
        return frame_keep_place(
            frame, (struct place_kept){.at = AT_HANDLER + number,
                                       .value = exception,
                                       .needs_cleanup = true});
    if (handler->name) {
        struct error ignored = ERROR_INIT; /* it may have been deleted */
        name_delete(frame, handler->name, &ignored);
        error_clear(&ignored);
    }
    value_unref(exception);
    return flow;
}

static enum flow handle(struct frame *frame, struct node *node,
                        struct error *err)
{
    struct error caught = ERROR_INIT;
    bool failed = false;
    error_move(&caught, err);
    const struct handler *handler =
        find_handler(frame, node, &caught, &failed, err);
    enum flow flow = FLOW_ERROR;
    if (handler)
        flow = run_handler(frame, node, (int)(handler - node->try.handlers),
                           error_to_value(frame->interp, &caught), err);
    else if (!failed)
        error_move(err, &caught);
    error_clear(&caught);
    return flow;
}

/* What waits while finally runs; ERROR's memory and RESULT's reference pass
   in. */
struct pending {
    enum flow flow;
    struct error *error;
    struct value result;
};

static void pending_done(struct pending *pending)
{
    error_clear(pending->error);
    free(pending->error);
    value_unref(pending->result);
}

/* Whatever happened before, finally runs; its own jump or error wins. */
static enum flow run_finally(struct frame *frame, struct node *node,
                             struct pending pending, struct error *err)
{
    enum flow last = execute_list(frame, &node->try.finally, err);
    if (last == FLOW_YIELD)
        return frame_keep_place(frame,
                                (struct place_kept){.at = AT_FINALLY,
                                                    .flow = pending.flow,
                                                    .error = pending.error,
                                                    .value = pending.result,
                                                    .needs_cleanup = true});
    if (last == FLOW_NEXT) {
        error_move(err, pending.error);
        value_unref(frame->result);
        frame->result = value_ref(pending.result);
        last = pending.flow;
    }
    pending_done(&pending);
    return last;
}

static enum flow begin_finally(struct frame *frame, struct node *node,
                               enum flow flow, struct error *err)
{
    struct pending pending = {flow, xcalloc(1, sizeof *err),
                              value_ref(frame->result)};
    error_move(pending.error, err);
    return run_finally(frame, node, pending, err);
}

/* From PHASE on, up to finally. */
static enum flow run_phases(struct frame *frame, struct node *node,
                            const struct place_kept *place, struct error *err)
{
    enum flow flow = FLOW_NEXT;
    if (place->at >= AT_HANDLER)
        return run_handler(frame, node, place->at - AT_HANDLER, place->value,
                           err);
    if (place->at == AT_BODY) {
        flow = execute_list(frame, &node->try.body, err);
        if (flow == FLOW_ERROR)
            return handle(frame, node, err);
        if (flow != FLOW_NEXT)
            return keep_phase(frame, flow, AT_BODY);
    }
    flow = execute_list(frame, &node->try.otherwise, err);
    return keep_phase(frame, flow, AT_ELSE);
}

enum flow execute_try(struct frame *frame, struct node *node, struct error *err)
{
    struct place_kept place = {.at = AT_BODY};
    if (frame_resumes(frame))
        place = frame_take_place(frame);
    if (place.at == AT_FINALLY)
        return run_finally(
            frame, node,
            (struct pending){place.flow, place.error, place.value}, err);
    enum flow flow = run_phases(frame, node, &place, err);
    if (flow != FLOW_YIELD && node->try.finally.count)
        flow = begin_finally(frame, node, flow, err);
    return flow;
}

/* ------------------------------------------------------------------ raise */

static bool raise_again(struct frame *frame, struct error *err)
{
    if (frame->interp->handled.kind == VALUE_NONE)
        return error_set(err, ERROR_RUNTIME, "No active exception to reraise");
    return error_raise(frame->interp, frame->interp->handled, err);
}

/* `from CAUSE`: an exception, a class of them or None. */
static bool set_cause(struct frame *frame, struct node *node,
                      const struct error *err, struct error *failure)
{
    struct value cause, made = value_none();
    struct call_args none = {0};
    if (!evaluate(frame, node, &cause, failure))
        return false;
    if (cause.kind == VALUE_CLASS && cause.class->kind != ERROR_NONE) {
        bool good = interp_call(frame->interp, cause, &none, &made, failure);
        value_unref(cause);
        if (!good)
            return false;
        cause = made;
    }
    bool fits = cause.kind == VALUE_EXCEPTION || cause.kind == VALUE_NONE;
    if (!fits)
        error_set(failure, ERROR_TYPE,
                  "exception causes must derive from BaseException");
    else if (err->payload)
        namespace_set(&((struct instance *)err->payload)->names, "__cause__",
                      cause);
    value_unref(cause);
    return fits;
}

bool execute_raise(struct frame *frame, struct node *node, struct error *err)
{
    struct value exception;
    struct error failure = ERROR_INIT;
    if (!node->binary.left)
        return raise_again(frame, err);
    if (!evaluate(frame, node->binary.left, &exception, err))
        return false;
    error_raise(frame->interp, exception, err);
    value_unref(exception);
    if (node->binary.right &&
        !set_cause(frame, node->binary.right, err, &failure))
        error_move(err, &failure);
    return false;
}

/* ------------------------------------------------------------------- with */

static bool call_method(struct interp *interp, struct value object,
                        const char *name, int count, const struct value *args,
                        struct value *ret, struct error *err)
{
    struct value method;
    struct call_args call = {.count = count, .values = args};
    if (!interp_get_attribute(interp, object, name, &method, err)) {
        if (err->kind == ERROR_ATTRIBUTE)
            error_set(err, ERROR_TYPE,
                      "'%s' object does not support the context manager "
                      "protocol",
                      value_type_name(object));
        return false;
    }
    bool good = interp_call(interp, method, &call, ret, err);
    value_unref(method);
    return good;
}

static enum flow with_items(struct frame *frame, struct node *node, int number,
                            struct error *err);

/* The body is done, FLOW is how; __exit__ hears of an error and may drop it. */
static enum flow leave(struct frame *frame, struct value context,
                       enum flow flow, struct error *err)
{
    struct interp *interp = frame->interp;
    struct error pending = ERROR_INIT;
    struct value args[3] = {value_none(), value_none(), value_none()};
    struct value result;
    bool swallow = false;

    if (flow == FLOW_ERROR) {
        error_move(&pending, err);
        args[1] = error_to_value(interp, &pending);
        args[0] = value_ref((struct value){.kind = VALUE_CLASS,
                                           .class = args[1].instance->class});
    }
    bool good = call_method(interp, context, "__exit__", 3, args, &result, err);
    if (good) {
        good = value_truth(result, &swallow, err);
        value_unref(result);
    }
    value_unref(args[0]);
    value_unref(args[1]);
    if (good && flow == FLOW_ERROR && !swallow)
        error_move(err, &pending);
    error_clear(&pending);
    if (!good)
        return FLOW_ERROR;
    return flow == FLOW_ERROR && swallow ? FLOW_NEXT : flow;
}

/* *ENTERED may be true on failure, too: then the target did not take it. */
static bool enter(struct frame *frame, const struct with_item *item,
                  struct value context, bool *entered, struct error *err)
{
    struct value value;
    *entered = call_method(frame->interp, context, "__enter__", 0, NULL, &value,
                           err);
    if (!*entered) {
        error_locate(frame, item->context->span, err);
        return false;
    }
    bool good = !item->target || assign(frame, item->target, value, err);
    value_unref(value);
    return good;
}

/* CONTEXT, which has been entered: its reference is taken. */
static enum flow with_context(struct frame *frame, struct node *node,
                              int number, struct value context,
                              struct error *err)
{
    enum flow flow = with_items(frame, node, number + 1, err);
    if (flow == FLOW_YIELD)
        return frame_keep_place(
            frame,
            (struct place_kept){.value = context, .needs_cleanup = true});
    flow = leave(frame, context, flow, err);
    value_unref(context);
    return flow;
}

static enum flow with_items(struct frame *frame, struct node *node, int number,
                            struct error *err)
{
    struct value context;
    if (number == node->with.count)
        return execute_list(frame, &node->with.body, err);
    if (frame_resumes(frame)) {
        context = frame_take_place(frame).value;
        return with_context(frame, node, number, context, err);
    }
    const struct with_item *item = &node->with.items[number];
    if (!evaluate(frame, item->context, &context, err))
        return FLOW_ERROR;
    bool entered = false;
    enum flow flow = FLOW_ERROR;
    if (enter(frame, item, context, &entered, err))
        return with_context(frame, node, number, context, err);
    if (entered)
        flow = leave(frame, context, FLOW_ERROR, err);
    value_unref(context);
    return flow;
}

enum flow execute_with(struct frame *frame, struct node *node,
                       struct error *err)
{
    return with_items(frame, node, 0, err);
}
