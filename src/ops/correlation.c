/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Convolution, correlation, covariance. */
#include <math.h>
#include <string.h>

#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "tensor/calculus.h"

static const struct param convolve_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"v", PARAM_TENSOR, 0, NULL},
    {"mode", PARAM_STRING, 0, "'full'"},
    {NULL, 0, 0, NULL}};
static const struct param correlate_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"v", PARAM_TENSOR, 0, NULL},
    {"mode", PARAM_STRING, 0, "'valid'"},
    {NULL, 0, 0, NULL}};
static const struct param cov_params[] = {
    {"m", PARAM_TENSOR, 0, NULL},
    {"y", PARAM_TENSOR, 0, "None"},
    {"rowvar", PARAM_BOOL, 0, "True"},
    {"bias", PARAM_BOOL, 0, "False"},
    {"ddof", PARAM_FLOAT, 0, "None"},
    {"fweights", PARAM_TENSOR, 0, "None"},
    {"aweights", PARAM_TENSOR, 0, "None"},
    {"dtype", PARAM_DTYPE, PARAM_KEYWORD_ONLY, "None"},
    {NULL, 0, 0, NULL}};
static const struct param corrcoef_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"y", PARAM_TENSOR, 0, "None"},
    {"rowvar", PARAM_BOOL, 0, "True"},
    {"dtype", PARAM_DTYPE, PARAM_KEYWORD_ONLY, "None"},
    {NULL, 0, 0, NULL}};

/* "" is the function's own default, FALLBACK. */
static bool find_mode(const char *name, enum correlate_mode fallback,
                      enum correlate_mode *ret, struct error *err)
{
    static const char *const names[] = {"valid", "same", "full"};

    *ret = fallback;
    if (!*name)
        return true;
    for (int i = 0; i < 3; i++) {
        if (!strcmp(name, names[i])) {
            *ret = (enum correlate_mode)i;
            return true;
        }
    }
    return error_set(err, ERROR_VALUE,
                     "mode must be one of 'valid', 'same', or 'full' (got "
                     "'%s')",
                     name);
}

static bool convolve_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    enum correlate_mode mode = CORRELATE_FULL;

    (void)op;
    return find_mode(args[2].string, CORRELATE_FULL, &mode, err) &&
           op_return_array(
               ret, tensor_convolve(args[0].tensor, args[1].tensor, mode, err));
}

static bool correlate_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    enum correlate_mode mode = CORRELATE_VALID;

    (void)op;
    return find_mode(args[2].string, CORRELATE_VALID, &mode, err) &&
           op_return_array(ret, tensor_correlate(args[0].tensor, args[1].tensor,
                                                 mode, err));
}

/* What is wrong with the data is warned of even where the call fails. */
static bool return_remarked(struct op_result *ret, struct tensor *result,
                            const struct cov_remarks *remarks)
{
    bool done = op_return_array(ret, result);

    if (remarks->no_freedom)
        ret->warning = "RuntimeWarning: Degrees of freedom <= 0 for slice";
    if (remarks->no_observations)
        ret->second_warning = "RuntimeWarning: Mean of empty slice.";
    return done;
}

static bool cov_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct cov_options options = {
        .variables_in_columns = !args[2].flag,
        .ddof = args[4].given ? args[4].number : !args[3].flag,
        .frequencies = args[5].given ? args[5].tensor : NULL,
        .weights = args[6].given ? args[6].tensor : NULL,
        .dtype = dtype_or(&args[7], DTYPE_COUNT)};
    struct cov_remarks remarks;

    (void)op;
    if (options.ddof != floor(options.ddof))
        return error_set(err, ERROR_VALUE, "ddof must be integer");
    struct tensor *result =
        tensor_cov(args[0].tensor, args[1].given ? args[1].tensor : NULL,
                   &options, &remarks, err);
    return return_remarked(ret, result, &remarks);
}

static bool corrcoef_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct cov_options options = {.variables_in_columns = !args[2].flag,
                                  .ddof = 1,
                                  .dtype = dtype_or(&args[3], DTYPE_COUNT)};
    struct cov_remarks remarks;

    (void)op;
    struct tensor *result =
        tensor_corrcoef(args[0].tensor, args[1].given ? args[1].tensor : NULL,
                        &options, &remarks, err);
    bool done = return_remarked(ret, result, &remarks);
    if (done)
        ret->form = RESULT_TENSOR; /* a lone one is a number */
    return done;
}

const struct op correlation_ops[] = {
    {"convolve", NULL, "np", OP_FUNCTION, convolve_params, convolve_forward,
     convolve_vjp, NULL, "The convolution of two vectors",
     "mode is 'full' (every overlap), 'same' (as long as the longer vector) or "
     "'valid' (complete overlaps only). It multiplies polynomials, too.",
     ">>> np.convolve([1, 2, 3], [0, 1, 0.5])\n"
     "array([0. , 1. , 2.5, 4. , 1.5])\n"
     ">>> np.convolve([1, 2, 3], [0, 1, 0.5], 'same')\n"
     "array([1. , 2.5, 4. ])",
     "correlate polymul"},
    {"correlate", NULL, "np", OP_FUNCTION, correlate_params, correlate_forward,
     correlate_vjp, NULL, "The sums of a times v at each shift of v", NULL,
     ">>> np.correlate([1, 2, 3], [0, 1, 0.5])\narray([3.5])\n"
     ">>> np.correlate([1, 2, 3], [0, 1, 0.5], 'full')\n"
     "array([0.5, 2. , 3.5, 3. , 0. ])",
     "convolve"},
    {"cov", NULL, "np", OP_FUNCTION, cov_params, cov_forward, cov_vjp, NULL,
     "The covariances of variables, each a row",
     "With rowvar=False each variable is a column. The sums of products are "
     "divided by their number less ddof, which is 1, or 0 with bias=True.",
     ">>> np.cov([[0, 1, 2], [2, 1, 0]])\n"
     "array([[ 1., -1.],\n       [-1.,  1.]])",
     "corrcoef var"},
    {"corrcoef", NULL, "np", OP_FUNCTION, corrcoef_params, corrcoef_forward,
     corrcoef_vjp, NULL, "The correlation coefficients of variables, each a row", NULL,
     ">>> np.corrcoef([0, 1, 2], [4, 2, 0])\n"
     "array([[ 1., -1.],\n       [-1.,  1.]])",
     "cov"},
    {.name = NULL},
};
