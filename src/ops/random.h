/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the families of np.random share. */
#ifndef OPS_RANDOM_H
#define OPS_RANDOM_H

#include "autograd/op.h"
#include "tensor/random.h"

/* What the functions draw from: the session's generator, but while a method
   of another one runs, that. */
extern struct rng *random_source;

/* Without a size one number is a Python number.  Takes DRAWN (NULL: failed). */
bool random_return(struct op_result *ret, struct tensor *drawn,
                   const struct arg *size);

/* The row's distribution (its data, or its name): parameters, then the size. */
op_forward random_distribution;
op_forward random_multinomial, random_dirichlet, random_multivariate_normal;

struct integer_draw {
    enum dtype dtype;
    bool legacy;
    bool endpoint; /* high may come, too */
    int ndim;
    const int64_t *shape; /* NULL: that of the bounds */
};

struct tensor *random_integers(struct tensor *low, struct tensor *high,
                               const struct integer_draw *draw,
                               struct error *err);

/* A's parts along AXIS in random order. */
struct tensor *random_rows(struct tensor *a, int axis, struct error *err);

/* choice(a, size, replace, p): ARGS are these four. */
bool random_choice(const struct arg *args, int axis, bool shuffled,
                   struct op_result *ret, struct error *err);

/* The 32-bit words of SEED's numbers, lowest first; to be free()d. */
uint32_t *random_seed_words(struct tensor *seed, int *ret_count,
                            struct error *err);
bool random_seed_legacy(struct rng *rng, struct tensor *seed,
                        struct error *err);

#endif
