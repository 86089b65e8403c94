/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/registry.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strmap.h"
#include "ops/families.h"

/* In the order in which the man page lists them; one a line. */
static const struct op *const families[] = {
    /* clang-format off */
    create_ops,
    range_ops,
    matrix_ops,
    grid_ops,
    inspect_ops,
    shape_ops,
    join_ops,
    rearrange_ops,
    edit_ops,
    pad_ops,
    elementwise_ops,
    numeric_ops,
    reduce_ops,
    reduce_nan_ops,
    statistics_ops,
    product_ops,
    einsum_ops,
    calculus_ops,
    correlation_ops,
    polynomial_ops,
    linalg_ops,
    sort_ops,
    search_ops,
    pick_ops,
    sets_ops,
    bincount_ops,
    histogram_ops,
    compare_ops,
    neural_ops,
    windows_ops,
    random_ops,
    distribution_ops,
    generator_ops,
    generator_distribution_ops,
    /* clang-format on */
};

const struct op *op_at(int index)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        for (const struct op *op = families[i]; op->name; op++)
            if (index-- == 0)
                return op;
    return NULL;
}

/* ---------------------------------------------------------------- by name */

/* A row under one of its names; more rows may have the same. */
struct entry {
    const struct op *op;
    struct entry *next; /* in the order of the rows */
};

static struct strmap by_name;
static pthread_once_t made = PTHREAD_ONCE_INIT;

static void add_name(const char *name, const struct op *op)
{
    struct entry *entry = xcalloc(1, sizeof *entry);
    struct entry *last = strmap_get(&by_name, name);
    entry->op = op;
    while (last && last->next)
        last = last->next;
    if (last)
        last->next = entry;
    else
        strmap_set(&by_name, name, entry);
}

static void add_aliases(const struct op *op)
{
    for (const char *at = op->aliases; at && *at;) {
        size_t length = strcspn(at, " ");
        char *name = xstrndup(at, length);
        add_name(name, op);
        free(name);
        at += length;
        at += strspn(at, " ");
    }
}

static void make_index(void)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        for (const struct op *op = families[i]; op->name; op++) {
            add_name(op->name, op);
            add_aliases(op);
        }
}

__attribute__((destructor)) static void drop_index(void)
{
    const char *name;
    void *first;
    for (size_t i = 0; strmap_next(&by_name, &i, &name, &first);)
        for (struct entry *entry = first, *next; entry; entry = next) {
            next = entry->next;
            free(entry);
        }
    strmap_done(&by_name);
}

const struct op *op_find(const char *module, const char *name, unsigned flags)
{
    pthread_once(&made, make_index);
    for (const struct entry *entry = strmap_get(&by_name, name); entry;
         entry = entry->next)
        if (entry->op->flags & flags &&
            (!module || !strcmp(entry->op->module, module)))
            return entry->op;
    return NULL;
}
