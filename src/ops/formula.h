/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recorded step in writing: what was computed, and its derivative with
 * respect to an operand as a formula.  The numbers come from the vjps
 * (derive*.c); the tests hold these formulas to them.
 */
#ifndef OPS_FORMULA_H
#define OPS_FORMULA_H

#include "autograd/record.h"

/* What a step's parts are called. */
struct formula_names {
    const char *const *operands; /* one for each tensor among the arguments */
    const char *result;
};

enum formula_kind {
    FORMULA_LOCAL,  /* the derivative, element by element */
    FORMULA_WHOLE,  /* the operand's gradient, where G is the result's */
    FORMULA_WORDS,  /* a sentence about the derivative; translated */
    FORMULA_UNKNOWN /* in no row */
};

/* "w * x", "np.sum(a1, axis=0)" */
void formula_of_step(const struct record *record,
                     const struct formula_names *names, struct strbuf *sb);

/* "2 * a1" */
enum formula_kind formula_of_derivative(const struct record *record,
                                        const struct formula_names *names,
                                        int operand, struct strbuf *sb);

#endif
