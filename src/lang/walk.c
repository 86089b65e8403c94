/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/walk.h"

struct walk {
    node_visit *visit;
    void *context;
};

static void walk_node(const struct walk *walk, const struct node *node);

static void walk_list(const struct walk *walk, const struct node_list *list)
{
    for (int i = 0; i < list->count; i++)
        walk_node(walk, list->items[i]);
}

static void walk_code(const struct walk *walk, const struct code *code)
{
    for (int i = 0; i < code->parameter_count; i++)
        walk_node(walk, code->parameters[i].fallback);
    walk_list(walk, &code->body);
    walk_node(walk, code->expression);
}

static void walk_comprehension(const struct walk *walk,
                               const struct node *node)
{
    walk_node(walk, node->comprehension.element);
    walk_node(walk, node->comprehension.value);
    for (int i = 0; i < node->comprehension.clause_count; i++) {
        const struct clause *clause = &node->comprehension.clauses[i];
        walk_node(walk, clause->target);
        walk_node(walk, clause->iterable);
        walk_list(walk, &clause->conditions);
    }
}

static void walk_try(const struct walk *walk, const struct node *node)
{
    walk_list(walk, &node->try.body);
    for (int i = 0; i < node->try.handler_count; i++) {
        walk_node(walk, node->try.handlers[i].type);
        walk_node(walk, node->try.handlers[i].name);
        walk_list(walk, &node->try.handlers[i].body);
    }
    walk_list(walk, &node->try.otherwise);
    walk_list(walk, &node->try.finally);
}

static void walk_match(const struct walk *walk, const struct node *node)
{
    walk_node(walk, node->match.subject);
    for (int i = 0; i < node->match.count; i++) {
        walk_node(walk, node->match.cases[i].pattern);
        walk_node(walk, node->match.cases[i].guard);
        walk_list(walk, &node->match.cases[i].body);
    }
}

static void walk_with(const struct walk *walk, const struct node *node)
{
    for (int i = 0; i < node->with.count; i++) {
        walk_node(walk, node->with.items[i].context);
        walk_node(walk, node->with.items[i].target);
    }
    walk_list(walk, &node->with.body);
}

static void walk_statement(const struct walk *walk, const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_ASSIGN:
        walk_list(walk, &node->assign.targets);
        walk_node(walk, node->assign.value);
        break;
    case NODE_IF:
    case NODE_WHILE:
    case NODE_FOR:
        walk_node(walk, node->loop.test);
        walk_node(walk, node->loop.target);
        walk_list(walk, &node->loop.body);
        walk_list(walk, &node->loop.otherwise);
        break;
    case NODE_CLASS:
        walk_list(walk, &node->class.decorators);
        walk_node(walk, node->class.name);
        walk_list(walk, &node->class.bases);
        walk_list(walk, &node->class.body);
        break;
    case NODE_IMPORT:
    case NODE_FROM_IMPORT:
        for (int i = 0; i < node->import.count && node->import.items; i++)
            walk_node(walk, node->import.items[i].name);
        break;
    case NODE_WITH:
        walk_with(walk, node);
        break;
    case NODE_TRY:
        walk_try(walk, node);
        break;
    case NODE_MATCH:
        walk_match(walk, node);
        break;
    case NODE_PATTERN:
        walk_node(walk, node->pattern.value);
        walk_node(walk, node->pattern.name);
        walk_list(walk, &node->pattern.keys);
        walk_list(walk, &node->pattern.items);
        break;
    default:
        break;
    }
}

static void walk_inside(const struct walk *walk, const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_TUPLE:
    case NODE_LIST:
    case NODE_SET:
    case NODE_AND:
    case NODE_OR:
    case NODE_FSTRING:
        walk_list(walk, &node->items);
        break;
    case NODE_DICT:
        walk_list(walk, &node->dict.keys);
        walk_list(walk, &node->dict.values);
        break;
    case NODE_TRACE:
    case NODE_STAR:
    case NODE_DOUBLE_STAR:
    case NODE_UNARY:
    case NODE_NOT:
    case NODE_EXPRESSION:
    case NODE_RETURN:
    case NODE_DELETE:
    case NODE_YIELD:
    case NODE_YIELD_FROM:
        walk_node(walk, node->operand);
        break;
    case NODE_KEYWORD:
        walk_node(walk, node->keyword.value);
        break;
    case NODE_BINARY:
    case NODE_AUGMENTED:
    case NODE_WALRUS:
    case NODE_RAISE:
    case NODE_ASSERT:
        walk_node(walk, node->binary.left);
        walk_node(walk, node->binary.right);
        break;
    case NODE_COMPARE:
        walk_list(walk, &node->compare.operands);
        break;
    case NODE_CONDITIONAL:
        walk_node(walk, node->conditional.then);
        walk_node(walk, node->conditional.test);
        walk_node(walk, node->conditional.otherwise);
        break;
    case NODE_CALL:
        walk_node(walk, node->call.function);
        walk_list(walk, &node->call.args);
        break;
    case NODE_ATTRIBUTE:
        walk_node(walk, node->attribute.object);
        break;
    case NODE_SUBSCRIPT:
        walk_node(walk, node->subscript.object);
        walk_node(walk, node->subscript.index);
        break;
    case NODE_SLICE:
        walk_node(walk, node->slice.start);
        walk_node(walk, node->slice.stop);
        walk_node(walk, node->slice.step);
        break;
    case NODE_LAMBDA:
    case NODE_DEF:
        walk_list(walk, &node->function.decorators);
        walk_node(walk, node->function.name);
        walk_code(walk, node->function.code);
        break;
    case NODE_COMPREHENSION:
        walk_comprehension(walk, node);
        break;
    case NODE_GENERATOR:
        walk_node(walk, node->generator.iterable);
        walk_code(walk, node->generator.code);
        break;
    case NODE_FORMATTED:
        walk_node(walk, node->formatted.value);
        walk_node(walk, node->formatted.spec);
        break;
    default:
        walk_statement(walk, node);
    }
}

static void walk_node(const struct walk *walk, const struct node *node)
{
    if (node && walk->visit(walk->context, node))
        walk_inside(walk, node);
}

void node_walk(const struct node *node, node_visit *visit, void *context)
{
    struct walk walk = {visit, context};
    walk_node(&walk, node);
}

void program_walk(const struct program *program, node_visit *visit,
                  void *context)
{
    struct walk walk = {visit, context};
    walk_list(&walk, &program->main->body);
}

const struct node *program_last(const struct program *program)
{
    const struct node_list *body = &program->main->body;
    return body->count ? body->items[body->count - 1] : NULL;
}
