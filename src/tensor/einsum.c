/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The operands are contracted two at a time, first the pair whose result is
 * smallest beside its operands.  A contraction is a matrix product of what the
 * axes are moved and merged into, so that BLAS does the work; without sums it
 * is an elementwise product.
 */
#include "tensor/einsum.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tensor/product.h"
#include "tensor/reduce.h"
#include "tensor/steps.h"

/* Labels in the order of ASCII: A-Z, a-z; then the axes of "...", the last
   one of which is LABELS - 1. */
enum { LETTERS = 52, LABELS = LETTERS + TENSOR_MAX_DIMS };

/* An array and the label of each axis. */
struct term {
    struct tensor *tensor;
    int labels[TENSOR_MAX_DIMS];
};

struct einsum {
    struct steps steps;
    int count;
    struct term *terms;
    int ndim; /* of the result */
    int output[TENSOR_MAX_DIMS];
    int64_t length[LABELS]; /* of the axis of each label */
    int ellipsis;           /* axes that "..." stands for, at most */
};

static int letter_label(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    return c >= 'a' && c <= 'z' ? c - 'a' + 26 : -1;
}

static char label_letter(int label)
{
    return (char)(label < 26 ? 'A' + label : 'a' + label - 26);
}

static int find_label(const int *labels, int count, int label)
{
    for (int i = 0; i < count; i++)
        if (labels[i] == label)
            return i;
    return -1;
}

/* --------------------------------------------------------------- parsing */

/* One operand's letters as written: labels, and where "..." stands. */
struct subscripts {
    int count, dots; /* dots -1: there is none */
    int labels[TENSOR_MAX_DIMS];
};

/* WHERE: "operand 0" or "the output", for the error. */
static bool parse_subscripts(const char *text, const char *end,
                             const char *where, struct subscripts *ret,
                             struct error *err)
{
    *ret = (struct subscripts){.dots = -1};
    for (; text < end; text++) {
        if (*text == ' ')
            continue;
        if (*text == '.') {
            if (ret->dots >= 0 || end - text < 3 || strncmp(text, "...", 3))
                return error_set(err, ERROR_VALUE,
                                 "einstein sum subscripts string contains a "
                                 "'.' that is not part of an ellipsis ('...') "
                                 "in %s",
                                 where);
            ret->dots = ret->count;
            text += 2;
            continue;
        }
        int label = letter_label(*text);
        if (label < 0)
            return error_set(err, ERROR_VALUE,
                             "invalid subscript '%c' in einstein sum "
                             "subscripts string, subscripts must be letters",
                             *text);
        if (ret->count == TENSOR_MAX_DIMS)
            return error_set(err, ERROR_VALUE,
                             "einstein sum subscripts string contains too "
                             "many subscripts for %s",
                             where);
        ret->labels[ret->count++] = label;
    }
    return true;
}

/* SUBSCRIPTS with the last EXTRA labels of "..." in their place. */
static void expand_dots(const struct subscripts *subscripts, int extra,
                        int *labels)
{
    int n = 0;

    for (int i = 0; i <= subscripts->count; i++) {
        for (int j = 0; i == subscripts->dots && j < extra; j++)
            labels[n++] = LABELS - extra + j;
        if (i < subscripts->count)
            labels[n++] = subscripts->labels[i];
    }
}

static bool parse_operand(struct einsum *e, int k, const char *text,
                          const char *end)
{
    struct error *err = e->steps.err;
    struct term *term = &e->terms[k];
    struct subscripts subscripts;
    char where[32];

    snprintf(where, sizeof where, "operand %d", k);
    if (!parse_subscripts(text, end, where, &subscripts, err))
        return false;
    int extra = term->tensor->ndim - subscripts.count;
    if (extra < 0)
        return error_set(err, ERROR_VALUE,
                         "einstein sum subscripts string contains too many "
                         "subscripts for operand %d",
                         k);
    if (extra > 0 && subscripts.dots < 0)
        return error_set(err, ERROR_VALUE,
                         "operand has more dimensions than subscripts given "
                         "in einstein sum, but no '...' ellipsis provided to "
                         "broadcast the extra dimensions.");
    expand_dots(&subscripts, extra, term->labels);
    if (extra > e->ellipsis)
        e->ellipsis = extra;
    return true;
}

