/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the result back to the sources. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "autograd/vjp.h"
#include "base/alloc.h"
#include "base/interrupt.h"

struct walk {
    struct tape *tape;
    size_t last;               /* the target's node */
    bool *needed;              /* is there a source behind the node? */
    struct tensor **gradients; /* so far; owned */
    tape_visitor *visitor;
    void *context;
    struct error *err;
};

static void walk_done(struct walk *walk)
{
    for (size_t i = 0; i <= walk->last; i++)
        tensor_unref(walk->gradients[i]);
    free(walk->gradients);
    free(walk->needed);
}

static void mark_needed(struct walk *walk, size_t index)
{
    const struct record *record = tape_node_at(walk->tape, index)->record;
    struct tensor *x;
    size_t place;
    if (!record)
        return;
    for (int at = 0, k = 0;
         (x = next_operand(record->op, record->args, &at, &k));)
        if (tape_find(walk->tape, x, &place) && place < index &&
            walk->needed[place])
            walk->needed[index] = true;
}

/* Takes GRADIENT. */
static bool accumulate(struct walk *walk, size_t place,
                       struct tensor *gradient)
{
    struct tensor *sum = walk->gradients[place];
    if (!sum) {
        walk->gradients[place] = gradient;
        return true;
    }
    struct vjp vjp = {.err = walk->err};
    struct tensor *total = vjp_add(&vjp, sum, gradient);
    if (total) {
        tensor_unref(sum);
        walk->gradients[place] = tensor_ref(total);
    }
    vjp_done(&vjp);
    tensor_unref(gradient);
    return total != NULL;
}

static bool no_derivative(const struct op *op, struct error *err)
{
    return error_set(err, ERROR_NOT_IMPLEMENTED,
                     "no gradient is known for %s()", op->name);
}

bool tape_pull_back(const struct tape_node *node, struct tensor *gradient,
                    struct tensor *x, int operand, struct tensor **ret,
                    struct error *err)
{
    const struct record *record = node->record;
    struct vjp vjp = {.op = record->op,
                      .args = record->args,
                      .operand = operand,
                      .x = x,
                      .result = node->tensor,
                      .output = node->output,
                      .results = record->outputs,
                      .gradient = gradient,
                      .err = err};
    if (!record->op->vjp)
        return no_derivative(record->op, err);
    struct tensor *part = record->op->vjp(&vjp);
    part = vjp_sum_to(&vjp, part, x->ndim, x->shape);
    part = vjp_cast(&vjp, part, x->dtype);
    bool good = part || err->kind == ERROR_NONE;
    *ret = part ? tensor_ref(part) : NULL;
    vjp_done(&vjp);
    return good;
}

/* The part of one operand in the gradient that has arrived. */
static bool pass_on(struct walk *walk, const struct tape_node *node,
                    struct tensor *gradient, struct tensor *x, int operand,
                    size_t place)
{
    struct tensor *part;
    return tape_pull_back(node, gradient, x, operand, &part, walk->err) &&
           (!part || accumulate(walk, place, part));
}

static bool visit(struct walk *walk, size_t index)
{
    const struct tape_node *node = tape_node_at(walk->tape, index);
    struct tensor *gradient = walk->gradients[index], *x;
    size_t place;
    if (!gradient || !walk->needed[index])
        return true;
    if (walk->visitor)
        walk->visitor(walk->context, &(struct tape_visit){index, gradient});
    if (!node->record)
        return true;
    for (int at = 0, k = 0, operand = 0;
         (x = next_operand(node->record->op, node->record->args, &at, &k));
         operand++)
        if (x->size && tape_find(walk->tape, x, &place) && place < index &&
            walk->needed[place] &&
            !pass_on(walk, node, gradient, x, operand, place))
            return false;
    return interrupt_check(walk->err);
}

static bool walk_back(struct walk *walk)
{
    for (size_t i = 0; i <= walk->last; i++)
        mark_needed(walk, i);
    for (size_t i = walk->last + 1; i-- > 0;)
        if (!visit(walk, i))
            return false;
    return true;
}

static bool walk_init(struct walk *walk, struct tensor *target,
                      struct tensor *seed)
{
    struct scalar one = scalar_from_double(1.0);
    walk->gradients = xcalloc(walk->last + 1, sizeof *walk->gradients);
    walk->needed = xcalloc(walk->last + 1, sizeof *walk->needed);
    walk->gradients[walk->last] =
        seed ? tensor_ref(seed)
             : tensor_full(one, target->dtype, target->ndim, target->shape,
                           walk->err);
    return walk->gradients[walk->last] != NULL;
}

/* While it walks, the tape does not record; started again as before. */
static int pause(struct tape *tape)
{
    int times = 0;
    for (struct tape *t = NULL; (t = tape_next_recording(t));)
        times += t == tape;
    if (times)
        tape_stop(tape);
    return times;
}

bool tape_gradient(struct tape *tape, struct tensor *target,
                   struct tensor *seed, size_t count,
                   struct tensor *const *sources, struct tensor **ret,
                   struct error *err)
{
    struct walk walk = {.tape = tape, .err = err};
    size_t place;
    for (size_t i = 0; i < count; i++)
        ret[i] = NULL;
    if (!tape_find(tape, target, &walk.last))
        return true;
    bool good = walk_init(&walk, target, seed);
    for (size_t i = 0; i < count; i++)
        if (tape_find(tape, sources[i], &place) && place <= walk.last)
            walk.needed[place] = true;
    int paused = pause(tape);
    good = good && walk_back(&walk);
    if (paused)
        tape_start(tape);
    for (size_t i = 0; good && i < count; i++)
        if (tape_find(tape, sources[i], &place) && place <= walk.last &&
            walk.gradients[place])
            ret[i] = tensor_ref(walk.gradients[place]);
    walk_done(&walk);
    return good;
}

bool tape_gradient_seen(struct tape *tape, struct tensor *target,
                        tape_visitor *visitor, void *context,
                        struct error *err)
{
    struct walk walk = {
        .tape = tape, .err = err, .visitor = visitor, .context = context};
    if (!tape_find(tape, target, &walk.last))
        return true;
    bool good = walk_init(&walk, target, NULL);
    for (size_t i = 0; i <= walk.last; i++)
        walk.needed[i] = !tape_node_at(tape, i)->record;
    int paused = pause(tape);
    good = good && walk_back(&walk);
    if (paused)
        tape_start(tape);
    walk_done(&walk);
    return good;
}
