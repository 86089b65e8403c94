/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "autograd/graph.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/interrupt.h"

/* Derivatives of more elements are not kept one by one. */
enum { LOCAL_MOST = 64 };

struct build {
    struct tape *tape;
    size_t last;     /* the target's place on the tape */
    size_t *node_of; /* by place; GRAPH_NONE: not behind the target */
    struct graph *graph;
    struct error *err;
};

#define GRAPH_NONE SIZE_MAX

/* -------------------------------------------------------------- the nodes */

/* Is X an operand that was on the tape before PLACE? */
static bool finds(const struct build *build, const struct tensor *x,
                  size_t place, size_t *ret)
{
    return tape_find(build->tape, x, ret) && *ret < place;
}

/* Marks what the node at PLACE is computed from. */
static void mark_operands(struct build *build, size_t place)
{
    const struct record *record = tape_node_at(build->tape, place)->record;
    struct tensor *x;
    size_t found;
    if (!record)
        return;
    for (int at = 0, k = 0;
         (x = next_operand(record->op, record->args, &at, &k));)
        if (finds(build, x, place, &found))
            build->node_of[found] = 0;
}

static void number_nodes(struct build *build)
{
    for (size_t i = 0; i <= build->last; i++)
        build->node_of[i] = GRAPH_NONE;
    build->node_of[build->last] = 0;
    for (size_t i = build->last + 1; i-- > 0;)
        if (build->node_of[i] != GRAPH_NONE)
            mark_operands(build, i);
    for (size_t i = 0; i <= build->last; i++)
        if (build->node_of[i] != GRAPH_NONE)
            build->node_of[i] = build->graph->count++;
}

static void add_edges(struct build *build, struct graph_node *node,
                      size_t place)
{
    size_t capacity = 0, count = 0, found;
    const struct record *record = node->record;
    struct tensor *x;
    for (int at = 0, k = 0;
         (x = next_operand(record->op, record->args, &at, &k));) {
        bool known = finds(build, x, place, &found);
        struct graph_edge edge = {.tensor = tensor_ref(x),
                                  .operand = (int)count,
                                  .constant = !known,
                                  .node = known ? build->node_of[found] : 0};
        VEC_PUSH(node->edges, count, capacity) = edge;
    }
    node->edge_count = (int)count;
}

static void fill_nodes(struct build *build)
{
    struct graph *graph = build->graph;
    graph->nodes = xcalloc(graph->count, sizeof *graph->nodes);
    for (size_t i = 0; i <= build->last; i++) {
        if (build->node_of[i] == GRAPH_NONE)
            continue;
        const struct tape_node *found = tape_node_at(build->tape, i);
        struct graph_node *node = &graph->nodes[build->node_of[i]];
        node->value = tensor_ref(found->tensor);
        if (!found->record)
            continue;
        node->record = record_ref(found->record);
        add_edges(build, node, i);
    }
}

/* ---------------------------------------------------------- the way back */

static void take_gradient(void *context, const struct tape_visit *visit)
{
    const struct build *build = context;
    size_t node = build->node_of[visit->node];
    if (node != GRAPH_NONE)
        build->graph->nodes[node].gradient = tensor_ref(visit->gradient);
}

/* The derivative of each element: what ones bring. */
static bool find_local(const struct tape_node *node, struct graph_edge *edge,
                       struct error *err)
{
    const struct tensor *value = node->tensor;
    if (value->size != edge->tensor->size || value->size > LOCAL_MOST)
        return true;
    struct tensor *ones = tensor_full(scalar_from_double(1.0), value->dtype,
                                      value->ndim, value->shape, err);
    bool good = ones && tape_pull_back(node, ones, edge->tensor, edge->operand,
                                       &edge->local, err);
    tensor_unref(ones);
    return good;
}

static bool fill_edges(const struct build *build, size_t place)
{
    const struct tape_node *from = tape_node_at(build->tape, place);
    struct graph_node *node = &build->graph->nodes[build->node_of[place]];
    for (int i = 0; i < node->edge_count; i++) {
        struct graph_edge *edge = &node->edges[i];
        if (edge->constant || !node->gradient)
            continue;
        if (!tape_pull_back(from, node->gradient, edge->tensor, edge->operand,
                            &edge->part, build->err) ||
            !find_local(from, edge, build->err))
            return false;
        build->graph->nodes[edge->node].uses += edge->part != NULL;
    }
    return interrupt_check(build->err);
}

