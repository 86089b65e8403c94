/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What forward functions do again and again with their arguments. */
#ifndef OPS_ARGUMENTS_H
#define OPS_ARGUMENTS_H

#include "autograd/op.h"

static inline enum dtype dtype_or(const struct arg *dtype,
                                  enum dtype otherwise)
{
    return dtype->given ? dtype->dtype : otherwise;
}

/* The letter of order=; ValueError for another text. */
bool order_from(const struct arg *order, char *ret, struct error *err);
/* The same for functions that know 'C' and 'F' only. */
bool c_or_f_from(const struct arg *order, char *ret, struct error *err);

/* A itself and its axis, or all of A as one axis when axis=None; owned. */
struct tensor *array_along(struct tensor *a, const struct arg *axis,
                           int *ret_axis, struct error *err);

/* The same; a number counts as an array of one. */
struct tensor *vector_along(struct tensor *a, const struct arg *axis,
                          int *ret_axis, struct error *err);

/* Two different axes of A, which has at least as many: of a diagonal. */
bool diagonal_axes(const struct tensor *a, const struct arg *first,
                   const struct arg *second, int *ret_first, int *ret_second,
                   struct error *err);

/* A number for every axis: one for all of them, or one each. */
bool axes_marked(const struct arg *axes, int ndim, bool *ret,
                 struct error *err);

/* ValueError for another word. */
bool casting_from(const struct arg *casting, enum casting *ret,
                  struct error *err);

/* TypeError "Cannot cast array data from …" when A does not convert so. */
bool check_cast(const struct tensor *a, enum dtype to, enum casting casting,
                struct error *err);

/* A as int64, when its dtype converts to that safely.  TypeError. */
struct tensor *integers_from(struct tensor *a, struct error *err);

/* mode=: 'raise', 'wrap' or 'clip'. */
bool mode_from(const struct arg *mode, const char **ret, struct error *err);

/* INDEX brought into 0 … LENGTH-1 as MODE says; false: it is outside. */
bool index_by_mode(int64_t *index, int64_t length, const char *mode);

/* The result is ITEMS (COUNT of them, owned), a tuple or a list. */
bool return_items(struct op_result *ret, enum result_form form, int count,
                  struct tensor *const *items);

/* Takes RESULT; converts it when DTYPE is given. */
bool return_as(struct op_result *ret, struct tensor *result,
               const struct arg *dtype, struct error *err);

bool return_bool(struct op_result *ret, bool flag);

bool same_shape(const struct tensor *a, const struct tensor *b);

#endif
