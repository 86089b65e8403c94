/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text of tensors and numbers, NumPy 1.24's to the letter (the rules of
 * numpy/core/arrayprint.py: one width for all elements, shortest digits that
 * read back, at most `precision` of them, … in the middle of big ones).
 */
#ifndef TENSOR_FORMAT_H
#define TENSOR_FORMAT_H

#include "tensor/tensor.h"

/* A function that writes an element instead of us. */
struct element_formatter {
    void (*format)(const struct element_formatter *formatter,
                   struct scalar value, struct strbuf *sb); /* NULL: none */
    void *context;
};

struct print_options {
    int precision;     /* 8 */
    int64_t threshold; /* 1000: above it, edgeitems and … */
    int edgeitems;     /* 3 */
    int linewidth;     /* 75 */
    bool suppress;     /* false: small numbers in exponent form */
    char sign;         /* '-', '+' or ' ' */
    char floatmode[16]; /* "maxprec", "maxprec_equal", "fixed", "unique" */
    char nanstr[16];
    char infstr[16];
    struct element_formatter of_bool, of_int, of_float;
};

#define PRINT_OPTIONS_DEFAULT                                                  \
    {                                                                          \
        8, 1000, 3, 75, false, '-', "maxprec", "nan", "inf", {NULL, NULL},     \
            {NULL, NULL}, {NULL, NULL}                                         \
    }

/* In force for the session (np.set_printoptions). */
extern struct print_options print_options;

/* array([[5., 2.]], dtype=float32), by the session's options or others */
void tensor_repr(const struct tensor *tensor, struct strbuf *sb);
void tensor_repr_with(const struct tensor *tensor,
                      const struct print_options *options, struct strbuf *sb);

/* [[5. 2.]] */
void tensor_str(const struct tensor *tensor, struct strbuf *sb);
void tensor_str_with(const struct tensor *tensor,
                     const struct print_options *options, struct strbuf *sb);

/* np.array2string with other options and separator; PREFIX is the text that
   stands before it on the line. */
void tensor_to_string(const struct tensor *tensor,
                      const struct print_options *options,
                      const char *separator, const char *prefix,
                      const char *suffix, struct strbuf *sb);

/* A NumPy scalar: 0.1 for float32(0.1), True, 32. */
void scalar_repr(struct scalar value, struct strbuf *sb);

/* Python's repr of a float: the shortest digits that read back, 1e+16,
   inf, nan, 2.0. */
void double_repr(double value, struct strbuf *sb);

#endif
