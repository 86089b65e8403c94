/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Layers as Sugiyama, Tagawa and Toda describe them (IEEE Transactions on
 * Systems, Man and Cybernetics 11, 1981): layers by the longest way, an empty
 * spot in every layer that an edge passes, the order within a layer by the
 * mean place of the neighbours, sweeping to and fro.  Heights follow from the
 * neighbours', too, kept apart by pooling what would overlap.
 */
#include "scene/graph_layout.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/alloc.h"

/* Sweeps to and fro. */
enum { ORDER_SWEEPS = 12, PLACE_SWEEPS = 16 };

/* A node, or where an edge passes a layer. */
struct spot {
    double height;
    int layer, place; /* place: its number from above */
    double y;
    double weight;       /* its mean while sorting */
    int *before, *after; /* neighbours in the layers beside; owned */
    int before_count, after_count;
    size_t before_room, after_room;
};

struct grid {
    struct spot *spots; /* nodes first */
    int spot_count;
    size_t spot_room;
    int layer_count;
    int **layers; /* spots of each, from above; owned */
    int *sizes;
    double gap;
};

/* ------------------------------------------------------------------ layers */

/* What leads nowhere from is put beside what it leads to first. */
static void pull_sources(struct graph_layout *layout)
{
    for (int i = 0; i < layout->node_count; i++) {
        int nearest = -1;
        bool source = true;
        for (int k = 0; k < layout->edge_count; k++) {
            const struct layout_edge *edge = &layout->edges[k];
            source = source && edge->to != i;
            int layer = layout->nodes[edge->to].layer;
            if (edge->from == i && (nearest < 0 || layer < nearest))
                nearest = layer;
        }
        if (source && nearest > 0)
            layout->nodes[i].layer = nearest - 1;
    }
}

static void find_layers(struct graph_layout *layout)
{
    for (int i = 0; i < layout->node_count; i++) {
        layout->nodes[i].layer = 0;
        for (int k = 0; k < layout->edge_count; k++) {
            const struct layout_edge *edge = &layout->edges[k];
            int layer = layout->nodes[edge->from].layer + 1;
            if (edge->to == i && layout->nodes[i].layer < layer)
                layout->nodes[i].layer = layer;
        }
    }
    pull_sources(layout);
}

/* ------------------------------------------------------------------- spots */

static int add_spot(struct grid *grid, int layer, double height)
{
    struct spot spot = {.layer = layer, .height = height};
    VEC_PUSH(grid->spots, grid->spot_count, grid->spot_room) = spot;
    return grid->spot_count - 1;
}

static void join_spots(struct grid *grid, int left, int right)
{
    struct spot *a = &grid->spots[left], *b = &grid->spots[right];
    VEC_PUSH(a->after, a->after_count, a->after_room) = right;
    VEC_PUSH(b->before, b->before_count, b->before_room) = left;
}

/* The spots of EDGE, from the first: their numbers go into its points' x for
   the time being. */
static void add_edge_spots(struct grid *grid, const struct graph_layout *layout,
                           struct layout_edge *edge)
{
    int from = layout->nodes[edge->from].layer;
    int to = layout->nodes[edge->to].layer, left = edge->from;
    edge->point_count = to - from + 1;
    edge->points = xcalloc((size_t)edge->point_count, sizeof *edge->points);
    edge->points[0].x = left;
    for (int layer = from + 1; layer <= to; layer++) {
        int right =
            layer < to ? add_spot(grid, layer, layout->gap_y) : edge->to;
        join_spots(grid, left, right);
        edge->points[layer - from].x = right;
        left = right;
    }
}

static void fill_layers(struct grid *grid)
{
    for (int i = 0; i < grid->spot_count; i++)
        if (grid->spots[i].layer >= grid->layer_count)
            grid->layer_count = grid->spots[i].layer + 1;
    grid->sizes = xcalloc((size_t)grid->layer_count, sizeof *grid->sizes);
    grid->layers = xcalloc((size_t)grid->layer_count, sizeof *grid->layers);
    for (int i = 0; i < grid->layer_count; i++)
        grid->layers[i] =
            xcalloc((size_t)grid->spot_count, sizeof **grid->layers);
    for (int i = 0; i < grid->spot_count; i++) {
        struct spot *spot = &grid->spots[i];
        spot->place = grid->sizes[spot->layer]++;
        grid->layers[spot->layer][spot->place] = i;
    }
}

static void grid_init(struct grid *grid, struct graph_layout *layout)
{
    *grid = (struct grid){.gap = layout->gap_y};
    for (int i = 0; i < layout->node_count; i++)
        add_spot(grid, layout->nodes[i].layer, layout->nodes[i].height);
    for (int i = 0; i < layout->edge_count; i++)
        add_edge_spots(grid, layout, &layout->edges[i]);
    fill_layers(grid);
}

