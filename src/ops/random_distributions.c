/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The distributions, each a function of np.random and a method of the
 * generators of default_rng.
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

const struct op distribution_ops[] = {
    {"uniform", NULL, "np.random", OP_FUNCTION, uniform_params,
     random_distribution, NULL, NULL, "Random numbers between low and high",
     NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.uniform(-1, 1, 2)\n"
     "array([0.09762701, 0.43037873])",
     "rand"},
    {"normal", NULL, "np.random", OP_FUNCTION, normal_params,
     random_distribution, NULL, NULL,
     "Random numbers of the normal distribution with this mean and deviation",
     NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.normal(10, 2, 2)\n"
     "array([13.52810469, 10.80031442])",
     "standard_normal"},
    {"lognormal", NULL, "np.random", OP_FUNCTION, lognormal_params,
     random_distribution, NULL, NULL,
     "Random numbers whose logarithm is normally distributed", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.lognormal(0, 1, 2)\n"
     "array([5.83603919, 1.49205924])",
     "normal"},
    {"exponential", NULL, "np.random", OP_FUNCTION, exponential_params,
     random_distribution, NULL, NULL,
     "Waiting times between events that come at random, with this mean", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.exponential(2, 2)\n"
     "array([1.59174902, 2.51186153])",
     "poisson"},
    {"standard_gamma", NULL, "np.random", OP_FUNCTION, standard_gamma_params,
     random_distribution, NULL, NULL,
     "Random numbers of the gamma distribution of scale 1", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.standard_gamma(2, 2)\n"
     "array([5.13882958, 2.23848091])",
     "gamma"},
    {"gamma", NULL, "np.random", OP_FUNCTION, gamma_params, random_distribution,
     NULL, NULL, "Random numbers of the gamma distribution", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.gamma(2, 3, 2)\n"
     "array([15.41648873,  6.71544274])",
     "exponential"},
    {"chisquare", NULL, "np.random", OP_FUNCTION, chisquare_params,
     random_distribution, NULL, NULL, "Sums of squares of df normal numbers",
     NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.chisquare(3, 2)\n"
     "array([8.59517635, 3.30891648])",
     "normal"},
    {"f", NULL, "np.random", OP_FUNCTION, f_params, random_distribution, NULL,
     NULL, "Ratios of two mean squares of normal numbers", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.f(3, 10, 2)\n"
     "array([2.5646928 , 5.33009584])",
     "chisquare"},
    {"standard_t", NULL, "np.random", OP_FUNCTION, chisquare_params,
     random_distribution, NULL, NULL,
     "Random numbers of Student's t distribution", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.standard_t(5, 2)\n"
     "array([ 1.66370595, -1.64009533])",
     "normal"},
    {"standard_cauchy", NULL, "np.random", OP_FUNCTION, standard_cauchy_params,
     random_distribution, NULL, NULL, "Ratios of two normal numbers", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.standard_cauchy(2)\n"
     "array([4.40839827, 0.43676244])",
     "standard_t"},
    {"beta", NULL, "np.random", OP_FUNCTION, beta_params, random_distribution,
     NULL, NULL, "Random numbers from 0 to 1 of the beta distribution", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.beta(2, 5, 2)\n"
     "array([0.47917138, 0.6550558 ])",
     "gamma"},
    {"laplace", NULL, "np.random", OP_FUNCTION, normal_params,
     random_distribution, NULL, NULL,
     "Random numbers of the Laplace (double exponential) distribution", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.laplace(0, 1, 2)\n"
     "array([0.10272733, 0.56278358])",
     "exponential"},
    {"gumbel", NULL, "np.random", OP_FUNCTION, normal_params,
     random_distribution, NULL, NULL,
     "Random numbers of the Gumbel (extreme value) distribution", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.gumbel(0, 1, 2)\n"
     "array([ 0.22831376, -0.22787694])",
     "logistic"},
    {"logistic", NULL, "np.random", OP_FUNCTION, normal_params,
     random_distribution, NULL, NULL,
     "Random numbers of the logistic distribution", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.logistic(0, 1, 2)\n"
     "array([0.19587791, 0.92072284])",
     "normal"},
    {"rayleigh", NULL, "np.random", OP_FUNCTION, exponential_params,
     random_distribution, NULL, NULL,
     "Lengths of vectors of two normal numbers", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.rayleigh(1, 2)\n"
     "array([1.26164536, 1.58488534])",
     "normal"},
    {"pareto", NULL, "np.random", OP_FUNCTION, pareto_params,
     random_distribution, NULL, NULL,
     "Random numbers of the Lomax distribution: Pareto's, less 1", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.pareto(3, 2)\n"
     "array([0.30381098, 0.51989855])",
     "power"},
    {"weibull", NULL, "np.random", OP_FUNCTION, pareto_params,
     random_distribution, NULL, NULL,
     "Random numbers of the Weibull distribution of scale 1", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.weibull(2, 2)\n"
     "array([0.89211799, 1.12068317])",
     "exponential"},
    {"power", NULL, "np.random", OP_FUNCTION, pareto_params,
     random_distribution, NULL, NULL,
     "Random numbers from 0 to 1 whose density is a power", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.power(3, 2)\n"
     "array([0.81873168, 0.89428034])",
     "pareto"},
    {"triangular", NULL, "np.random", OP_FUNCTION, triangular_params,
     random_distribution, NULL, NULL,
     "Random numbers of the triangle with these corners", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.triangular(0, 1, 4, 2)\n"
     "array([1.67314849, 2.15129029])",
     "uniform"},
    {"binomial", NULL, "np.random", OP_FUNCTION, binomial_params,
     random_distribution, NULL, NULL,
     "How many of n tries succeed, each with probability p", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.binomial(10, 0.5, 3)\n"
     "array([5, 6, 5])",
     "multinomial poisson"},
    {"negative_binomial", NULL, "np.random", OP_FUNCTION, binomial_params,
     random_distribution, NULL, NULL,
     "How many tries fail before n have succeeded", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.negative_binomial(3, 0.5, 3)\n"
     "array([11,  0,  5])",
     "binomial"},
    {"poisson", NULL, "np.random", OP_FUNCTION, poisson_params,
     random_distribution, NULL, NULL,
     "How many events happen when lam are expected", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.poisson(4, 3)\n"
     "array([6, 7, 1])",
     "exponential binomial"},
    {"geometric", NULL, "np.random", OP_FUNCTION, geometric_params,
     random_distribution, NULL, NULL,
     "How many tries it takes to succeed with probability p", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.geometric(0.35, 3)\n"
     "array([2, 3, 3])",
     "binomial"},
    {"multinomial", NULL, "np.random", OP_FUNCTION, multinomial_params,
     random_multinomial, NULL, NULL,
     "How many of n tries end in each of the outcomes of these probabilities",
     NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.multinomial(10, [0.2, 0.3, 0.5])\n"
     "array([2, 4, 4])",
     "binomial"},
    {"dirichlet", NULL, "np.random", OP_FUNCTION, dirichlet_params,
     random_dirichlet, NULL, NULL, "Random parts that add up to 1", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.dirichlet([1, 2, 3])\n"
     "array([0.08199567, 0.29043792, 0.62756641])",
     "gamma"},
    {"standard_exponential", NULL, "np.random", OP_FUNCTION,
     standard_cauchy_params, random_distribution, NULL, NULL,
     "Waiting times between events that come at random, with mean 1", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.standard_exponential(2)\n"
     "array([0.79587451, 1.25593076])",
     "exponential"},
    {"multivariate_normal", NULL, "np.random", OP_FUNCTION,
     multivariate_normal_params, random_multivariate_normal, NULL, NULL,
     "Vectors of normal numbers with this mean and covariance", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.multivariate_normal([0, 5], [[1, 0.5], [0.5, 2]], 2)\n"
     "array([[1.33210702, 7.28488654],\n"
     "       [2.39994231, 5.57975929]])",
     "normal"},
    {.name = NULL},
};

