/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * einsum.  The gradient of one operand is the einsum of the result's gradient
 * and the other operands, written so that the operand's letters come out.
 * Letters that only this operand has were summed: there the gradient repeats.
 * A letter that it has twice stands for a diagonal: elsewhere it is zero.
 */
#include <ctype.h>
#include <string.h>

#include "base/strbuf.h"
#include "ops/derive.h"

enum { MAX_OPERANDS = 32, MAX_TERM = 2 * TENSOR_MAX_DIMS + 4 };

/* The letters of each operand and of the result; the axes under an ellipsis
   get letters of their own. */
struct subscripts {
    int count;
    char terms[MAX_OPERANDS][MAX_TERM];
    char result[MAX_TERM];
};

/* Letters that TEXT does not use, for up to TENSOR_MAX_DIMS axes. */
static void spare_letters(const char *text, char *ret)
{
    static const char all[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    int count = 0;
    for (const char *c = all; *c && count < TENSOR_MAX_DIMS; c++)
        if (!strchr(text, *c))
            ret[count++] = *c;
    ret[count] = '\0';
}

/* One term of TEXT, up to a comma, "->" or the end, for an operand of NDIM
   axes; the ellipsis has the last of the SPARE letters that the widest has. */
static const char *read_term(const char *text, int ndim, const char *spare,
                             int widest, char *ret)
{
    int named = 0, length = 0;
    for (const char *c = text; *c && *c != ',' && *c != '-'; c++)
        named += isalpha((unsigned char)*c) != 0;
    for (; *text && *text != ',' && *text != '-'; text++) {
        if (isalpha((unsigned char)*text))
            ret[length++] = *text;
        if (*text != '.')
            continue;
        int axes = ndim - named;
        for (int i = widest - axes; i < widest; i++)
            ret[length++] = spare[i];
        text += 2;
    }
    ret[length] = '\0';
    return text;
}

/* How many axes the widest ellipsis stands for. */
static int widest_ellipsis(const char *text, int count,
                           struct tensor *const *operands)
{
    int widest = 0;
    for (int i = 0; i < count; i++) {
        int named = 0;
        bool dots = false;
        for (; *text && *text != ',' && *text != '-'; text++) {
            named += isalpha((unsigned char)*text) != 0;
            dots |= *text == '.';
        }
        if (dots && operands[i]->ndim - named > widest)
            widest = operands[i]->ndim - named;
        text += *text == ',';
    }
    return widest;
}

/* Without "->": the ellipsis, then the letters that occur once, sorted. */
static void implied_result(const struct subscripts *s, const char *dots,
                           char *ret)
{
    int length = (int)strlen(dots);
    memcpy(ret, dots, (size_t)length);
    for (int c = 'A'; c <= 'z'; c++) {
        int times = 0;
        for (int i = 0; i < s->count; i++)
            for (const char *t = s->terms[i]; *t; t++)
                times += *t == c;
        if (times == 1 && !strchr(dots, c))
            ret[length++] = (char)c;
    }
    ret[length] = '\0';
}

static void subscripts_read(const char *text, int count,
                            struct tensor *const *operands,
                            struct subscripts *ret)
{
    char spare[TENSOR_MAX_DIMS + 1], dots[TENSOR_MAX_DIMS + 1];
    int widest = widest_ellipsis(text, count, operands);
    const char *arrow = strstr(text, "->");
    spare_letters(text, spare);
    memcpy(dots, spare, (size_t)widest);
    dots[widest] = '\0';
    ret->count = count;
    for (int i = 0; i < count; i++) {
        text = read_term(text, operands[i]->ndim, spare, widest, ret->terms[i]);
        text += *text == ',';
    }
    if (!arrow) {
        implied_result(ret, dots, ret->result);
        return;
    }
    int named = 0;
    for (const char *c = arrow + 2; *c; c++)
        named += isalpha((unsigned char)*c) != 0;
    read_term(arrow + 2, named + widest, spare, widest, ret->result);
}

/* Does any operand but OWN, or the result, have the letter? */
static bool is_elsewhere(const struct subscripts *s, int own, char letter)
{
    bool found = strchr(s->result, letter) != NULL;
    for (int i = 0; i < s->count && !found; i++)
        found = i != own && strchr(s->terms[i], letter);
    return found;
}

/* The einsum of the gradient and the other operands, with the letters of TERM
   that are elsewhere, each once, as LETTERS. */
static struct tensor *product_of_others(struct vjp *v,
                                        const struct subscripts *s,
                                        struct tensor *const *operands,
                                        int own, char *letters)
{
    struct strbuf text = STRBUF_INIT;
    struct tensor *items[MAX_OPERANDS + 1] = {v->gradient};
    int count = 1, length = 0;
    strbuf_adds(&text, s->result);
    for (int i = 0; i < s->count; i++) {
        if (i == own)
            continue;
        strbuf_addf(&text, ",%s", s->terms[i]);
        items[count++] = operands[i];
    }
    for (const char *t = s->terms[own]; *t; t++)
        if (is_elsewhere(s, own, *t) && !memchr(letters, *t, (size_t)length))
            letters[length++] = *t;
    letters[length] = '\0';
    strbuf_addf(&text, "->%s", letters);
    struct tensor *product =
        derive_call(v, "einsum",
                    NAMED({"subscripts", arg_string(text.text)},
                          {"operands", arg_tensors(count, items)}));
    strbuf_done(&text);
    return product;
}

/* 1 where equal letters of TERM have equal places, shaped as X. */
static struct tensor *diagonal_mask(struct vjp *v, const char *term)
{
    struct tensor *mask = vjp_keep(
        v, tensor_new(DTYPE_BOOL, v->x->ndim, v->x->shape, v->err));
    for (int64_t i = 0; mask && i < mask->size; i++) {
        int64_t places[TENSOR_MAX_DIMS], rest = i;
        bool on = true;
        for (int axis = v->x->ndim - 1; axis >= 0; axis--) {
            places[axis] = rest % v->x->shape[axis];
            rest /= v->x->shape[axis];
        }
        for (int k = 1; k < v->x->ndim; k++) {
            const char *first = strchr(term, term[k]);
            on &= places[first - term] == places[k];
        }
        mask->data[i] = (char)on;
    }
    return mask;
}

/* The product with axes of length 1 for the letters of TERM that it lacks, or
   has already. */
static struct tensor *beside_operand(struct vjp *v, struct tensor *product,
                                     const char *letters, const char *term)
{
    int64_t order[TENSOR_MAX_DIMS], shape[TENSOR_MAX_DIMS];
    int next = 0;
    for (int axis = 0; term[axis]; axis++) {
        const char *place = strchr(letters, term[axis]);
        bool first = strchr(term, term[axis]) == term + axis;
        shape[axis] = place && first ? product->shape[place - letters] : 1;
        if (place && first)
            order[next++] = place - letters;
    }
    struct tensor *ordered =
        product->ndim ? derive_transpose(v, product, order) : product;
    return ordered ? derive_reshape(v, ordered, v->x->ndim, shape) : NULL;
}

/* A repeated to the operand's shape; summed where an operand's axis of length
   1 had been repeated itself. */
static struct tensor *spread_over(struct vjp *v, struct tensor *a)
{
    int64_t shape[TENSOR_MAX_DIMS];
    if (!a)
        return NULL;
    for (int i = 0; i < a->ndim; i++)
        shape[i] = v->x->shape[i] == 1 ? 1 : a->shape[i];
    return vjp_broadcast_to(v, vjp_sum_to(v, a, a->ndim, shape), v->x->ndim,
                            v->x->shape);
}

struct tensor *einsum_vjp(struct vjp *v)
{
    const struct arg *operands = derive_arg(v, "operands");
    const char *text = v->args[0].string;
    struct subscripts s;
    char letters[MAX_TERM];
    if (operands->tensors.count > MAX_OPERANDS)
        return derive_unknown(v);
    subscripts_read(text, operands->tensors.count, operands->tensors.items,
                    &s);
    const char *term = s.terms[v->operand];
    struct tensor *product = product_of_others(
        v, &s, operands->tensors.items, v->operand, letters);
    if (!product)
        return NULL;
    struct tensor *own = beside_operand(v, product, letters, term);
    struct tensor *whole = spread_over(v, own);
    bool repeated = false;
    for (const char *t = term; *t; t++)
        repeated |= strchr(term, *t) != t;
    return repeated ? derive_where(v, diagonal_mask(v, term), whole,
                                   derive_number(v, 0))
                    : whole;
}