/* Letters that occur once, behind the axes of "...". */
static void implicit_output(struct einsum *e)
{
    int seen[LETTERS] = {0};

    for (int k = 0; k < e->count; k++)
        for (int i = 0; i < e->terms[k].tensor->ndim; i++)
            if (e->terms[k].labels[i] < LETTERS)
                seen[e->terms[k].labels[i]]++;
    for (int i = 0; i < e->ellipsis; i++)
        e->output[e->ndim++] = LABELS - e->ellipsis + i;
    for (int label = 0; label < LETTERS; label++)
        if (seen[label] == 1 && e->ndim < TENSOR_MAX_DIMS)
            e->output[e->ndim++] = label;
}

static bool occurs(const struct einsum *e, int label)
{
    for (int k = 0; k < e->count; k++)
        if (find_label(e->terms[k].labels, e->terms[k].tensor->ndim, label) >=
            0)
            return true;
    return false;
}

static bool parse_output(struct einsum *e, const char *text)
{
    struct error *err = e->steps.err;
    struct subscripts subscripts;

    if (!parse_subscripts(text, text + strlen(text), "the output", &subscripts,
                          err))
        return false;
    if (e->ellipsis && subscripts.dots < 0)
        return error_set(err, ERROR_VALUE,
                         "output has more dimensions than subscripts given in "
                         "einstein sum, but no '...' ellipsis provided to "
                         "broadcast the extra dimensions.");
    for (int i = 0; i < subscripts.count; i++) {
        char letter = label_letter(subscripts.labels[i]);
        if (!occurs(e, subscripts.labels[i]))
            return error_set(err, ERROR_VALUE,
                             "einstein sum subscripts string included output "
                             "subscript '%c' which never appeared in an input",
                             letter);
        if (find_label(subscripts.labels, i, subscripts.labels[i]) >= 0)
            return error_set(err, ERROR_VALUE,
                             "einstein sum subscripts string includes output "
                             "subscript '%c' multiple times",
                             letter);
    }
    e->ndim = subscripts.count + e->ellipsis;
    if (e->ndim > TENSOR_MAX_DIMS)
        return error_set(err, ERROR_VALUE, "too many subscripts in einsum");
    expand_dots(&subscripts, e->ellipsis, e->output);
    return true;
}

static bool parse(struct einsum *e, const char *subscripts)
{
    struct error *err = e->steps.err;
    const char *arrow = strchr(subscripts, '-');
    const char *end = arrow ? arrow : subscripts + strlen(subscripts);
    int k = 0;

    if (e->count == 0)
        return error_set(err, ERROR_VALUE,
                         "must specify the einstein sum subscripts string and "
                         "at least one operand");
    if (arrow && arrow[1] != '>')
        return error_set(err, ERROR_VALUE,
                         "einstein sum subscript string does not contain "
                         "proper '->' output specified");
    for (const char *from = subscripts;; k++) {
        const char *comma = memchr(from, ',', (size_t)(end - from));
        const char *to = comma ? comma : end;
        if (k == e->count)
            return error_set(err, ERROR_VALUE,
                             "more operands provided to einstein sum function "
                             "than specified in the subscripts string");
        if (!parse_operand(e, k, from, to))
            return false;
        if (!comma)
            break;
        from = comma + 1;
    }
    if (k + 1 < e->count)
        return error_set(err, ERROR_VALUE,
                         "fewer operands provided to einstein sum function "
                         "than specified in the subscripts string");
    if (arrow)
        return parse_output(e, arrow + 2);
    implicit_output(e);
    return true;
}

/* --------------------------------------------------------------- lengths */

/* Makes one axis of two with the same label: their diagonal. */
static bool merge_repeated(struct einsum *e, int k)
{
    struct term *term = &e->terms[k];
    int64_t shape[TENSOR_MAX_DIMS], strides[TENSOR_MAX_DIMS];
    struct tensor *t = term->tensor;
    int n = 0;

    for (int i = 0; i < t->ndim; i++) {
        int label = term->labels[i], at = find_label(term->labels, n, label);
        if (at < 0) {
            term->labels[n] = label;
            shape[n] = t->shape[i];
            strides[n++] = t->strides[i];
        } else if (shape[at] == t->shape[i]) {
            strides[at] += t->strides[i];
        } else {
            return error_set(e->steps.err, ERROR_VALUE,
                             "dimensions in operand %d for collapsing index "
                             "'%c' don't match (%lld != %lld)",
                             k, label_letter(label), (long long)shape[at],
                             (long long)t->shape[i]);
        }
    }
    term->tensor = step(&e->steps, tensor_view(t, n, shape, strides, t->data));
    return true;
}

