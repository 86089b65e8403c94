/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random numbers, NumPy's own for a seed: the Mersenne Twister MT19937
 * (Matsumoto and Nishimura 1998) with the legacy distributions of
 * np.random.RandomState.
 */
#ifndef TENSOR_RANDOM_H
#define TENSOR_RANDOM_H

#include "tensor/tensor.h"

struct rng {
    uint32_t state[624];
    int position; /* 0: not seeded yet; the first use takes a seed from the
                     system */
    bool has_gauss; /* the polar method makes two normals at a time */
    double gauss;
};

/* np.random.seed(SEED): 0 … 2**32-1 */
void rng_seed(struct rng *rng, uint32_t seed);

/* The reference's init_by_array(): KEY of COUNT numbers, at least one. */
void rng_seed_array(struct rng *rng, const uint32_t *key, int count);

/* A new seed from the system; returned, so that it can be told. */
uint32_t rng_seed_from_system(struct rng *rng);

uint32_t rng_uint32(struct rng *rng);
double rng_double(struct rng *rng); /* [0, 1), 53 bits */
double rng_gauss(struct rng *rng);  /* mean 0, deviation 1 */

/* 0 … MAX inclusive, as the legacy rk_interval: masked rejection. */
uint64_t rng_interval(struct rng *rng, uint64_t max);

/* In place along axis 0 of TENSOR, as np.random.shuffle. */
bool rng_shuffle(struct rng *rng, struct tensor *tensor, struct error *err);

/* np.random.permutation(n): int64 vector. */
struct tensor *rng_permutation(struct rng *rng, int64_t n, struct error *err);

/* np.random.randint(low, high, size, dtype): LOW … HIGH-1. */
struct tensor *rng_integers(struct rng *rng, int64_t low, int64_t high,
                            enum dtype dtype, int ndim, const int64_t *shape,
                            struct error *err);

struct tensor *rng_uniform(struct rng *rng, double low, double high, int ndim,
                           const int64_t *shape, struct error *err);
struct tensor *rng_normal(struct rng *rng, double mean, double deviation,
                          int ndim, const int64_t *shape, struct error *err);

/* The session's generator (np.random.…), seeded from the system at start. */
extern struct rng session_rng;

#endif