const struct op generator_distribution_ops[] = {
    {"uniform", NULL, "rng", OP_GENERATOR, uniform_params, random_distribution,
     NULL, NULL, "Random numbers between low and high", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.uniform(-1, 1, 2)\n"
     "array([ 0.27392337, -0.46042657])",
     "rand"},
    {"normal", NULL, "rng", OP_GENERATOR, normal_params, random_distribution,
     NULL, NULL,
     "Random numbers of the normal distribution with this mean and deviation",
     NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.normal(10, 2, 2)\n"
     "array([10.25146044,  9.73579027])",
     "standard_normal"},
    {"lognormal", NULL, "rng", OP_GENERATOR, lognormal_params,
     random_distribution, NULL, NULL,
     "Random numbers whose logarithm is normally distributed", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.lognormal(0, 1, 2)\n"
     "array([1.1339762, 0.8762491])",
     "normal"},
    {"exponential", NULL, "rng", OP_GENERATOR, exponential_params,
     random_distribution, NULL, NULL,
     "Waiting times between events that come at random, with this mean", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.exponential(2, 2)\n"
     "array([1.35986381, 2.0391942 ])",
     "poisson"},
    {"standard_gamma", NULL, "rng", OP_GENERATOR, standard_gamma_params,
     random_distribution, NULL, NULL,
     "Random numbers of the gamma distribution of scale 1", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.standard_gamma(2, 2)\n"
     "array([1.83431007, 2.63769797])",
     "gamma"},
    {"gamma", NULL, "rng", OP_GENERATOR, gamma_params, random_distribution,
     NULL, NULL, "Random numbers of the gamma distribution", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.gamma(2, 3, 2)\n"
     "array([5.5029302 , 7.91309392])",
     "exponential"},
    {"chisquare", NULL, "rng", OP_GENERATOR, chisquare_params,
     random_distribution, NULL, NULL, "Sums of squares of df normal numbers",
     NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.chisquare(3, 2)\n"
     "array([2.61561668, 4.00824511])",
     "normal"},
    {"f", NULL, "rng", OP_GENERATOR, f_params, random_distribution, NULL, NULL,
     "Ratios of two mean squares of normal numbers", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.f(3, 10, 2)\n"
     "array([0.70410456, 0.279598  ])",
     "chisquare"},
    {"standard_t", NULL, "rng", OP_GENERATOR, chisquare_params,
     random_distribution, NULL, NULL,
     "Random numbers of Student's t distribution", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.standard_t(5, 2)\n"
     "array([0.14135121, 0.13680213])",
     "normal"},
    {"standard_cauchy", NULL, "rng", OP_GENERATOR, standard_cauchy_params,
     random_distribution, NULL, NULL, "Ratios of two normal numbers", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.standard_cauchy(2)\n"
     "array([-0.95174559,  6.10507088])",
     "standard_t"},
    {"beta", NULL, "rng", OP_GENERATOR, beta_params, random_distribution, NULL,
     NULL, "Random numbers from 0 to 1 of the beta distribution", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.beta(2, 5, 2)\n"
     "array([0.22855553, 0.11648066])",
     "gamma"},
    {"laplace", NULL, "rng", OP_GENERATOR, normal_params, random_distribution,
     NULL, NULL,
     "Random numbers of the Laplace (double exponential) distribution", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.laplace(0, 1, 2)\n"
     "array([ 0.32009973, -0.6169764 ])",
     "exponential"},
    {"gumbel", NULL, "rng", OP_GENERATOR, normal_params, random_distribution,
     NULL, NULL, "Random numbers of the Gumbel (extreme value) distribution",
     NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.gumbel(0, 1, 2)\n"
     "array([-0.01315993,  1.15703001])",
     "logistic"},
    {"logistic", NULL, "rng", OP_GENERATOR, normal_params, random_distribution,
     NULL, NULL, "Random numbers of the logistic distribution", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.logistic(0, 1, 2)\n"
     "array([ 0.56220114, -0.99570497])",
     "normal"},
    {"rayleigh", NULL, "rng", OP_GENERATOR, exponential_params,
     random_distribution, NULL, NULL,
     "Lengths of vectors of two normal numbers", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.rayleigh(1, 2)\n"
     "array([1.16613199, 1.42800357])",
     "normal"},
    {"pareto", NULL, "rng", OP_GENERATOR, pareto_params, random_distribution,
     NULL, NULL, "Random numbers of the Lomax distribution: Pareto's, less 1",
     NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.pareto(3, 2)\n"
     "array([0.25438319, 0.40475892])",
     "power"},
    {"weibull", NULL, "rng", OP_GENERATOR, pareto_params, random_distribution,
     NULL, NULL, "Random numbers of the Weibull distribution of scale 1", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.weibull(2, 2)\n"
     "array([0.82457983, 1.00975101])",
     "exponential"},
    {"power", NULL, "rng", OP_GENERATOR, pareto_params, random_distribution,
     NULL, NULL, "Random numbers from 0 to 1 whose density is a power", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.power(3, 2)\n"
     "array([0.79016527, 0.86144149])",
     "pareto"},
    {"triangular", NULL, "rng", OP_GENERATOR, triangular_params,
     random_distribution, NULL, NULL,
     "Random numbers of the triangle with these corners", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.triangular(0, 1, 4, 2)\n"
     "array([1.91278661, 1.03983794])",
     "uniform"},
    {"binomial", NULL, "rng", OP_GENERATOR, binomial_params,
     random_distribution, NULL, NULL,
     "How many of n tries succeed, each with probability p", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.binomial(10, 0.5, 3)\n"
     "array([6, 4, 2])",
     "multinomial poisson"},
    {"negative_binomial", NULL, "rng", OP_GENERATOR, binomial_params,
     random_distribution, NULL, NULL,
     "How many tries fail before n have succeeded", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.negative_binomial(3, 0.5, 3)\n"
     "array([0, 6, 1])",
     "binomial"},
    {"poisson", NULL, "rng", OP_GENERATOR, poisson_params, random_distribution,
     NULL, NULL, "How many events happen when lam are expected", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.poisson(4, 3)\n"
     "array([2, 0, 7])",
     "exponential binomial"},
    {"geometric", NULL, "rng", OP_GENERATOR, geometric_params,
     random_distribution, NULL, NULL,
     "How many tries it takes to succeed with probability p", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.geometric(0.35, 3)\n"
     "array([3, 1, 1])",
     "binomial"},
    {"multinomial", NULL, "rng", OP_GENERATOR, multinomial_params,
     random_multinomial, NULL, NULL,
     "How many of n tries end in each of the outcomes of these probabilities",
     NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.multinomial(10, [0.2, 0.3, 0.5])\n"
     "array([2, 2, 6])",
     "binomial"},
    {"dirichlet", NULL, "rng", OP_GENERATOR, dirichlet_params, random_dirichlet,
     NULL, NULL, "Random parts that add up to 1", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.dirichlet([1, 2, 3])\n"
     "array([0.13535118, 0.29897115, 0.56567768])",
     "gamma"},
    {"multivariate_normal", NULL, "rng", OP_GENERATOR,
     multivariate_normal_params, random_multivariate_normal, NULL, NULL,
     "Vectors of normal numbers with this mean and covariance", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.multivariate_normal([0, 5], [[1, 0.5], [0.5, 2]], 2)\n"
     "array([[-0.0371969 ,  5.21758644],\n"
     "       [ 0.45039536,  5.84326414]])",
     "normal"},
    {.name = NULL},
};
