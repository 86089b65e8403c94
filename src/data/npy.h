/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * NPY, NumPy's format for one array (NEP 1, versions 1.0, 2.0 and 3.0): a
 * magic, the version, the length of a header, the header, which is the text of
 * a Python dict, then the elements.
 */
#ifndef DATA_NPY_H
#define DATA_NPY_H

#include "tensor/tensor.h"

/* Where bytes come from. */
struct byte_source {
    const char *name; /* for errors */
    int64_t size;     /* bytes that are left, at most */
    /* Reads up to SIZE bytes; 0 at the end, -1 with an error. */
    int64_t (*read)(struct byte_source *source, char *memory, int64_t size,
                    struct error *err);
    void *handle;
};

/* The bytes that were there, at most SIZE; -1 with an error. */
int64_t source_read(struct byte_source *source, char *memory, int64_t size,
                    struct error *err);

bool npy_has_magic(const char *bytes, size_t length);

/* One array; what follows it stays in SOURCE.  Both byte orders, both memory
   orders; never asks for more memory than the bytes that are left fill.  One
   sentence with the name for whatever is wrong. */
struct tensor *npy_read(struct byte_source *source, struct error *err);

/* Appends magic, version and header for TENSOR, and says in *RET_FORTRAN
   whether the elements follow in Fortran order. */
void npy_header(const struct tensor *tensor, struct strbuf *sb,
                bool *ret_fortran);

/* TENSOR's elements in the order that its header tells: TENSOR itself or a
   copy, contiguous. */
struct tensor *npy_elements(struct tensor *tensor, struct error *err);

/* The elements as they lie in a file: read from it, and from the byte order of
   another machine. */
bool elements_read(struct byte_source *source, struct tensor *tensor,
                   bool swapped, struct error *err);

#endif
