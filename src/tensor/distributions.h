/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The distributions of np.random: numbers drawn one by one from a source, in
 * the order and to the bit as NumPy draws them.
 */
#ifndef TENSOR_DISTRIBUTIONS_H
#define TENSOR_DISTRIBUTIONS_H

#include "tensor/random.h"

enum { DISTRIBUTION_MAX_PARAMS = 3 };

/* What a parameter has to be. */
enum parameter_range {
    RANGE_ANY,
    RANGE_NON_NEGATIVE,
    RANGE_POSITIVE,
    RANGE_PROBABILITY,          /* 0 … 1 */
    RANGE_POSITIVE_PROBABILITY, /* over 0, at most 1 */
    RANGE_OLD_PROBABILITY,      /* the same, and 0 for the old generator */
    RANGE_PROPER_PROBABILITY,   /* 0 … 1 without 1 */
    RANGE_OVER_ONE,
    RANGE_POSITIVE_NUMBER, /* the new generator takes no NaN */
    RANGE_POISSON,         /* 0 … what an int64 can count */
    RANGE_COUNT,           /* a whole number from 0 */
    RANGE_SAMPLE           /* the same; from 1 for the old generator */
};

struct distribution {
    const char *name;
    double (*draw)(struct rng *rng, const double *parameters);
    int64_t (*count)(struct rng *rng, const double *parameters); /* or */
    int parameter_count;
    struct {
        const char *name;
        enum parameter_range range;
    } parameters[DISTRIBUTION_MAX_PARAMS];
};

/* Each ended by a NULL name. */
extern const struct distribution real_distributions[], discrete_distributions[];

/* NULL when there is none of that name. */
const struct distribution *distribution_find(const char *name);

/*
 * Draws a tensor of SHAPE, float64 or int64; the PARAMETERS (as many as the
 * distribution has) are broadcast to it.  SHAPE NULL: their common shape.
 * ValueError in NumPy's words for a parameter out of range or a SHAPE that is
 * not that of the parameters.
 */
struct tensor *distribution_draw(const struct distribution *distribution,
                                 struct rng *rng,
                                 struct tensor *const *parameters, int ndim,
                                 const int64_t *shape, struct error *err);

double draw_gamma(struct rng *rng, double shape);
/* log gamma(x), in the digits that the old generator compares with. */
double draw_log_gamma(double x);
int64_t draw_poisson(struct rng *rng, double mean);
int64_t draw_binomial(struct rng *rng, int64_t n, double p);
int64_t draw_geometric(struct rng *rng, double p);
int64_t draw_hypergeometric(struct rng *rng, int64_t good, int64_t bad,
                            int64_t sample);

#endif
