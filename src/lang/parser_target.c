/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stand left of an =, and CPython's words for what may not. */
#include "lang/parser.h"

const char *node_description(const struct node *node)
{
    switch (node->kind) {
    case NODE_CONSTANT:
        switch (node->constant.kind) {
        case VALUE_NONE:
            return "None";
        case VALUE_BOOL:
            return node->constant.i ? "True" : "False";
        case VALUE_ELLIPSIS:
            return "ellipsis";
        default:
            return "literal";
        }
    case NODE_NAME:
        return "name";
    case NODE_TUPLE:
        return "tuple";
    case NODE_LIST:
        return "list";
    case NODE_DICT:
        return "dict literal";
    case NODE_SET:
        return "set display";
    case NODE_GENERATOR:
        return "generator expression";
    case NODE_YIELD:
    case NODE_YIELD_FROM:
        return "yield expression";
    case NODE_STAR:
        return "starred";
    case NODE_COMPARE:
        return "comparison";
    case NODE_CONDITIONAL:
        return "conditional expression";
    case NODE_CALL:
        return "function call";
    case NODE_ATTRIBUTE:
        return "attribute";
    case NODE_SUBSCRIPT:
        return "subscript";
    case NODE_LAMBDA:
        return "lambda";
    case NODE_COMPREHENSION:
        return node->operator== COMPREHENSION_LIST   ? "list comprehension"
               : node->operator== COMPREHENSION_DICT ? "dict comprehension"
                                                     : "set comprehension";
    case NODE_FSTRING:
        return "f-string expression";
    case NODE_WALRUS:
        return "named expression";
    default:
        return "expression";
    }
}

/* CPython adds the advice for a lone target only, and not to those that its
   grammar takes for comparisons and conditionals. */
static bool has_advice(const struct node *node)
{
    if (node->kind == NODE_CONSTANT)
        return node->constant.kind != VALUE_NONE &&
               node->constant.kind != VALUE_BOOL;
    return node->kind != NODE_COMPARE && node->kind != NODE_CONDITIONAL &&
           node->kind != NODE_LAMBDA && node->kind != NODE_NOT &&
           node->kind != NODE_AND && node->kind != NODE_OR;
}

bool target_check(struct parser *parser, struct node *node, bool single)
{
    switch (node->kind) {
    case NODE_NAME:
    case NODE_ATTRIBUTE:
    case NODE_SUBSCRIPT:
        return true;
    case NODE_STAR:
        if (single)
            return parser_fail(
                parser, node->span,
                "starred assignment target must be in a list or tuple");
        return target_check(parser, node->operand, true);
    case NODE_TUPLE:
    case NODE_LIST: {
        int stars = 0;
        for (int i = 0; i < node->items.count; i++) {
            struct node *item = node->items.items[i];
            stars += item->kind == NODE_STAR;
            if (!target_check(parser, item, false))
                return false;
        }
        if (stars > 1)
            return parser_fail(parser, node->span,
                               "multiple starred expressions in assignment");
        node->shorthand = false;
        return true;
    }
    default:
        return parser_fail(parser, node->span, "cannot assign to %s%s",
                           node_description(node),
                           single && has_advice(node)
                               ? " here. Maybe you meant '==' instead of '='?"
                               : "");
    }
}

bool target_check_delete(struct parser *parser, struct node *node)
{
    switch (node->kind) {
    case NODE_NAME:
    case NODE_ATTRIBUTE:
    case NODE_SUBSCRIPT:
        return true;
    case NODE_TUPLE:
    case NODE_LIST:
        node->shorthand = false;
        for (int i = 0; i < node->items.count; i++)
            if (!target_check_delete(parser, node->items.items[i]))
                return false;
        return true;
    default:
        return parser_fail(parser, node->span, "cannot delete %s",
                           node_description(node));
    }
}