/* "(2,3)->(2,newaxis,3) ": how an operand's axes lie among all. */
static void describe_term(const struct term *term, const int *order, int count,
                          struct strbuf *sb)
{
    const struct tensor *t = term->tensor;
    bool begun = false;

    shape_format_tight(sb, t->ndim, t->shape);
    strbuf_adds(sb, "->(");
    for (int i = 0; i < count; i++) {
        int at = find_label(term->labels, t->ndim, order[i]);
        if (at < 0 && !begun)
            continue;
        if (begun)
            strbuf_addc(sb, ',');
        begun = true;
        if (at < 0)
            strbuf_adds(sb, "newaxis");
        else
            strbuf_addf(sb, "%lld", (long long)t->shape[at]);
    }
    strbuf_adds(sb, ") ");
}

static bool cannot_broadcast(struct einsum *e)
{
    struct strbuf text = STRBUF_INIT;
    int order[LABELS], count = e->ndim;

    memcpy(order, e->output, (size_t)e->ndim * sizeof *order);
    for (int label = 0; label < LABELS; label++)
        if (occurs(e, label) && find_label(e->output, e->ndim, label) < 0)
            order[count++] = label;
    for (int k = 0; k < e->count; k++)
        describe_term(&e->terms[k], order, count, &text);
    error_set(e->steps.err, ERROR_VALUE,
              "operands could not be broadcast together with remapped shapes "
              "[original->remapped]: %s",
              text.text);
    strbuf_done(&text);
    return false;
}

static bool measure(struct einsum *e)
{
    for (int i = 0; i < LABELS; i++)
        e->length[i] = 1;
    for (int k = 0; k < e->count; k++) {
        const struct term *term = &e->terms[k];
        for (int i = 0; i < term->tensor->ndim; i++) {
            int64_t *length = &e->length[term->labels[i]];
            if (*length != 1 && term->tensor->shape[i] != 1 &&
                *length != term->tensor->shape[i])
                return cannot_broadcast(e);
            if (*length == 1)
                *length = term->tensor->shape[i];
        }
    }
    return true;
}

static void remove_axis(struct einsum *e, struct term *term, int axis)
{
    int behind = term->tensor->ndim - axis - 1;

    memmove(term->labels + axis, term->labels + axis + 1,
            (size_t)behind * sizeof *term->labels);
    term->tensor = step(&e->steps, tensor_drop_axis(term->tensor, axis));
}

/* An axis of length 1 that others broadcast: the product does without it. */
static void drop_broadcast_axes(struct einsum *e, struct term *term)
{
    for (int i = term->tensor->ndim; i-- > 0;)
        if (term->tensor->shape[i] == 1 && e->length[term->labels[i]] != 1)
            remove_axis(e, term, i);
}

/* ----------------------------------------------------------- contraction */

/* Is LABEL still wanted when terms A and B are one? */
static bool is_kept(const struct einsum *e, int label, int a, int b)
{
    if (find_label(e->output, e->ndim, label) >= 0)
        return true;
    for (int k = 0; k < e->count; k++)
        if (k != a && k != b &&
            find_label(e->terms[k].labels, e->terms[k].tensor->ndim, label) >=
                0)
            return true;
    return false;
}

/* Sums TERM over its axes in AXES; integers keep their dtype. */
static bool sum_axes(struct einsum *e, struct term *term,
                     const struct axes *axes)
{
    struct tensor *t = term->tensor;
    const char *ufunc = t->dtype == DTYPE_BOOL ? "logical_or" : "add";
    int n = 0;

    if (axes->count == 0)
        return true;
    term->tensor = step(&e->steps, reduce_ufunc(ufunc_find(ufunc), t, axes,
                                                false, t->dtype, e->steps.err));
    for (int i = 0, next = 0; i < t->ndim; i++) {
        if (next < axes->count && axes->axis[next] == i)
            next++;
        else
            term->labels[n++] = term->labels[i];
    }
    return term->tensor != NULL;
}

/* Sums term K over what neither the result nor any term but K has; OTHER is a
   term that is about to be joined with it, or K. */
