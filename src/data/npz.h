/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NPZ, NumPy's format for several arrays: a ZIP archive of NPY files. */
#ifndef DATA_NPZ_H
#define DATA_NPZ_H

#include "tensor/tensor.h"

struct npz;

/* PATH stays open until npz_close(). */
struct npz *npz_open(const char *path, struct error *err);
void npz_close(struct npz *npz); /* NULL is fine */

int npz_count(const struct npz *npz);
/* The array's name, "x" for x.npy; NULL for INDEX beyond the last one. */
const char *npz_name(const struct npz *npz, int index);
/* By its name, with or without .npy; -1 when there is none. */
int npz_find(const struct npz *npz, const char *name);
struct tensor *npz_read(struct npz *npz, int index, struct error *err);

/* Writes the arrays under their names; COMPRESSED: deflated. */
bool npz_write(const char *path, int count, const char *const *names,
               struct tensor *const *tensors, bool compressed,
               struct error *err);

#endif
