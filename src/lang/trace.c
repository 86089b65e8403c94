/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sub-expressions are told of by nodes that are put around them before the
 * program runs, so that programs which are not traced pay nothing.
 */
#include "lang/trace.h"

#include "lang/interp.h"

/* --------------------------------------------------------------- children */

typedef void visitor(struct node **place, void *context);

static void visit_list(struct node_list *list, visitor *visit, void *context)
{
    for (int i = 0; i < list->count; i++)
        visit(&list->items[i], context);
}

/* Arguments: what stands behind a star or a keyword. */
static void visit_arguments(struct node_list *list, visitor *visit,
                            void *context)
{
    for (int i = 0; i < list->count; i++) {
        struct node *argument = list->items[i];
        if (argument->kind == NODE_KEYWORD)
            visit(&argument->keyword.value, context);
        else if (argument->kind == NODE_STAR ||
                 argument->kind == NODE_DOUBLE_STAR)
            visit(&argument->operand, context);
        else
            visit(&list->items[i], context);
    }
}

static void visit_call(struct node *call, visitor *visit, void *context)
{
    struct node *callee = call->call.function;
    if (callee->kind == NODE_ATTRIBUTE)
        visit(&callee->attribute.object, context);
    visit_arguments(&call->call.args, visit, context);
}

/* The operands of NODE that are expressions of their own. */
static void visit_operands(struct node *node, visitor *visit, void *context)
{
    switch ((enum node_kind)node->kind) {
    case NODE_BINARY:
        visit(&node->binary.left, context);
        visit(&node->binary.right, context);
        break;
    case NODE_UNARY:
    case NODE_NOT:
        visit(&node->operand, context);
        break;
    case NODE_AND:
    case NODE_OR:
    case NODE_TUPLE:
        visit_list(&node->items, visit, context);
        break;
    case NODE_COMPARE:
        visit_list(&node->compare.operands, visit, context);
        break;
    case NODE_CONDITIONAL:
        visit(&node->conditional.test, context);
        visit(&node->conditional.then, context);
        visit(&node->conditional.otherwise, context);
        break;
    case NODE_CALL:
        visit_call(node, visit, context);
        break;
    case NODE_ATTRIBUTE:
        visit(&node->attribute.object, context);
        break;
    case NODE_SUBSCRIPT:
        visit(&node->subscript.object, context);
        if (node->subscript.index->kind != NODE_SLICE &&
            node->subscript.index->kind != NODE_TUPLE)
            visit(&node->subscript.index, context);
        break;
    default:
        break;
    }
}

/* ---------------------------------------------------------------- tracing */

/* Puts a NODE_TRACE around the expression at PLACE, and those inside it. */
static void wrap(struct node **place, void *context)
{
    struct program *program = context;
    struct node *node = *place;
    visit_operands(node, wrap, program);
    struct node *trace = node_new(program, NODE_TRACE, node->span);
    trace->operand = node;
    *place = trace;
}

static void describe(const struct node *node, struct trace_step *step)
{
    step->span = node->span;
    step->operator= OPERATOR_COUNT;
    step->constant = node->kind == NODE_CONSTANT;
    if (node->kind == NODE_BINARY) {
        step->operator=(enum operator) node->operator;
        step->operands[0] = node->binary.left->span;
        step->operands[1] = node->binary.right->span;
    } else if (node->kind == NODE_COMPARE &&
               node->compare.operands.count == 2 &&
               node->compare.operators[0] < OPERATOR_COUNT) {
        step->operator=(enum operator) node->compare.operators[0];
        step->operands[0] = node->compare.operands.items[0]->span;
        step->operands[1] = node->compare.operands.items[1]->span;
    } else if (node->kind == NODE_CALL) {
        step->callee = node->call.function->span;
        for (int i = 0; i < node->call.args.count && i < 2; i++)
            step->operands[i] = node->call.args.items[i]->span;
    }
}

bool evaluate_trace(struct frame *frame, struct node *node, struct value *ret,
                    struct error *err)
{
    const struct tracer *tracer = frame->interp->tracer;
    struct trace_step step = {.constant = false};
    if (!evaluate(frame, node->operand, ret, err))
        return false;
    describe(node->operand, &step);
    step.value = *ret;
    if (tracer)
        tracer->sink(tracer->context, &step);
    return true;
}

bool program_trace(struct interp *interp, struct program *program,
                   trace_sink *sink, void *context, struct value *ret,
                   struct error *err)
{
    struct tracer tracer = {sink, context}, *outer = interp->tracer;
    if (!program_is_expression(program))
        return error_set(err, ERROR_SYNTAX, "an expression is wanted");
    wrap(&program->main->body.items[0]->operand, program);
    interp->tracer = &tracer;
    bool good = program_evaluate(interp, program, ret, err);
    interp->tracer = outer;
    return good;
}

/* ------------------------------------------------- the operation around it */

struct search {
    uint32_t offset;
    struct trace_operation *ret;
    bool found;
};

static bool is_at(const struct search *search, const struct node *node)
{
    return node->kind == NODE_NAME && node->span.start == search->offset;
}

static void search_binary(struct search *search, const struct node *node)
{
    const struct node *left = node->binary.left, *right = node->binary.right;
    if (!is_at(search, left) && !is_at(search, right))
        return;
    search->found = true;
    search->ret->operator=(enum operator) node->operator;
    search->ret->is_left = is_at(search, left);
    search->ret->other = search->ret->is_left ? right->span : left->span;
}

static void search_compare(struct search *search, const struct node *node)
{
    struct node *const *operands = node->compare.operands.items;
    bool left = is_at(search, operands[0]);
    if (node->compare.operands.count != 2 ||
        node->compare.operators[0] >= OPERATOR_COUNT ||
        (!left && !is_at(search, operands[1])))
        return;
    search->found = true;
    search->ret->operator=(enum operator) node->compare.operators[0];
    search->ret->is_left = left;
    search->ret->other = operands[left]->span;
}

/* x.dot(?), np.dot(x, ?), ?.dot(x) */
static void search_call(struct search *search, const struct node *node)
{
    const struct node *callee = node->call.function;
    const struct node_list *args = &node->call.args;
    bool dotted = callee->kind == NODE_ATTRIBUTE;
    struct trace_operation *ret = search->ret;
    int position = 0;
    while (position < args->count && !is_at(search, args->items[position]))
        position++;
    if (position == args->count && dotted &&
        is_at(search, callee->attribute.object))
        position = -1;
    if (position == args->count || (!dotted && callee->kind != NODE_NAME))
        return;
    search->found = true;
    ret->operator= OPERATOR_COUNT;
    ret->name = dotted ? callee->attribute.name : callee->name.text;
    ret->callee = callee->span;
    if (dotted)
        ret->object = callee->attribute.object->span;
    ret->position = position;
    for (int i = 0; i < args->count && i < 2; i++)
        ret->arguments[i] = args->items[i]->span;
}

static void search_node(struct node **place, void *context)
{
    struct search *search = context;
    struct node *node = *place;
    if (search->found)
        return;
    if (node->kind == NODE_BINARY)
        search_binary(search, node);
    else if (node->kind == NODE_COMPARE)
        search_compare(search, node);
    else if (node->kind == NODE_CALL)
        search_call(search, node);
    visit_operands(node, search_node, search);
}

bool program_find_operation(struct program *program, uint32_t offset,
                            struct trace_operation *ret)
{
    struct search search = {.offset = offset, .ret = ret};
    *ret = (struct trace_operation){.operator= OPERATOR_COUNT };
    if (program_is_expression(program))
        search_node(&program->main->body.items[0]->operand, &search);
    return search.found;
}