static bool sum_alone(struct einsum *e, int k, int other)
{
    struct term *term = &e->terms[k];
    struct axes axes = {.count = 0};
    const struct term *partner = &e->terms[other];

    for (int i = 0; i < term->tensor->ndim; i++) {
        bool shared =
            other != k && find_label(partner->labels, partner->tensor->ndim,
                                     term->labels[i]) >= 0;
        if (!shared && !is_kept(e, term->labels[i], k, other))
            axes.axis[axes.count++] = i;
    }
    return sum_axes(e, term, &axes);
}

/* What the axes of a pair are to its product. */
struct groups {
    int both, left, right, summed; /* how many labels of each kind */
    int both_labels[TENSOR_MAX_DIMS], left_labels[TENSOR_MAX_DIMS];
    int right_labels[TENSOR_MAX_DIMS], summed_labels[TENSOR_MAX_DIMS];
};

static void group_axes(const struct einsum *e, int a, int b, struct groups *g)
{
    const struct term *left = &e->terms[a], *right = &e->terms[b];

    *g = (struct groups){.both = 0};
    for (int i = 0; i < left->tensor->ndim; i++) {
        int label = left->labels[i];
        if (find_label(right->labels, right->tensor->ndim, label) < 0)
            g->left_labels[g->left++] = label;
        else if (is_kept(e, label, a, b))
            g->both_labels[g->both++] = label;
        else
            g->summed_labels[g->summed++] = label;
    }
    for (int i = 0; i < right->tensor->ndim; i++)
        if (find_label(left->labels, left->tensor->ndim, right->labels[i]) < 0)
            g->right_labels[g->right++] = right->labels[i];
}

/* The axes of TERM in the order FIRST, SECOND, THIRD. */
static struct tensor *arrange(struct einsum *e, const struct term *term,
                              int counts[3], int *labels[3])
{
    int64_t axes[TENSOR_MAX_DIMS];
    int n = 0;

    for (int group = 0; group < 3; group++)
        for (int i = 0; i < counts[group]; i++)
            axes[n++] =
                find_label(term->labels, term->tensor->ndim, labels[group][i]);
    return step(&e->steps, tensor_transpose(term->tensor, axes, e->steps.err));
}

static int64_t volume(const struct einsum *e, int count, const int *labels)
{
    int64_t elements = 1;

    for (int i = 0; i < count; i++)
        elements *= e->length[labels[i]];
    return elements;
}

/* The pair as stacks of matrices (both, left, summed) @ (both, summed, right).
   The lengths come from tensors that exist, so their products fit. */
static struct tensor *as_matrices(struct einsum *e, const struct term *term,
                                  int counts[3], int *labels[3])
{
    struct tensor *moved = arrange(e, term, counts, labels);
    int64_t shape[3];

    for (int i = 0; i < 3; i++)
        shape[i] = volume(e, counts[i], labels[i]);
    int ndim = counts[0] ? 3 : 2;
    return moved ? step(&e->steps, tensor_reshape(moved, ndim, shape + 3 - ndim,
                                                  'C', e->steps.err))
                 : NULL;
}

static struct tensor *matrix_products(struct einsum *e, int a, int b,
                                      struct groups *g)
{
    int left_counts[3] = {g->both, g->left, g->summed};
    int *left_labels[3] = {g->both_labels, g->left_labels, g->summed_labels};
    int right_counts[3] = {g->both, g->summed, g->right};
    int *right_labels[3] = {g->both_labels, g->summed_labels, g->right_labels};
    struct tensor *left =
        as_matrices(e, &e->terms[a], left_counts, left_labels);
    struct tensor *right =
        left ? as_matrices(e, &e->terms[b], right_counts, right_labels) : NULL;
    return step_matmul(&e->steps, left, right);
}

/* Nothing is summed: axes of length 1 where the left one has none of the
   right one's. */
static struct tensor *elementwise_product(struct einsum *e, int a, int b,
                                          struct groups *g)
{
    int left_counts[3] = {g->both, g->left, 0};
    int right_counts[3] = {g->both, g->right, 0};
    int *left_labels[3] = {g->both_labels, g->left_labels, NULL};
    int *right_labels[3] = {g->both_labels, g->right_labels, NULL};
    struct tensor *left = arrange(e, &e->terms[a], left_counts, left_labels);
    struct tensor *right =
        left ? arrange(e, &e->terms[b], right_counts, right_labels) : NULL;

