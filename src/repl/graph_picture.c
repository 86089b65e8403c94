/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/graph_picture.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "ops/formula.h"
#include "repl/graph_text.h"
#include "repl/short_text.h"
#include "repl/text_layout.h"
#include "scene/graph_scene.h"

/* Of more boxes nobody sees anything. */
enum { BOXES_MOST = 200 };

/* Characters of a text in a box, and at an edge. */
enum { BOX_COLUMNS = 34, ELEMENT_COLUMNS = 26, LINK_COLUMNS = 26 };

/* TEXT, which is freed, in so many columns. */
static char *cut(char *text, size_t columns)
{
    struct strbuf sb = STRBUF_INIT;
    text_cut(&sb, text, columns);
    free(text);
    return strbuf_steal(&sb);
}

/* Elements alone where they say all: a box has little room. */
static char *tensor_text(struct tensor *tensor)
{
    struct strbuf sb = STRBUF_INIT;
    if (!short_elements(&sb, tensor, ELEMENT_COLUMNS))
        short_tensor(&sb, tensor, 0);
    return cut(strbuf_steal(&sb), BOX_COLUMNS);
}

/* ------------------------------------------------------------------- boxes */

/* "a1 = w * x" */
static char *title_of(const struct graph *graph, const struct graph_node *node)
{
    if (!node->record)
        return xstrdup(node->name);
    char **operands = graph_text_operands(graph, node);
    struct formula_names names = {(const char *const *)operands, node->name};
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "%s = ", node->name);
    formula_of_step(node->record, &names, &sb);
    graph_text_operands_free(operands);
    return cut(strbuf_steal(&sb), BOX_COLUMNS);
}

static void fill_box(const struct graph *graph, size_t index,
                     struct graph_box *box)
{
    const struct graph_node *node = &graph->nodes[index];
    box->is_variable = node->record == NULL;
    box->title = title_of(graph, node);
    box->value = tensor_text(node->value);
    if (index + 1 == graph->count)
        box->gradient = xstrdup("1");
    else if (node->gradient)
        box->gradient = tensor_text(node->gradient);
}

/* ------------------------------------------------------------------- links */

/* "2 * a1", and below "= 4.0"; with whole arrays the gradient's formula, "X.T @
   G"; NULL where there is none. */
static char *local_of(const struct graph *graph, const struct graph_node *node,
                      const struct graph_edge *edge)
{
    char **operands = graph_text_operands(graph, node);
    struct formula_names names = {(const char *const *)operands, node->name};
    struct strbuf sb = STRBUF_INIT;
    enum formula_kind kind =
        formula_of_derivative(node->record, &names, edge->operand, &sb);
    graph_text_operands_free(operands);
    if (!edge->part || kind == FORMULA_WORDS || kind == FORMULA_UNKNOWN) {
        strbuf_done(&sb);
        return edge->part ? NULL : xstrdup("0");
    }
    bool has_number = kind == FORMULA_LOCAL && edge->local &&
                      edge->local->ndim == 0 && !graph_text_is_number(sb.text);
    char *formula = cut(strbuf_steal(&sb), LINK_COLUMNS);
    if (!has_number)
        return formula;
    strbuf_addf(&sb, "%s\n= ", formula);
    short_tensor(&sb, edge->local, LINK_COLUMNS);
    free(formula);
    return strbuf_steal(&sb);
}

/* The link that was made from the same box to the same; NULL: there is none. */
static struct graph_link *find_link(struct graph_drawing *drawing, int from,
                                    int to)
{
    for (int i = drawing->link_count; i-- > 0;)
        if (drawing->links[i].from == from && drawing->links[i].to == to)
            return &drawing->links[i];
    return NULL;
}

/* An operand that a step uses twice has one link, with both derivatives. */
static void add_link(struct graph_drawing *drawing, int from, int to,
                     char *local, bool plain)
{
    struct graph_link *link = find_link(drawing, from, to);
    if (!link) {
        drawing->links[drawing->link_count++] =
            (struct graph_link){from, to, local, plain};
        return;
    }
    if (local && link->local) {
        char *both = xasprintf("%s\n%s", link->local, local);
        free(link->local);
        link->local = both;
    } else if (local) {
        link->local = xstrdup(local);
    }
    link->is_plain = link->is_plain && plain;
    free(local);
}

static void fill_links(const struct graph *graph, size_t index,
                       struct graph_drawing *drawing)
{
    const struct graph_node *node = &graph->nodes[index];
    for (int i = 0; i < node->edge_count; i++) {
        const struct graph_edge *edge = &node->edges[i];
        if (!edge->constant)
            add_link(drawing, (int)edge->node, (int)index,
                     local_of(graph, node, edge), edge->part == NULL);
    }
}

struct scene *graph_picture(const struct graph *graph, bool is_window,
                            struct error *err)
{
    if (graph->count > BOXES_MOST)
        return error_null(err, ERROR_VALUE,
                          _("a graph of %zu steps is too large for a picture: "
                            "%d at most"),
                          graph->count, BOXES_MOST);
    size_t edges = 0;
    for (size_t i = 0; i < graph->count; i++)
        edges += (size_t)graph->nodes[i].edge_count;
    struct graph_drawing drawing = {
        .box_count = (int)graph->count,
        .boxes = xcalloc(graph->count, sizeof *drawing.boxes),
        .links = xcalloc(edges + 1, sizeof *drawing.links)};
    for (size_t i = 0; i < graph->count; i++) {
        fill_box(graph, i, &drawing.boxes[i]);
        fill_links(graph, i, &drawing);
    }
    return graph_scene_new(drawing, _("backprop"), is_window);
}
