/* SPDX-License-Identifier: GPL-3.0-or-later */
/* try, with, raise. */
#include "lang/interp.h"

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

static enum flow run_handler(struct frame *frame, const struct handler *handler,
                             const struct error *caught, struct error *err)
{
    struct interp *interp = frame->interp;
    struct value outer = interp->handled;
    struct value exception = error_to_value(interp, caught);
    interp->handled = exception;
    if (handler->name)
        name_store(frame, &handler->name->name, value_ref(exception));
    enum flow flow = execute_list(frame, &handler->body, err);
    if (handler->name) {
        struct error ignored = ERROR_INIT; /* it may have been deleted */
        name_delete(frame, handler->name, &ignored);
        error_clear(&ignored);
    }
    interp->handled = outer;
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
        flow = run_handler(frame, handler, &caught, err);
    else if (!failed)
        error_move(err, &caught);
    error_clear(&caught);
    return flow;
}

/* Whatever happened before, finally runs; its own jump or error wins. */
static enum flow run_finally(struct frame *frame, const struct node_list *body,
                             enum flow flow, struct error *err)
{
    struct error pending = ERROR_INIT;
    struct value result = value_ref(frame->result);
    error_move(&pending, err);
    enum flow last = execute_list(frame, body, err);
    if (last == FLOW_NEXT) {
        error_move(err, &pending);
        value_unref(frame->result);
        frame->result = result;
        return flow;
    }
    error_clear(&pending);
    value_unref(result);
    return last;
}

enum flow execute_try(struct frame *frame, struct node *node, struct error *err)
{
    enum flow flow = execute_list(frame, &node->try.body, err);
    if (flow == FLOW_ERROR)
        flow = handle(frame, node, err);
    else if (flow == FLOW_NEXT)
        flow = execute_list(frame, &node->try.otherwise, err);
    if (node->try.finally.count)
        flow = run_finally(frame, &node->try.finally, flow, err);
    return flow;
}

/* ------------------------------------------------------------------ raise */

static bool raise_again(struct frame *frame, struct error *err)
{
    if (frame->interp->handled.kind == VALUE_NONE)
        return error_set(err, ERROR_RUNTIME, "No active exception to reraise");
    return error_raise(frame->interp, frame->interp->handled, err);
}

bool execute_raise(struct frame *frame, struct node *node, struct error *err)
{
    struct value exception, cause;
    if (!node->binary.left)
        return raise_again(frame, err);
    if (!evaluate(frame, node->binary.left, &exception, err))
        return false;
    if (node->binary.right) {
        if (!evaluate(frame, node->binary.right, &cause, err)) {
            value_unref(exception);
            return false;
        }
        value_unref(cause);
    }
    error_raise(frame->interp, exception, err);
    value_unref(exception);
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

static enum flow with_context(struct frame *frame, struct node *node,
                              int number, struct value context,
                              struct error *err)
{
    const struct with_item *item = &node->with.items[number];
    struct value entered;
    if (!call_method(frame->interp, context, "__enter__", 0, NULL, &entered,
                     err)) {
        error_locate(frame, item->context->span, err);
        return FLOW_ERROR;
    }
    bool good = !item->target || assign(frame, item->target, entered, err);
    value_unref(entered);
    enum flow flow =
        good ? with_items(frame, node, number + 1, err) : FLOW_ERROR;
    return leave(frame, context, flow, err);
}

static enum flow with_items(struct frame *frame, struct node *node, int number,
                            struct error *err)
{
    struct value context;
    if (number == node->with.count)
        return execute_list(frame, &node->with.body, err);
    if (!evaluate(frame, node->with.items[number].context, &context, err))
        return FLOW_ERROR;
    enum flow flow = with_context(frame, node, number, context, err);
    value_unref(context);
    return flow;
}

enum flow execute_with(struct frame *frame, struct node *node,
                       struct error *err)
{
    return with_items(frame, node, 0, err);
}
