/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * yield inside an expression.  A generator can stop between statements only
 * (generator.h says why), so
 *
 *     x = f(a) + (yield b)
 *
 * is read as
 *
 *     .1 = f(a)
 *     .2 = yield b
 *     x = .1 + .2
 *
 * Everything that is evaluated before the yield gets a statement, in its
 * order; what comes after stays where it is.  Parts that may not be evaluated
 * at all, right of an `or` for example, cannot hold a yield.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/parser.h"

/* The places of a node's parts, in the order of evaluation. */
struct parts {
    struct node **places[3];  /* of the fixed ones, */
    int fixed;
    struct node_list lists[2]; /* then those of lists, of both in turns */
    int sure; /* so many of them are always evaluated */
};

static struct parts parts_of(struct node *node)
{
    struct parts parts = {.sure = INT32_MAX};
    switch ((enum node_kind)node->kind) {
    case NODE_UNARY:
    case NODE_NOT:
    case NODE_STAR:
    case NODE_DOUBLE_STAR:
    case NODE_YIELD:
    case NODE_YIELD_FROM:
        parts.places[parts.fixed++] = &node->operand;
        break;
    case NODE_KEYWORD:
        parts.places[parts.fixed++] = &node->keyword.value;
        break;
    case NODE_BINARY:
        parts.places[parts.fixed++] = &node->binary.left;
        parts.places[parts.fixed++] = &node->binary.right;
        break;
    case NODE_WALRUS:
        parts.places[parts.fixed++] = &node->binary.right;
        break;
    case NODE_AND:
    case NODE_OR:
        parts.sure = 1;
        parts.lists[0] = node->items;
        break;
    case NODE_TUPLE:
    case NODE_LIST:
    case NODE_SET:
    case NODE_FSTRING:
        parts.lists[0] = node->items;
        break;
    case NODE_DICT:
        parts.lists[0] = node->dict.keys;
        parts.lists[1] = node->dict.values;
        break;
    case NODE_COMPARE:
        parts.sure = 2;
        parts.lists[0] = node->compare.operands;
        break;
    case NODE_CONDITIONAL:
        parts.sure = 1;
        parts.places[parts.fixed++] = &node->conditional.test;
        parts.places[parts.fixed++] = &node->conditional.then;
        parts.places[parts.fixed++] = &node->conditional.otherwise;
        break;
    case NODE_CALL:
        parts.places[parts.fixed++] = &node->call.function;
        parts.lists[0] = node->call.args;
        break;
    case NODE_ATTRIBUTE:
        parts.places[parts.fixed++] = &node->attribute.object;
        break;
    case NODE_SUBSCRIPT:
        parts.places[parts.fixed++] = &node->subscript.object;
        parts.places[parts.fixed++] = &node->subscript.index;
        break;
    case NODE_SLICE:
        parts.places[parts.fixed++] = &node->slice.start;
        parts.places[parts.fixed++] = &node->slice.stop;
        parts.places[parts.fixed++] = &node->slice.step;
        break;
    case NODE_FORMATTED:
        parts.places[parts.fixed++] = &node->formatted.value;
        break;
    default: /* constants, names; what has a scope of its own */
        break;
    }
    return parts;
}

static int part_count(const struct parts *parts)
{
    return parts->fixed + parts->lists[0].count + parts->lists[1].count;
}

static struct node **part_at(const struct parts *parts, int i)
{
    if (i < parts->fixed)
        return parts->places[i];
    i -= parts->fixed;
    if (parts->lists[1].count == 0)
        return &parts->lists[0].items[i];
    return &parts->lists[i % 2].items[i / 2];
}

/* How deep the tree may be to be looked at; deeper yields are refused. */
enum { DEEPEST = 200 };

static bool has_yield(struct node *node, int depth)
{
    if (!node || depth > DEEPEST)
        return false;
    if (node->kind == NODE_YIELD || node->kind == NODE_YIELD_FROM)
        return true;
    struct parts parts = parts_of(node);
    for (int i = 0; i < part_count(&parts); i++)
        if (has_yield(*part_at(&parts, i), depth + 1))
            return true;
    return false;
}

/* `.1 = *PLACE` goes to BEFORE, and .1 into the place. */
static void give_name(struct parser *parser, struct node **place,
                      struct node_vector *before)
{
    struct node *value = *place;
    if (value->kind == NODE_STAR || value->kind == NODE_DOUBLE_STAR) {
        give_name(parser, &value->operand, before);
        return;
    }
    if (value->kind == NODE_KEYWORD) {
        give_name(parser, &value->keyword.value, before);
        return;
    }
    if (value->kind == NODE_CONSTANT)
        return;
    char text[16];
    int length = snprintf(text, sizeof text, ".%d", ++parser->hoisted);
    struct node *names[2];
    for (int i = 0; i < 2; i++) {
        names[i] = node_new(parser->program, NODE_NAME, value->span);
        names[i]->name.text =
            program_text(parser->program, text, (size_t)length);
    }
    struct node *assign = node_new(parser->program, NODE_ASSIGN, value->span);
    struct node_vector targets = {NULL, 0, 0};
    node_vector_add(&targets, names[0]);
    assign->assign.targets = node_vector_finish(&targets, parser->program);
    assign->assign.value = value;
    node_vector_add(before, assign);
    *place = names[1];
}

static bool hoist(struct parser *parser, struct node **place,
                  struct node_vector *before)
{
    struct node *node = *place;
    struct parts parts = parts_of(node);
    int last = -1;
    for (int i = 0; i < part_count(&parts); i++)
        if (has_yield(*part_at(&parts, i), 0))
            last = i;
    if (last >= parts.sure)
        return false;
    for (int i = 0; i <= last; i++) {
        struct node **part = part_at(&parts, i);
        if (!*part)
            continue;
        if (has_yield(*part, 0) && !hoist(parser, part, before))
            return false;
        if (i < last)
            give_name(parser, part, before);
    }
    if (node->kind == NODE_YIELD || node->kind == NODE_YIELD_FROM) {
        parser->code->is_generator = true;
        give_name(parser, place, before);
    }
    return true;
}

bool parser_hoist(struct parser *parser, struct node **expression,
                  struct node_vector *before)
{
    struct node *node = *expression;
    if (!parser->yields || !parser->code)
        return parser_no_yield(parser);
    if (node->kind == NODE_YIELD || node->kind == NODE_YIELD_FROM)
        expression = &node->operand; /* the whole may stay a yield */
    if (!has_yield(*expression, 0) || !hoist(parser, expression, before))
        return parser_no_yield(parser);
    parser->yields = 0;
    return true;
}

/* The expression of a statement that is evaluated first, or NULL. */
static struct node **first_expression(struct node *statement)
{
    switch ((enum node_kind)statement->kind) {
    case NODE_EXPRESSION:
    case NODE_RETURN:
        return &statement->operand;
    case NODE_ASSIGN:
        return &statement->assign.value;
    case NODE_AUGMENTED:
        return &statement->binary.right;
    case NODE_RAISE:
    case NODE_ASSERT:
        return &statement->binary.left;
    default:
        return NULL;
    }
}

bool parser_hoist_statement(struct parser *parser, struct node *statement,
                            struct node_vector *before)
{
    if (!parser->yields)
        return true;
    struct node **expression = first_expression(statement);
    return expression && *expression
               ? parser_hoist(parser, expression, before)
               : parser_no_yield(parser);
}