static bool walk_back(struct build *build, struct tensor *target)
{
    if (!tape_gradient_seen(build->tape, target, take_gradient, build,
                            build->err))
        return false;
    for (size_t i = 0; i <= build->last; i++)
        if (build->node_of[i] != GRAPH_NONE && !fill_edges(build, i))
            return false;
    return true;
}

struct graph *graph_new(struct tape *tape, struct tensor *target,
                        struct error *err)
{
    struct build build = {.tape = tape, .err = err};
    if (!tape_find(tape, target, &build.last))
        return error_null(err, ERROR_VALUE,
                          "the result does not depend on what is watched");
    build.graph = xcalloc(1, sizeof *build.graph);
    build.node_of = xcalloc(build.last + 1, sizeof *build.node_of);
    number_nodes(&build);
    fill_nodes(&build);
    bool good = walk_back(&build, target);
    free(build.node_of);
    if (good)
        return build.graph;
    graph_free(build.graph);
    return NULL;
}

static void node_done(struct graph_node *node)
{
    for (int i = 0; i < node->edge_count; i++) {
        tensor_unref(node->edges[i].tensor);
        free(node->edges[i].name);
        tensor_unref(node->edges[i].local);
        tensor_unref(node->edges[i].part);
    }
    free(node->edges);
    free(node->name);
    tensor_unref(node->value);
    tensor_unref(node->gradient);
    record_unref(node->record);
}

void graph_free(struct graph *graph)
{
    if (!graph)
        return;
    for (size_t i = 0; i < graph->count; i++)
        node_done(&graph->nodes[i]);
    free(graph->nodes);
    free(graph);
}

/* ------------------------------------------------------------------- names */

static void name_constants(struct graph_node *node, const struct tensor *tensor,
                           const char *name)
{
    for (int i = 0; i < node->edge_count; i++) {
        struct graph_edge *edge = &node->edges[i];
        if (edge->constant && edge->tensor == tensor && !edge->name)
            edge->name = xstrdup(name);
    }
}

void graph_name(struct graph *graph, const struct tensor *tensor,
                const char *name)
{
    for (size_t i = 0; i < graph->count; i++) {
        struct graph_node *node = &graph->nodes[i];
        if (node->value == tensor && !node->name)
            node->name = xstrdup(name);
        name_constants(node, tensor, name);
    }
}

static bool is_numbered(const char *name, char letter)
{
    return name && name[0] == letter && isdigit((unsigned char)name[1]);
}

/* Does a name look like LETTER and a number? */
static bool is_taken(const struct graph *graph, char letter)
{
    for (size_t i = 0; i < graph->count; i++) {
        const struct graph_node *node = &graph->nodes[i];
        if (is_numbered(node->name, letter))
            return true;
        for (int k = 0; k < node->edge_count; k++)
            if (is_numbered(node->edges[k].name, letter))
                return true;
    }
    return false;
}

static char free_letter(const struct graph *graph, const char *letters)
{
    while (letters[1] && is_taken(graph, *letters))
        letters++;
    return *letters;
}

static void number_constants(struct graph *graph)
{
    char letter = free_letter(graph, "ckr"), name[16];
    int number = 0;
    for (size_t i = 0; i < graph->count; i++)
        for (int k = 0; k < graph->nodes[i].edge_count; k++) {
            const struct graph_edge *edge = &graph->nodes[i].edges[k];
            if (!edge->constant || edge->name || edge->tensor->ndim == 0)
                continue;
            snprintf(name, sizeof name, "%c%d", letter, ++number);
            graph_name(graph, edge->tensor, name);
        }
}

void graph_name_steps(struct graph *graph)
{
    char letter = free_letter(graph, "avstuz");
    int number = 0;
    number_constants(graph);
    for (size_t i = 0; i < graph->count; i++)
        if (!graph->nodes[i].name)
            graph->nodes[i].name = xasprintf("%c%d", letter, ++number);
}