    for (int i = 0; right && i < g->right; i++)
        left = step_column(&e->steps, left);
    for (int i = 0; right && i < g->left; i++)
        right = step(&e->steps, tensor_expand_dims(right, g->both));
    return step_binary(&e->steps, "multiply", left, right);
}

/* Puts the product of terms A < B in A's place; the last one moves to B's. */
static bool contract(struct einsum *e, int a, int b)
{
    struct error *err = e->steps.err;
    struct groups g;
    int64_t shape[TENSOR_MAX_DIMS];
    int n = 0;

    if (!sum_alone(e, a, b) || !sum_alone(e, b, a))
        return false;
    group_axes(e, a, b, &g);
    if (g.both + g.left + g.right > TENSOR_MAX_DIMS)
        return error_set(err, ERROR_VALUE, "too many subscripts in einsum");
    struct tensor *product = g.summed ? matrix_products(e, a, b, &g)
                                      : elementwise_product(e, a, b, &g);
    if (!product)
        return false;
    struct term *term = &e->terms[a];
    for (int i = 0; i < g.both; i++)
        term->labels[n++] = g.both_labels[i];
    for (int i = 0; i < g.left; i++)
        term->labels[n++] = g.left_labels[i];
    for (int i = 0; i < g.right; i++)
        term->labels[n++] = g.right_labels[i];
    for (int i = 0; i < n; i++)
        shape[i] = e->length[term->labels[i]];
    term->tensor = step(&e->steps, tensor_reshape(product, n, shape, 'C', err));
    e->terms[b] = e->terms[--e->count];
    return term->tensor != NULL;
}

/* Elements of the product of two terms less those of the terms. */
static double growth(const struct einsum *e, int a, int b)
{
    const struct term *left = &e->terms[a], *right = &e->terms[b];
    double elements = 1;

    for (int i = 0; i < left->tensor->ndim; i++)
        if (is_kept(e, left->labels[i], a, b))
            elements *= (double)left->tensor->shape[i];
    for (int i = 0; i < right->tensor->ndim; i++)
        if (find_label(left->labels, left->tensor->ndim, right->labels[i]) <
                0 &&
            is_kept(e, right->labels[i], a, b))
            elements *= (double)right->tensor->shape[i];
    return elements - (double)left->tensor->size - (double)right->tensor->size;
}

static bool contract_best_pair(struct einsum *e)
{
    int best_a = 0, best_b = 1;
    double least = growth(e, 0, 1);

    for (int a = 0; a < e->count; a++) {
        for (int b = a + 1; b < e->count; b++) {
            double other = growth(e, a, b);
            if (other < least) {
                least = other;
                best_a = a;
                best_b = b;
            }
        }
    }
    return contract(e, best_a, best_b);
}

/* ------------------------------------------------------------------ whole */

static struct tensor *evaluate(struct einsum *e, const char *subscripts)
{
    int64_t axes[TENSOR_MAX_DIMS];

    if (!parse(e, subscripts))
        return NULL;
    for (int k = 0; k < e->count; k++)
        if (!merge_repeated(e, k))
            return NULL;
    if (!measure(e))
        return NULL;
    for (int k = 0; k < e->count; k++)
        drop_broadcast_axes(e, &e->terms[k]);
    while (e->count > 1)
        if (!contract_best_pair(e))
            return NULL;
    if (!sum_alone(e, 0, 0))
        return NULL;
    for (int i = 0; i < e->ndim; i++)
        axes[i] = find_label(e->terms[0].labels, e->ndim, e->output[i]);
    return step(&e->steps,
                tensor_transpose(e->terms[0].tensor, axes, e->steps.err));
}

struct tensor *tensor_einsum(const char *subscripts, int count,
                             struct tensor *const *operands, enum dtype dtype,
                             struct error *err)
{
    struct einsum e = {.steps = {.err = err}, .count = count};
    bool typed = true;

    if (dtype == DTYPE_COUNT && count)
        dtype = tensor_result_type(count, operands);
    e.terms = xcalloc((size_t)count + 1, sizeof *e.terms);
    for (int k = 0; typed && k < count; k++) {
        e.terms[k].tensor = step_astype(&e.steps, operands[k], dtype);
        typed = e.terms[k].tensor != NULL;
    }
    struct tensor *result =
        steps_end(&e.steps, typed ? evaluate(&e, subscripts) : NULL);
    free(e.terms);
    return result;
}
