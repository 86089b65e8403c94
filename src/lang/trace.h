/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An expression taken apart: every sub-expression with its value, and the
   operation that a given place is an operand of. */
#ifndef LANG_TRACE_H
#define LANG_TRACE_H

#include "lang/lang.h"

/* One sub-expression, after it was evaluated. */
struct trace_step {
    struct span span;
    struct value value;      /* borrowed */
    bool constant;           /* a number or a string as written */
    enum operator operator;  /* OPERATOR_COUNT: none of two operands */
    struct span callee;      /* of a call: "np.add"; else empty */
    struct span operands[2]; /* of an operator, or a call's first two; empty
                                where there is none */
};

typedef void trace_sink(void *context, const struct trace_step *step);

/* program_evaluate(), telling SINK of each sub-expression, inner ones first.
   What is inside list displays and functions is not told.  PROGRAM cannot be
   used afterwards but to be freed. */
bool program_trace(struct interp *interp, struct program *program,
                   trace_sink *sink, void *context, struct value *ret,
                   struct error *err);

/* The operation around one of its operands. */
struct trace_operation {
    enum operator operator;   /* OPERATOR_COUNT: a call */
    bool is_left;             /* of the operator */
    struct span other;        /* the operator's other operand */
    const char *name;         /* of the call: "dot" */
    struct span callee;       /* "x.dot" */
    struct span object;       /* what stands before the dot, or empty */
    int position;             /* among the call's arguments, from 0 */
    struct span arguments[2]; /* the call's first two; empty: not there */
};

/* Finds the operation of which the name that starts at OFFSET is an operand;
   false when there is none. */
bool program_find_operation(struct program *program, uint32_t offset,
                            struct trace_operation *ret);

/* Columns at which the line after TEXT best begins: below what follows an open
   bracket, or a block's indentation. */
int source_next_indent(const char *text, size_t length);

#endif
