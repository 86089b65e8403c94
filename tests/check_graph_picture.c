/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Computation graphs as pictures: where the boxes and edges are, for graphs of
 * known shapes and random ones, and the scene that shows them.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "scene/graph_layout.h"
#include "scene/graph_scene.h"
#include "tensor/random.h"

static struct graph_layout layout;

/* NODES boxes of different sizes, joined by PAIRS. */
static void make_layout(int nodes, int edges, const int (*pairs)[2])
{
    layout = (struct graph_layout){
        .node_count = nodes,
        .edge_count = edges,
        .nodes = xcalloc((size_t)nodes, sizeof *layout.nodes),
        .edges = xcalloc((size_t)edges + 1, sizeof *layout.edges),
        .gap_x = 50.0,
        .gap_y = 20.0};
    for (int i = 0; i < nodes; i++) {
        layout.nodes[i].width = 60.0 + i * 37 % 100;
        layout.nodes[i].height = 40.0 + i * 11 % 30;
    }
    for (int i = 0; i < edges; i++)
        layout.edges[i] =
            (struct layout_edge){.from = pairs[i][0], .to = pairs[i][1]};
    graph_layout_place(&layout);
}

static bool overlap(const struct layout_node *a, const struct layout_node *b)
{
    return fabs(a->x - b->x) < (a->width + b->width) / 2.0 &&
           fabs(a->y - b->y) < (a->height + b->height) / 2.0 - 1e-6;
}

/* Is (X, Y) inside NODE? */
static bool covers(const struct layout_node *node, double x, double y)
{
    return fabs(x - node->x) < node->width / 2.0 - 1e-6 &&
           fabs(y - node->y) < node->height / 2.0 - 1e-6;
}

static void expect_edge(const struct layout_edge *edge)
{
    const struct layout_node *from = &layout.nodes[edge->from];
    const struct layout_node *to = &layout.nodes[edge->to];
    struct layout_point first = edge->points[0];
    struct layout_point last = edge->points[edge->point_count - 1];
    ck_assert_int_gt(to->layer, from->layer);
    ck_assert_int_eq(edge->point_count, to->layer - from->layer + 1);
    ck_assert_double_eq_tol(first.x, from->x + from->width / 2.0, 1e-9);
    ck_assert_double_eq_tol(first.y, from->y, 1e-9);
    ck_assert_double_eq_tol(last.x, to->x - to->width / 2.0, 1e-9);
    ck_assert_double_eq_tol(last.y, to->y, 1e-9);
    for (int i = 1; i < edge->point_count; i++) {
        ck_assert_double_gt(edge->points[i].x, edge->points[i - 1].x);
        for (int k = 0; k < layout.node_count; k++)
            ck_assert(!covers(&layout.nodes[k], edge->points[i].x,
                              edge->points[i].y));
    }
}

/* What every layout must be. */
static void expect_good(void)
{
    for (int i = 0; i < layout.node_count; i++) {
        const struct layout_node *node = &layout.nodes[i];
        ck_assert_double_ge(node->x - node->width / 2.0, -1e-6);
        ck_assert_double_ge(node->y - node->height / 2.0, -1e-6);
        ck_assert_double_le(node->x + node->width / 2.0, layout.width + 1e-6);
        ck_assert_double_le(node->y + node->height / 2.0, layout.height + 1e-6);
        for (int k = 0; k < i; k++)
            ck_assert_msg(!overlap(node, &layout.nodes[k]),
                          "boxes %d and %d overlap", k, i);
    }
    for (int i = 0; i < layout.edge_count; i++)
        expect_edge(&layout.edges[i]);
}

/* (w x + b - y)**2: w, x, b, y, product, sum, difference, square. */
START_TEST(test_expression)
{
    static const int pairs[][2] = {{0, 4}, {1, 4}, {4, 5}, {2, 5},
                                   {5, 6}, {3, 6}, {6, 7}};
    static const int layers[] = {0, 0, 1, 2, 1, 2, 3, 4};
    make_layout(8, 7, pairs);
    expect_good();
    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(layout.nodes[i].layer, layers[i]);
    graph_layout_done(&layout);
}
END_TEST

