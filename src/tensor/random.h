/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random numbers, NumPy's own for a seed, from either of two sources: the
 * Mersenne Twister MT19937 (Matsumoto and Nishimura 1998) behind
 * np.random.RandomState, and PCG64 (O'Neill 2014) behind
 * np.random.default_rng.  What is drawn from them is in distributions.h.
 */
#ifndef TENSOR_RANDOM_H
#define TENSOR_RANDOM_H

#include "tensor/tensor.h"

enum rng_kind { RNG_MT19937, RNG_PCG64 };

struct uint128 {
    uint64_t high, low;
};

struct rng {
    enum rng_kind kind;
    struct uint128 pcg_state, pcg_increment;
    bool has_half; /* PCG64: the upper half of 64 bits is left over */
    uint32_t half;
    uint32_t state[624];
    int position; /* MT19937, 0: not seeded yet; the first use takes a seed
                     from the system */
    bool has_gauss; /* the polar method makes two normals at a time */
    double gauss;
};

static inline bool rng_is_legacy(const struct rng *rng)
{
    return rng->kind == RNG_MT19937;
}

/* np.random.seed(SEED): 0 … 2**32-1 */
void rng_seed(struct rng *rng, uint32_t seed);

/* The reference's init_by_array(): KEY of COUNT numbers, at least one. */
void rng_seed_array(struct rng *rng, const uint32_t *key, int count);

/* np.random.default_rng(SEED): PCG64 from the words of a SeedSequence's
   entropy, the lowest of each number first. */
void rng_seed_pcg64(struct rng *rng, const uint32_t *entropy, int count);
void rng_seed_pcg64_from_system(struct rng *rng);

/* A new seed from the system; returned, so that it can be told. */
uint32_t rng_seed_from_system(struct rng *rng);

/* Bytes that nobody can foresee; while the calling thread's numbers are to be
   repeatable, from session_rng. */
void rng_entropy(uint32_t *words, int count);
void rng_set_repeatable(bool on);

uint32_t rng_uint32(struct rng *rng);
uint64_t rng_uint64(struct rng *rng);
double rng_double(struct rng *rng); /* [0, 1), 53 bits */
float rng_float(struct rng *rng);   /* PCG64: [0, 1), 24 bits */
uint64_t pcg64_next(struct rng *rng);

/* Mean 0, deviation 1; and mean 1: by the polar method and the logarithm from
   MT19937, by ziggurats from PCG64. */
double rng_gauss(struct rng *rng);
double rng_exponential(struct rng *rng);

/* 0 … MAX inclusive by masked rejection, as shuffles take it. */
uint64_t rng_masked_interval(struct rng *rng, uint64_t max);

/* The same, but for PCG64 by Lemire's product. */
uint64_t rng_interval(struct rng *rng, uint64_t max);

/* In place along axis 0 of TENSOR, as np.random.shuffle. */
bool rng_shuffle(struct rng *rng, struct tensor *tensor, struct error *err);

/* np.random.permutation(n): int64 vector. */
struct tensor *rng_permutation(struct rng *rng, int64_t n, struct error *err);

/* randint(low, high, size, dtype): LOW … LAST; uint64's as their bits. */
struct tensor *rng_integers(struct rng *rng, int64_t low, int64_t last,
                            enum dtype dtype, int ndim, const int64_t *shape,
                            struct error *err);

struct tensor *rng_uniform(struct rng *rng, double low, double high, int ndim,
                           const int64_t *shape, struct error *err);

/* The session's generator (np.random.…), seeded from the system at start. */
extern struct rng session_rng;

#endif
