/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One row at a time, for REAL float or double: neural.c includes this twice.
 * NAME(x) makes the names, F(x) those of the C library.
 */

static void NAME(softmax)(int64_t n, const REAL *x, REAL *y)
{
    REAL largest = -(REAL)INFINITY, sum = 0;
    for (int64_t i = 0; i < n; i++)
        largest = x[i] > largest ? x[i] : largest;
    for (int64_t i = 0; i < n; i++) {
        y[i] = F(exp)(x[i] - largest);
        sum += y[i];
    }
    for (int64_t i = 0; i < n; i++)
        y[i] /= sum;
}

static void NAME(softmax_gradient)(int64_t n, const REAL *y, const REAL *g,
                                   REAL *ret)
{
    REAL mean = 0;
    for (int64_t i = 0; i < n; i++)
        mean += y[i] * g[i];
    for (int64_t i = 0; i < n; i++)
        ret[i] = y[i] * (g[i] - mean);
}

/* log(sum(exp(x))) */
static REAL NAME(log_sum)(int64_t n, const REAL *x)
{
    REAL largest = -(REAL)INFINITY, sum = 0;
    for (int64_t i = 0; i < n; i++)
        largest = x[i] > largest ? x[i] : largest;
    if (F(fabs)(largest) == (REAL)INFINITY)
        return largest;
    for (int64_t i = 0; i < n; i++)
        sum += F(exp)(x[i] - largest);
    return largest + F(log)(sum);
}

static void NAME(log_softmax)(int64_t n, const REAL *x, REAL *y)
{
    REAL all = NAME(log_sum)(n, x);
    for (int64_t i = 0; i < n; i++)
        y[i] = x[i] - all;
}

static void NAME(log_softmax_gradient)(int64_t n, const REAL *y,
                                       const REAL *g, REAL *ret)
{
    REAL sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += g[i];
    for (int64_t i = 0; i < n; i++)
        ret[i] = g[i] - F(exp)(y[i]) * sum;
}

/* ---------------------------------------------------------- cross-entropies */

static double NAME(sum)(int64_t n, const REAL *x)
{
    double sum = 0.0;
    for (int64_t i = 0; i < n; i++)
        sum += (double)x[i];
    return sum;
}

static double NAME(crossentropy)(int64_t n, const REAL *y, const REAL *target,
                                 int64_t label)
{
    double loss = 0.0, sum = NAME(sum)(n, y);
    if (!target)
        return -log(crossentropy_clip((double)y[label] / sum));
    for (int64_t i = 0; i < n; i++)
        if (target[i] != 0)
            loss -= (double)target[i] *
                    log(crossentropy_clip((double)y[i] / sum));
    return loss;
}

/* d/dy_i of -sum_k t_k log(y_k / sum(y)) */
static void NAME(crossentropy_gradient)(int64_t n, const REAL *y,
                                        const REAL *target, int64_t label,
                                        REAL scale, REAL *ret)
{
    double sum = NAME(sum)(n, y);
    REAL all = (REAL)((target ? NAME(sum)(n, target) : 1.0) / sum);
    for (int64_t i = 0; i < n; i++)
        ret[i] = scale * all;
    if (!target) {
        ret[label] -=
            scale / (REAL)(sum * crossentropy_clip((double)y[label] / sum));
        return;
    }
    for (int64_t i = 0; i < n; i++)
        ret[i] -= scale * target[i] /
                  (REAL)(sum * crossentropy_clip((double)y[i] / sum));
}

/* sum(t) log(sum(exp(z))) - t z */
static double NAME(crossentropy_logits)(int64_t n, const REAL *z,
                                        const REAL *target, int64_t label)
{
    double loss = 0.0, all = (double)NAME(log_sum)(n, z);
    if (!target)
        return all - (double)z[label];
    for (int64_t i = 0; i < n; i++)
        if (target[i] != 0)
            loss += (double)target[i] * (all - (double)z[i]);
    return loss;
}

static void NAME(crossentropy_logits_gradient)(int64_t n, const REAL *z,
                                               const REAL *target,
                                               int64_t label, REAL scale,
                                               REAL *ret)
{
    REAL weight = target ? (REAL)NAME(sum)(n, target) : 1;
    NAME(softmax)(n, z, ret);
    for (int64_t i = 0; i < n; i++)
        ret[i] = scale * (weight * ret[i] -
                          (target ? target[i] : (REAL)(i == label)));
}

/* The mean of -t log(p) - (1 - t) log(1 - p), p or with logits from z. */
static double NAME(binary)(int64_t n, const REAL *y, const REAL *target,
                           bool logits)
{
    double loss = 0.0;
    for (int64_t i = 0; i < n; i++) {
        double t = (double)target[i], z = (double)y[i];
        if (logits) {
            loss += (z > 0 ? z : 0) - z * t + log1p(exp(-fabs(z)));
        } else {
            double p = crossentropy_clip(z);
            loss -= t * log(p) + (1 - t) * log(1 - p);
        }
    }
    return loss / (double)n;
}

static void NAME(binary_gradient)(int64_t n, const REAL *y, const REAL *target,
                                  bool logits, REAL scale, REAL *ret)
{
    double part = (double)scale / (double)n;
    for (int64_t i = 0; i < n; i++) {
        double t = (double)target[i], z = (double)y[i];
        double p = logits ? 1 / (1 + exp(-z)) : crossentropy_clip(z);
        ret[i] = (REAL)(part * (logits ? p - t : (p - t) / (p * (1 - p))));
    }
}