/* A chain is a straight line. */
START_TEST(test_chain)
{
    static const int pairs[][2] = {{0, 1}, {1, 2}, {2, 3}};
    make_layout(4, 3, pairs);
    expect_good();
    for (int i = 1; i < 4; i++)
        ck_assert_double_eq_tol(layout.nodes[i].y, layout.nodes[0].y, 1e-6);
    graph_layout_done(&layout);
}
END_TEST

/* Two operands each for two results, given crosswise, need not cross. */
START_TEST(test_no_crossing)
{
    static const int pairs[][2] = {{0, 5}, {1, 4}, {2, 5},
                                   {3, 4}, {4, 6}, {5, 6}};
    make_layout(7, 6, pairs);
    expect_good();
    bool below = layout.nodes[5].y > layout.nodes[4].y;
    ck_assert(below == (layout.nodes[0].y > layout.nodes[1].y));
    ck_assert(below == (layout.nodes[2].y > layout.nodes[3].y));
    ck_assert(below == (layout.nodes[0].y > layout.nodes[3].y));
    graph_layout_done(&layout);
}
END_TEST

/* An edge past other layers has a way of its own, and labels their room. */
START_TEST(test_long_edge)
{
    static const int pairs[][2] = {{0, 1}, {1, 2}, {2, 3}, {0, 3}};
    make_layout(4, 4, pairs);
    expect_good();
    ck_assert_int_eq(layout.edges[3].point_count, 4);
    double apart = layout.nodes[1].x - layout.nodes[1].width / 2.0 -
                   (layout.nodes[0].x + layout.nodes[0].width / 2.0);
    ck_assert_double_eq_tol(apart, 50.0, 1e-9);
    for (int i = 0; i < 4; i++)
        free(layout.edges[i].points);
    layout.edges[3].room = 90.0;
    graph_layout_place(&layout);
    apart = layout.nodes[1].x - layout.nodes[1].width / 2.0 -
            (layout.nodes[0].x + layout.nodes[0].width / 2.0);
    ck_assert_double_eq_tol(apart, 90.0, 1e-9);
    graph_layout_done(&layout);
}
END_TEST

START_TEST(test_random_graphs)
{
    struct rng rng;
    int pairs[120][2];
    rng_seed(&rng, (uint32_t)_i);
    int nodes = 2 + (int)rng_interval(&rng, 48), edges = 0;
    for (int to = 1; to < nodes; to++)
        for (uint64_t k = 0; k < 1 + rng_interval(&rng, 1); k++) {
            pairs[edges][0] = (int)rng_interval(&rng, (uint64_t)to - 1);
            pairs[edges++][1] = to;
        }
    make_layout(nodes, edges, pairs);
    expect_good();
    graph_layout_done(&layout);
}
END_TEST

/* ------------------------------------------------------------------- scene */

static struct scene *make_scene(int boxes, bool is_window)
{
    struct graph_drawing drawing = {
        .box_count = boxes,
        .link_count = boxes - 1,
        .boxes = xcalloc((size_t)boxes, sizeof *drawing.boxes),
        .links = xcalloc((size_t)boxes, sizeof *drawing.links)};
    for (int i = 0; i < boxes; i++) {
        drawing.boxes[i] = (struct graph_box){
            xasprintf("a%d", i), xstrdup("1.0"), xstrdup("2.0"), i == 0};
        if (i > 0)
            drawing.links[i - 1] =
                (struct graph_link){i - 1, i, xstrdup("3"), false};
    }
    return graph_scene_new(drawing, "backprop", is_window);
}

/* Pixels that are not white between the legend and the keys. */
static int count_ink(struct scene *scene, int width, int height)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *canvas = cairo_create(surface);
    int count = 0;
    scene->class->paint(scene, canvas, width, height);
    ck_assert_int_eq(cairo_status(canvas), CAIRO_STATUS_SUCCESS);
    cairo_surface_flush(surface);
    const uint8_t *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 32; y < height - 28; y++) {
        const uint32_t *row =
            (const uint32_t *)(const void *)(data + y * stride);
        for (int x = 0; x < width; x++)
            count += (row[x] & 0xffffff) != 0xffffff;
    }
    cairo_destroy(canvas);
    cairo_surface_destroy(surface);
    return count;
}