static void grid_done(struct grid *grid)
{
    for (int i = 0; i < grid->spot_count; i++) {
        free(grid->spots[i].before);
        free(grid->spots[i].after);
    }
    for (int i = 0; i < grid->layer_count; i++)
        free(grid->layers[i]);
    free(grid->layers);
    free(grid->sizes);
    free(grid->spots);
}

/* ------------------------------------------------------------------- order */

/* Neighbours on the side that a sweep comes from. */
static int neighbours(const struct spot *spot, bool rightwards, const int **ret)
{
    *ret = rightwards ? spot->before : spot->after;
    return rightwards ? spot->before_count : spot->after_count;
}

static void weigh_by_place(struct grid *grid, struct spot *spot,
                           bool rightwards)
{
    const int *beside;
    int count = neighbours(spot, rightwards, &beside);
    double sum = 0.0;
    for (int i = 0; i < count; i++)
        sum += grid->spots[beside[i]].place;
    spot->weight = count ? sum / count : spot->place;
}

/* By weight; equal ones keep their order. */
static void sort_layer(struct grid *grid, int layer)
{
    int *spots = grid->layers[layer];
    for (int i = 1; i < grid->sizes[layer]; i++) {
        int moved = spots[i], at = i;
        double weight = grid->spots[moved].weight;
        for (; at > 0 && grid->spots[spots[at - 1]].weight > weight; at--)
            spots[at] = spots[at - 1];
        spots[at] = moved;
    }
    for (int i = 0; i < grid->sizes[layer]; i++)
        grid->spots[spots[i]].place = i;
}

/* Between LAYER and the next. */
static long crossings_after(const struct grid *grid, int layer)
{
    long crossings = 0;
    for (int i = 0; i < grid->sizes[layer]; i++) {
        const struct spot *a = &grid->spots[grid->layers[layer][i]];
        for (int j = 0; j < i; j++) {
            const struct spot *b = &grid->spots[grid->layers[layer][j]];
            for (int k = 0; k < a->after_count; k++)
                for (int l = 0; l < b->after_count; l++)
                    crossings += grid->spots[a->after[k]].place <
                                 grid->spots[b->after[l]].place;
        }
    }
    return crossings;
}

static long count_crossings(const struct grid *grid)
{
    long crossings = 0;
    for (int i = 0; i + 1 < grid->layer_count; i++)
        crossings += crossings_after(grid, i);
    return crossings;
}

static void sweep_order(struct grid *grid, bool rightwards)
{
    for (int i = 0; i < grid->layer_count; i++) {
        int layer = rightwards ? i : grid->layer_count - 1 - i;
        for (int k = 0; k < grid->sizes[layer]; k++)
            weigh_by_place(grid, &grid->spots[grid->layers[layer][k]],
                           rightwards);
        sort_layer(grid, layer);
    }
}

/* The order with the fewest crossings that the sweeps come by. */
static void find_order(struct grid *grid)
{
    int *best = xcalloc((size_t)grid->spot_count, sizeof *best);
    long fewest = -1;
    for (int sweep = 0; sweep <= ORDER_SWEEPS && fewest != 0; sweep++) {
        if (sweep > 0)
            sweep_order(grid, sweep % 2 == 0);
        long crossings = count_crossings(grid);
        if (fewest >= 0 && crossings >= fewest)
            continue;
        fewest = crossings;
        for (int i = 0; i < grid->spot_count; i++)
            best[i] = grid->spots[i].place;
    }
    for (int i = 0; i < grid->spot_count; i++) {
        struct spot *spot = &grid->spots[i];
        spot->place = best[i];
        grid->layers[spot->layer][best[i]] = i;
    }
    free(best);
}

/* ----------------------------------------------------------------- heights */

/* Spots that touch each other and move as one. */
struct pool {
    double sum; /* of what they wish, less their distance from the first */
    int count;
};

/* From the centre of the spot above to that of this one, at least. */
static double distance(const struct grid *grid, int layer, int place)
{
    const struct spot *above = &grid->spots[grid->layers[layer][place - 1]];
    const struct spot *below = &grid->spots[grid->layers[layer][place]];
    return (above->height + below->height) / 2.0 + grid->gap;
}

/* Every spot as near to its weight as those beside it allow: the least sum of
   squares, by pooling neighbours that are in each other's way. */
