/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of numbers as text: what np.loadtxt and np.genfromtxt read. */
#ifndef DATA_TEXT_H
#define DATA_TEXT_H

#include "tensor/tensor.h"

struct text_options {
    enum dtype dtype; /* DTYPE_COUNT: bool, int64 or float64, by the cells */
    const char *delimiter; /* NULL: white space */
    int comment_count;
    const char *const *comments; /* begin the rest of a line that is left out */
    int64_t skip_rows;           /* lines at the start… */
    int64_t skip_footer;         /* …and rows at the end that are left out */
    int64_t max_rows;            /* -1: all */
    int column_count;            /* of COLUMNS; -1: all */
    const int64_t *columns;      /* negative ones count from the end */
    bool lenient; /* genfromtxt: what is no number is FILL or missing */
    bool ragged;  /* rows of another length are left out */
    bool has_fill;
    double fill;
    /* A cell's number by the learner's function; NULL, or *DONE stays false:
       by ours. */
    bool (*convert)(void *context, int64_t column, const char *cell, bool *done,
                    double *ret, struct error *err);
    void *context;
};

/* A table of rows and columns; LENGTH bytes of TEXT, NUL-terminated.
   ValueError in NumPy's words. */
struct tensor *text_read(const char *text, size_t length,
                         const struct text_options *options, struct error *err);

#endif
