/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/registry.h"

#include <string.h>

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
    histogram_ops,
    compare_ops,
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

/* Is NAME one of the words of LIST? */
static bool has_word(const char *list, const char *name)
{
    size_t length = strlen(name);

    while (list && *list) {
        size_t word = strcspn(list, " ");
        if (word == length && !strncmp(list, name, length))
            return true;
        list += word;
        list += strspn(list, " ");
    }
    return false;
}

const struct op *op_find(const char *module, const char *name, unsigned flags)
{
    const struct op *op;

    for (int i = 0; (op = op_at(i)); i++)
        if (op->flags & flags && (!module || !strcmp(op->module, module)) &&
            (!strcmp(op->name, name) || has_word(op->aliases, name)))
            return op;
    return NULL;
}