static void settle_layer(struct grid *grid, int layer, struct pool *pools)
{
    int count = 0, size = grid->sizes[layer];
    double offset = 0.0;
    for (int i = 0; i < size; i++) {
        offset += i > 0 ? distance(grid, layer, i) : 0.0;
        const struct spot *spot = &grid->spots[grid->layers[layer][i]];
        pools[count++] = (struct pool){spot->weight - offset, 1};
        while (count > 1 && pools[count - 2].sum / pools[count - 2].count >
                                pools[count - 1].sum / pools[count - 1].count) {
            pools[count - 2].sum += pools[count - 1].sum;
            pools[count - 2].count += pools[count - 1].count;
            count--;
        }
    }
    offset = 0.0;
    for (int i = 0, pool = 0, left = pools[0].count; i < size; i++, left--) {
        if (left == 0)
            left = pools[++pool].count;
        offset += i > 0 ? distance(grid, layer, i) : 0.0;
        grid->spots[grid->layers[layer][i]].y =
            pools[pool].sum / pools[pool].count + offset;
    }
}

static void weigh_by_height(struct grid *grid, struct spot *spot,
                            bool rightwards)
{
    const int *beside;
    int count = neighbours(spot, rightwards, &beside);
    double sum = 0.0;
    for (int i = 0; i < count; i++)
        sum += grid->spots[beside[i]].y;
    spot->weight = count ? sum / count : spot->y;
}

static void find_heights(struct grid *grid)
{
    struct pool *pools = xcalloc((size_t)grid->spot_count, sizeof *pools);
    for (int sweep = 0; sweep <= PLACE_SWEEPS; sweep++)
        for (int i = 0; i < grid->layer_count; i++) {
            bool rightwards = sweep % 2 == 0;
            int layer = rightwards ? i : grid->layer_count - 1 - i;
            for (int k = 0; k < grid->sizes[layer]; k++)
                weigh_by_height(grid, &grid->spots[grid->layers[layer][k]],
                                rightwards);
            settle_layer(grid, layer, pools);
        }
    free(pools);
}

/* ----------------------------------------------------------------- results */

static double wider(double a, double b)
{
    return a > b ? a : b;
}

/* Where the layers are, by their widest boxes and what edges need beside. */
static void set_columns(struct graph_layout *layout, const struct grid *grid,
                        double *columns)
{
    layout->width = 0.0;
    for (int layer = 0; layer < grid->layer_count; layer++) {
        double widest = 0.0, gap = layer > 0 ? layout->gap_x : 0.0;
        for (int i = 0; i < layout->node_count; i++)
            if (layout->nodes[i].layer == layer)
                widest = wider(widest, layout->nodes[i].width);
        for (int i = 0; i < layout->edge_count; i++)
            if (layout->nodes[layout->edges[i].from].layer == layer - 1)
                gap = wider(gap, layout->edges[i].room);
        columns[layer] = layout->width + gap + widest / 2.0;
        layout->width += gap + widest;
    }
}

/* From (0, 0) on. */
static void set_rows(struct graph_layout *layout, struct grid *grid)
{
    double top = 0.0, bottom = 0.0;
    for (int i = 0; i < grid->spot_count; i++) {
        const struct spot *spot = &grid->spots[i];
        double low = spot->y - spot->height / 2.0;
        double high = spot->y + spot->height / 2.0;
        top = i == 0 || low < top ? low : top;
        bottom = i == 0 || high > bottom ? high : bottom;
    }
    for (int i = 0; i < grid->spot_count; i++)
        grid->spots[i].y -= top;
    layout->height = bottom - top;
}

static void set_edge(const struct graph_layout *layout, const struct grid *grid,
                     const double *columns, struct layout_edge *edge)
{
    for (int i = 0; i < edge->point_count; i++) {
        const struct spot *spot = &grid->spots[(int)edge->points[i].x];
        edge->points[i] = (struct layout_point){columns[spot->layer], spot->y};
    }
    const struct layout_node *from = &layout->nodes[edge->from];
    const struct layout_node *to = &layout->nodes[edge->to];
    edge->points[0].x += from->width / 2.0;
    edge->points[edge->point_count - 1].x -= to->width / 2.0;
}

void graph_layout_place(struct graph_layout *layout)
{
    struct grid grid;
    find_layers(layout);
    grid_init(&grid, layout);
    find_order(&grid);
    find_heights(&grid);
    double *columns = xcalloc((size_t)grid.layer_count + 1, sizeof *columns);
    set_columns(layout, &grid, columns);
    set_rows(layout, &grid);
    for (int i = 0; i < layout->node_count; i++) {
        layout->nodes[i].x = columns[layout->nodes[i].layer];
        layout->nodes[i].y = grid.spots[i].y;
    }
    for (int i = 0; i < layout->edge_count; i++)
        set_edge(layout, &grid, columns, &layout->edges[i]);
    free(columns);
    grid_done(&grid);
}

void graph_layout_done(struct graph_layout *layout)
{
    for (int i = 0; i < layout->edge_count; i++)
        free(layout->edges[i].points);
    free(layout->edges);
    free(layout->nodes);
    *layout = (struct graph_layout){0};
}
