/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The distributions, each a function of np.random and a method of the
 * generators of default_rng: written once, with what the example prints in
 * the one and in the other.
 */
#include "ops/families.h"
#include "ops/random.h"

static const struct param uniform_params[] = {{"low", PARAM_TENSOR, 0, "0.0"},
                                              {"high", PARAM_TENSOR, 0, "1.0"},
                                              {"size", PARAM_DIMS, 0, "None"},
                                              {NULL, 0, 0, NULL}};
static const struct param normal_params[] = {{"loc", PARAM_TENSOR, 0, "0.0"},
                                             {"scale", PARAM_TENSOR, 0, "1.0"},
                                             {"size", PARAM_DIMS, 0, "None"},
                                             {NULL, 0, 0, NULL}};
static const struct param lognormal_params[] = {
    {"mean", PARAM_TENSOR, 0, "0.0"},
    {"sigma", PARAM_TENSOR, 0, "1.0"},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param exponential_params[] = {
    {"scale", PARAM_TENSOR, 0, "1.0"},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param standard_gamma_params[] = {
    {"shape", PARAM_TENSOR, 0, NULL},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param gamma_params[] = {{"shape", PARAM_TENSOR, 0, NULL},
                                            {"scale", PARAM_TENSOR, 0, "1.0"},
                                            {"size", PARAM_DIMS, 0, "None"},
                                            {NULL, 0, 0, NULL}};
static const struct param chisquare_params[] = {{"df", PARAM_TENSOR, 0, NULL},
                                                {"size", PARAM_DIMS, 0, "None"},
                                                {NULL, 0, 0, NULL}};
static const struct param f_params[] = {{"dfnum", PARAM_TENSOR, 0, NULL},
                                        {"dfden", PARAM_TENSOR, 0, NULL},
                                        {"size", PARAM_DIMS, 0, "None"},
                                        {NULL, 0, 0, NULL}};
static const struct param standard_cauchy_params[] = {
    {"size", PARAM_DIMS, 0, "None"}, {NULL, 0, 0, NULL}};
static const struct param beta_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"b", PARAM_TENSOR, 0, NULL},
                                           {"size", PARAM_DIMS, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param pareto_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                             {"size", PARAM_DIMS, 0, "None"},
                                             {NULL, 0, 0, NULL}};
static const struct param triangular_params[] = {
    {"left", PARAM_TENSOR, 0, NULL},
    {"mode", PARAM_TENSOR, 0, NULL},
    {"right", PARAM_TENSOR, 0, NULL},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param binomial_params[] = {{"n", PARAM_TENSOR, 0, NULL},
                                               {"p", PARAM_TENSOR, 0, NULL},
                                               {"size", PARAM_DIMS, 0, "None"},
                                               {NULL, 0, 0, NULL}};
static const struct param poisson_params[] = {{"lam", PARAM_TENSOR, 0, "1.0"},
                                              {"size", PARAM_DIMS, 0, "None"},
                                              {NULL, 0, 0, NULL}};
static const struct param geometric_params[] = {{"p", PARAM_TENSOR, 0, NULL},
                                                {"size", PARAM_DIMS, 0, "None"},
                                                {NULL, 0, 0, NULL}};
static const struct param multinomial_params[] = {
    {"n", PARAM_TENSOR, 0, NULL},
    {"pvals", PARAM_TENSOR, 0, NULL},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param dirichlet_params[] = {
    {"alpha", PARAM_TENSOR, 0, NULL},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param multivariate_normal_params[] = {
    {"mean", PARAM_TENSOR, 0, NULL},
    {"cov", PARAM_TENSOR, 0, NULL},
    {"size", PARAM_DIMS, 0, "None"},
    {"check_valid", PARAM_STRING, 0, "'warn'"},
    {"tol", PARAM_FLOAT, 0, "1e-08"},
    {NULL, 0, 0, NULL}};
static const struct param noncentral_chisquare_params[] = {
    {"df", PARAM_TENSOR, 0, NULL},
    {"nonc", PARAM_TENSOR, 0, NULL},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param noncentral_f_params[] = {
    {"dfnum", PARAM_TENSOR, 0, NULL},
    {"dfden", PARAM_TENSOR, 0, NULL},
    {"nonc", PARAM_TENSOR, 0, NULL},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param wald_params[] = {{"mean", PARAM_TENSOR, 0, NULL},
                                           {"scale", PARAM_TENSOR, 0, NULL},
                                           {"size", PARAM_DIMS, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param vonmises_params[] = {{"mu", PARAM_TENSOR, 0, NULL},
                                               {"kappa", PARAM_TENSOR, 0, NULL},
                                               {"size", PARAM_DIMS, 0, "None"},
                                               {NULL, 0, 0, NULL}};
static const struct param hypergeometric_params[] = {
    {"ngood", PARAM_TENSOR, 0, NULL},
    {"nbad", PARAM_TENSOR, 0, NULL},
    {"nsample", PARAM_TENSOR, 0, NULL},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};

#define DISTRIBUTIONS(ROW)                                                     \
    ROW("uniform", uniform_params, random_distribution,                        \
        "Random numbers between low and high", "uniform(-1, 1, 2)",            \
        "array([0.09762701, 0.43037873])",                                     \
        "array([ 0.27392337, -0.46042657])", "rand")                           \
    ROW("normal", normal_params, random_distribution,                          \
        "Random numbers of the normal distribution with this mean and "        \
        "deviation",                                                           \
        "normal(10, 2, 2)", "array([13.52810469, 10.80031442])",               \
        "array([10.25146044,  9.73579027])", "standard_normal")                \
    ROW("lognormal", lognormal_params, random_distribution,                    \
        "Random numbers whose logarithm is normally distributed",              \
        "lognormal(0, 1, 2)", "array([5.83603919, 1.49205924])",               \
        "array([1.1339762, 0.8762491])", "normal")                             \
    ROW("exponential", exponential_params, random_distribution,                \
        "Waiting times between events that come at random, with this mean",    \
        "exponential(2, 2)", "array([1.59174902, 2.51186153])",                \
        "array([1.35986381, 2.0391942 ])", "poisson")                          \
    ROW("standard_gamma", standard_gamma_params, random_distribution,          \
        "Random numbers of the gamma distribution of scale 1",                 \
        "standard_gamma(2, 2)", "array([5.13882958, 2.23848091])",             \
        "array([1.83431007, 2.63769797])", "gamma")                            \
    ROW("gamma", gamma_params, random_distribution,                            \
        "Random numbers of the gamma distribution", "gamma(2, 3, 2)",          \
        "array([15.41648873,  6.71544274])",                                   \
        "array([5.5029302 , 7.91309392])", "exponential")                      \
    ROW("chisquare", chisquare_params, random_distribution,                    \
        "Sums of squares of df normal numbers", "chisquare(3, 2)",             \
        "array([8.59517635, 3.30891648])", "array([2.61561668, 4.00824511])",  \
        "normal")                                                              \
    ROW("f", f_params, random_distribution,                                    \
        "Ratios of two mean squares of normal numbers", "f(3, 10, 2)",         \
        "array([2.5646928 , 5.33009584])", "array([0.70410456, 0.279598  ])",  \
        "chisquare")                                                           \
    ROW("standard_t", chisquare_params, random_distribution,                   \
        "Random numbers of Student's t distribution", "standard_t(5, 2)",      \
        "array([ 1.66370595, -1.64009533])",                                   \
        "array([0.14135121, 0.13680213])", "normal")                           \
    ROW("standard_cauchy", standard_cauchy_params, random_distribution,        \
        "Ratios of two normal numbers", "standard_cauchy(2)",                  \
        "array([4.40839827, 0.43676244])",                                     \
        "array([-0.95174559,  6.10507088])", "standard_t")                     \
    ROW("beta", beta_params, random_distribution,                              \
        "Random numbers from 0 to 1 of the beta distribution",                 \
        "beta(2, 5, 2)", "array([0.47917138, 0.6550558 ])",                    \
        "array([0.22855553, 0.11648066])", "gamma")                            \
    ROW("laplace", normal_params, random_distribution,                         \
        "Random numbers of the Laplace (double exponential) distribution",     \
        "laplace(0, 1, 2)", "array([0.10272733, 0.56278358])",                 \
        "array([ 0.32009973, -0.6169764 ])", "exponential")                    \
    ROW("gumbel", normal_params, random_distribution,                          \
        "Random numbers of the Gumbel (extreme value) distribution",           \
        "gumbel(0, 1, 2)", "array([ 0.22831376, -0.22787694])",                \
        "array([-0.01315993,  1.15703001])", "logistic")                       \
    ROW("logistic", normal_params, random_distribution,                        \
        "Random numbers of the logistic distribution", "logistic(0, 1, 2)",    \
        "array([0.19587791, 0.92072284])",                                     \
        "array([ 0.56220114, -0.99570497])", "normal")                         \
    ROW("rayleigh", exponential_params, random_distribution,                   \
        "Lengths of vectors of two normal numbers", "rayleigh(1, 2)",          \
        "array([1.26164536, 1.58488534])", "array([1.16613199, 1.42800357])",  \
        "normal")                                                              \
    ROW("pareto", pareto_params, random_distribution,                          \
        "Random numbers of the Lomax distribution: Pareto's, less 1",          \
        "pareto(3, 2)", "array([0.30381098, 0.51989855])",                     \
        "array([0.25438319, 0.40475892])", "power")                            \
    ROW("weibull", pareto_params, random_distribution,                         \
        "Random numbers of the Weibull distribution of scale 1",               \
        "weibull(2, 2)", "array([0.89211799, 1.12068317])",                    \
        "array([0.82457983, 1.00975101])", "exponential")                      \
    ROW("power", pareto_params, random_distribution,                           \
        "Random numbers from 0 to 1 whose density is a power", "power(3, 2)",  \
        "array([0.81873168, 0.89428034])", "array([0.79016527, 0.86144149])",  \
        "pareto")                                                              \
    ROW("triangular", triangular_params, random_distribution,                  \
        "Random numbers of the triangle with these corners",                   \
        "triangular(0, 1, 4, 2)", "array([1.67314849, 2.15129029])",           \
        "array([1.91278661, 1.03983794])", "uniform")                          \
    ROW("binomial", binomial_params, random_distribution,                      \
        "How many of n tries succeed, each with probability p",                \
        "binomial(10, 0.5, 3)", "array([5, 6, 5])", "array([6, 4, 2])",        \
        "multinomial poisson")                                                 \
    ROW("negative_binomial", binomial_params, random_distribution,             \
        "How many tries fail before n have succeeded",                         \
        "negative_binomial(3, 0.5, 3)", "array([11,  0,  5])",                 \
        "array([0, 6, 1])", "binomial")                                        \
    ROW("poisson", poisson_params, random_distribution,                        \
        "How many events happen when lam are expected", "poisson(4, 3)",       \
        "array([6, 7, 1])", "array([2, 0, 7])", "exponential binomial")        \
    ROW("geometric", geometric_params, random_distribution,                    \
        "How many tries it takes to succeed with probability p",               \
        "geometric(0.35, 3)", "array([2, 3, 3])", "array([3, 1, 1])",          \
        "binomial")                                                            \
    ROW("multinomial", multinomial_params, random_multinomial,                 \
        "How many of n tries end in each of the outcomes of these "            \
        "probabilities",                                                       \
        "multinomial(10, [0.2, 0.3, 0.5])", "array([2, 4, 4])",                \
        "array([2, 2, 6])", "binomial")                                        \
    ROW("dirichlet", dirichlet_params, random_dirichlet,                       \
        "Random parts that add up to 1", "dirichlet([1, 2, 3])",               \
        "array([0.08199567, 0.29043792, 0.62756641])",                         \
        "array([0.13535118, 0.29897115, 0.56567768])", "gamma")                \
    ROW("multivariate_normal", multivariate_normal_params,                     \
        random_multivariate_normal,                                            \
        "Vectors of normal numbers with this mean and covariance",             \
        "multivariate_normal([0, 5], [[1, 0.5], [0.5, 2]], 2)",                \
        "array([[1.33210702, 7.28488654],\n"                                   \
        "       [2.39994231, 5.57975929]])",                                   \
        "array([[-0.0371969 ,  5.21758644],\n"                                 \
        "       [ 0.45039536,  5.84326414]])",                                 \
        "normal")                                                              \
    ROW("noncentral_chisquare", noncentral_chisquare_params,                   \
        random_distribution,                                                   \
        "Sums of squares of df normal numbers, one of which is moved off "     \
        "zero",                                                                \
        "noncentral_chisquare(3, 2, 2)", "array([ 6.23924552, 10.37824663])",  \
        "array([3.00366652, 2.3473197 ])", "chisquare")                        \
    ROW("noncentral_f", noncentral_f_params, random_distribution,              \
        "Ratios of a noncentral and a plain mean square of normal numbers",    \
        "noncentral_f(3, 10, 2, 2)", "array([1.16979172, 0.2301354 ])",        \
        "array([0.8085647 , 0.87659605])", "f")                                \
    ROW("wald", wald_params, random_distribution,                              \
        "Random numbers of the Wald (inverse Gaussian) distribution",          \
        "wald(3, 2, 2)", "array([0.46052439, 1.84651223])",                    \
        "array([2.57223863, 1.39526977])", "normal")                           \
    ROW("vonmises", vonmises_params, random_distribution,                      \
        "Random angles around mu, from -pi to pi", "vonmises(0, 4, 2)",        \
        "array([0.5664411 , 0.55977779])",                                     \
        "array([-0.74207299,  0.01295832])", "normal")                         \
    ROW("zipf", pareto_params, random_distribution,                            \
        "Random ranks, each as frequent as a power of it", "zipf(2, 3)",       \
        "array([2, 2, 1])", "array([2, 1, 2])", "pareto")                      \
    ROW("logseries", geometric_params, random_distribution,                    \
        "Random counts of the logarithmic series", "logseries(0.6, 3)",        \
        "array([1, 1, 1])", "array([1, 1, 7])", "poisson")                     \
    ROW("hypergeometric", hypergeometric_params, random_distribution,          \
        "How many of the balls drawn from an urn are good",                    \
        "hypergeometric(10, 5, 6, 3)", "array([4, 3, 4])", "array([3, 3, 4])", \
        "binomial")

#define FUNCTION_ROW(NAME, PARAMS, FORWARD, DOC, CALL, OLD, NEW, SEE) \
    {NAME,                                                            \
     NULL,                                                            \
     "np.random",                                                     \
     OP_FUNCTION,                                                     \
     PARAMS,                                                          \
     FORWARD,                                                         \
     NULL,                                                            \
     NULL,                                                            \
     DOC,                                                             \
     NULL,                                                            \
     ">>> np.random.seed(0)\n>>> np.random." CALL "\n" OLD,           \
     SEE},
#define METHOD_ROW(NAME, PARAMS, FORWARD, DOC, CALL, OLD, NEW, SEE) \
    {NAME,                                                          \
     NULL,                                                          \
     "rng",                                                         \
     OP_GENERATOR,                                                  \
     PARAMS,                                                        \
     FORWARD,                                                       \
     NULL,                                                          \
     NULL,                                                          \
     DOC,                                                           \
     NULL,                                                          \
     ">>> rng = np.random.default_rng(0)\n>>> rng." CALL "\n" NEW,  \
     SEE},

const struct op distribution_ops[] = {
    DISTRIBUTIONS(FUNCTION_ROW){
        "standard_exponential", NULL, "np.random", OP_FUNCTION,
        standard_cauchy_params, random_distribution, NULL, NULL,
        "Waiting times between events that come at random, with mean 1", NULL,
        ">>> np.random.seed(0)\n"
        ">>> np.random.standard_exponential(2)\n"
        "array([0.79587451, 1.25593076])",
        "exponential"},
    {.name = NULL},
};

const struct op generator_distribution_ops[] = {
    DISTRIBUTIONS(METHOD_ROW){.name = NULL},
};