static bool send(struct scene *scene, struct scene_event event)
{
    return scene->class->handle(scene, &event, 600.0, 300.0);
}

START_TEST(test_scene)
{
    struct scene *scene = make_scene(3, true);
    int whole = count_ink(scene, 600, 300);
    ck_assert_int_gt(whole, 100);
    /* zooming in at the middle fills more of the row, out again less */
    ck_assert(send(
        scene, (struct scene_event){
                   .kind = SCENE_WHEEL, .wheel = 2.0, .x = 300.0, .y = 150.0}));
    ck_assert_int_gt(count_ink(scene, 600, 300), whole);
    ck_assert(send(scene, (struct scene_event){.kind = SCENE_KEY, .key = '0'}));
    ck_assert_int_eq(count_ink(scene, 600, 300), whole);
    ck_assert(send(scene, (struct scene_event){.kind = SCENE_KEY, .key = '-'}));
    ck_assert_int_lt(count_ink(scene, 600, 300), whole);
    /* dragged out of sight */
    send(scene, (struct scene_event){.kind = SCENE_PRESS, .button = 1});
    ck_assert(send(scene, (struct scene_event){
                              .kind = SCENE_MOVE, .button = 1, .y = 5000.0}));
    ck_assert_int_eq(count_ink(scene, 600, 300), 0);
    send(scene, (struct scene_event){.kind = SCENE_RELEASE, .button = 1});
    ck_assert(!send(scene, (struct scene_event){.kind = SCENE_MOVE}));
    ck_assert(
        !send(scene, (struct scene_event){.kind = SCENE_KEY, .key = 'x'}));
    scene_free(scene);
}
END_TEST

/* A wide graph is legible first, its result in sight; 0 shows all of it. */
START_TEST(test_wide)
{
    struct scene *scene = make_scene(30, true);
    int legible = count_ink(scene, 600, 300);
    ck_assert_int_gt(legible, 0);
    ck_assert(send(scene, (struct scene_event){.kind = SCENE_KEY, .key = '0'}));
    int all = count_ink(scene, 600, 300);
    ck_assert_int_lt(all, legible);
    ck_assert(send(scene, (struct scene_event){.kind = SCENE_KEY, .key = '0'}));
    ck_assert_int_eq(count_ink(scene, 600, 300), legible);
    /* to the left of it is the rest, to its right nothing */
    for (int i = 0; i < 20; i++)
        send(scene,
             (struct scene_event){.kind = SCENE_KEY, .key = SCENE_KEY_RIGHT});
    ck_assert_int_eq(count_ink(scene, 600, 300), 0);
    scene_free(scene);
    scene = make_scene(30, false);
    ck_assert_double_gt(scene->width, 2400.0);
    scene_free(scene);
}
END_TEST

/* A graph of any size has a window of a sensible one. */
START_TEST(test_sizes)
{
    static const int sizes[] = {1, 2, 30, 200};
    for (int i = 0; i < 4; i++) {
        struct scene *scene = make_scene(sizes[i], true);
        ck_assert_double_ge(scene->width, 400.0);
        ck_assert_double_le(scene->width, 1200.0);
        ck_assert_double_le(scene->height, 720.0);
        ck_assert_int_gt(
            count_ink(scene, (int)scene->width, (int)scene->height), 0);
        count_ink(scene, 1, 1);
        scene_free(scene);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("graph picture");
    TCase *tcase = tcase_create("layout");
    tcase_add_test(tcase, test_expression);
    tcase_add_test(tcase, test_chain);
    tcase_add_test(tcase, test_no_crossing);
    tcase_add_test(tcase, test_long_edge);
    tcase_add_loop_test(tcase, test_random_graphs, 0, 60);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("scene");
    tcase_add_test(tcase, test_scene);
    tcase_add_test(tcase, test_wide);
    tcase_add_test(tcase, test_sizes);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
