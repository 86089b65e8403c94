/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formulas of math_vector.c, for usual arguments only: no branch, no
 * table, nothing that raises a floating point event, so that loops over them
 * are vectorised.
 */
#ifndef TENSOR_MATH_FORMULAS_H
#define TENSOR_MATH_FORMULAS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#define FORMULA static inline __attribute__((always_inline))

FORMULA uint32_t bits_of_float(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

FORMULA float float_of_bits(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

FORMULA uint64_t bits_of_double(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

FORMULA double double_of_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* ---------------------------------------------------------------- float32 */

/*
 * Cody and Waite's reduction (Software Manual for the Elementary Functions,
 * 1980) and minimax quotients and polynomials.  The constants are those that
 * NumPy uses (numpy/core/src/umath/npy_simd_data.h, BSD licence): with other
 * ones of the same quality a third of all results would differ in the last
 * printed digit.
 */
FORMULA float exp_float(float x)
{
    float k = rintf(x * 1.442695040888963407359924681001892137f);
    float r = fmaf(k, -6.93145752e-1f, x);
    r = fmaf(k, -1.42860677e-6f, r);
    float p =
        fmaf(5.082762527590693718096e-04f, r, 6.757896990527504603057e-03f);
    p = fmaf(p, r, 5.114512081637298353406e-02f);
    p = fmaf(p, r, 2.473615434895520810817e-01f);
    p = fmaf(p, r, 7.257664613233124478488e-01f);
    p = fmaf(p, r, 9.999999999980870924916e-01f);
    float q =
        fmaf(2.159509375685829852307e-02f, r, -2.742335390411667452936e-01f);
    q = fmaf(q, r, 1.0f);
    return p / q * float_of_bits((uint32_t)((int32_t)k + 127) << 23);
}

FORMULA float log_float(float x)
{
    uint32_t bits = bits_of_float(x);
    float e = (float)((int32_t)(bits >> 23) - 126);
    float m = float_of_bits((bits & 0x7fffff) | 0x3f000000); /* 0.5 … 1 */
    int small = m <= 0.707106781186547524400844362104849039f;
    m = (small ? m + m : m) - 1;
    e = small ? e - 1 : e;
    float p =
        fmaf(2.589979117907922693523e-02f, m, 3.808837741388407920751e-01f);
    p = fmaf(p, m, 1.480000633576506585156e+00f);
    p = fmaf(p, m, 2.112677543073053063722e+00f);
    p = fmaf(p, m, 9.999999999999998702752e-01f) * m;
    float q =
        fmaf(5.875095403124574342950e-03f, m, 1.546476374983906719538e-01f);
    q = fmaf(q, m, 9.864942958519418960339e-01f);
    q = fmaf(q, m, 2.453006071784736363091e+00f);
    q = fmaf(q, m, 2.612677543073109236779e+00f);
    q = fmaf(q, m, 1.0f);
    return fmaf(e, 0.693147180559945309417232121458176568f, p / q);
}

/* The sine of x + TURNS quarter turns. */
FORMULA float sine_float(float x, int32_t turns)
{
    float k = rintf(x * 0x1.45f306p-1f) + 0.0f; /* not -0, for sin(-0) */
    float r = fmaf(k, -0x1.921fb0p+00f, x);
    r = fmaf(k, -0x1.5110b4p-22f, r);
    r = fmaf(k, -0x1.846988p-48f, r);
    float z = r * r;
    float c = fmaf(0x1.98e616p-16f, z, -0x1.6c06dcp-10f);
    c = fmaf(c, z, 0x1.55553cp-05f);
    c = fmaf(c, z, -0.5f);
    c = fmaf(c, z, 1.0f);
    float s = fmaf(0x1.7d3bbcp-19f, z, -0x1.a06bbap-13f);
    s = fmaf(s, z, 0x1.11119ap-07f);
    s = fmaf(s, z, -0x1.555556p-03f);
    s = fmaf(fmaf(s, z, 0.0f), r, r); /* + 0: -0 stays -0 */
    uint32_t quadrant = (uint32_t)((int32_t)k + turns);
    float result = quadrant & 1 ? c : s;
    return float_of_bits(bits_of_float(result) ^ (quadrant & 2) << 30);
}

/* ---------------------------------------------------------------- float64 */

/* Adding this leaves a small whole number in the low bits. */
static const double whole_in_bits = 0x1.8p52;

/* 2**k for whole k of normal size. */
FORMULA double power_of_two(double k)
{
    return double_of_bits((bits_of_double(k + whole_in_bits) + 1023) << 52);
}

/* Taylor's series of exp(r) - 1 - r, |r| <= log(2)/2; what is left out is
   below 2**-57 of exp(r). */
FORMULA double exp_rest(double r)
{
    double p = fma(r, 1.0 / 6227020800, 1.0 / 479001600);
    p = fma(p, r, 1.0 / 39916800);
    p = fma(p, r, 1.0 / 3628800);
    p = fma(p, r, 1.0 / 362880);
    p = fma(p, r, 1.0 / 40320);
    p = fma(p, r, 1.0 / 5040);
    p = fma(p, r, 1.0 / 720);
    p = fma(p, r, 1.0 / 120);
    p = fma(p, r, 1.0 / 24);
    p = fma(p, r, 1.0 / 6);
    p = fma(p, r, 1.0 / 2);
    return p * r * r;
}

/* x = k log 2 + r + tail; x - k * (the leading part of log 2) is exact, since
   it is a multiple of 2**-53 and less than one. */
FORMULA double exp_reduce(double x, double *k, double *tail)
{
    *k = rint(x * 0x1.71547652b82fep+0);
    double exact = fma(*k, -0x1.62e42fefa39efp-1, x);
    double low = *k * -0x1.abc9e3b39803fp-56;
    double r = exact + low;
    *tail = (exact - r) + low;
    return r;
}

FORMULA double exp_double(double x)
{
    double k, tail, r = exp_reduce(x, &k, &tail);
    double sum = 1 + r;
    double lost = (1 - sum) + r;
    return (sum + (lost + (tail + exp_rest(r)))) * power_of_two(k);
}

/* x = 2**e (1 + f) with 1 + f between the roots of 1/2 and 2. */
FORMULA double log_reduce(double x, double *e)
{
    uint64_t bits = bits_of_double(x);
    uint64_t above = bits - 0x3fe6a09e667f3bcd;
    uint64_t exponent = (uint64_t)((int64_t)above >> 52);
    *e = double_of_bits(exponent + bits_of_double(whole_in_bits)) -
         whole_in_bits;
    return double_of_bits(bits - (exponent << 52)) - 1;
}

/* The series of the inverse hyperbolic tangent from its third term on:
   2/7 + 2/9 z + 2/11 z**2 …; z < 0.03. */
FORMULA double atanh_rest(double z)
{
    double p = fma(z, 2.0 / 25, 2.0 / 23);
    p = fma(p, z, 2.0 / 21);
    p = fma(p, z, 2.0 / 19);
    p = fma(p, z, 2.0 / 17);
    p = fma(p, z, 2.0 / 15);
    p = fma(p, z, 2.0 / 13);
    p = fma(p, z, 2.0 / 11);
    p = fma(p, z, 2.0 / 9);
    return fma(p, z, 2.0 / 7);
}

/* log((1 + s) / (1 - s)) / s - 2, the series of the inverse hyperbolic
   tangent; |s| < 0.172. */
FORMULA double log_rest(double s)
{
    double z = s * s;
    double p = fma(atanh_rest(z), z, 2.0 / 5);
    return fma(p, z, 2.0 / 3) * z;
}

/* log(1+f) = f - f²/2 + s (f²/2 + rest), s = f/(2+f), as in FreeBSD's e_log.c;
   here what each rounding of the large terms loses is kept. */
FORMULA double log_double(double x)
{
    double e, f = log_reduce(x, &e), s = f / (2 + f);
    double half = 0.5 * f, square = half * f;
    double square_low = fma(half, f, -square);
    double main = f - square;
    double main_low = (f - main) - square;
    double high = e * 0x1.62e42fee00000p-1; /* exact */
    double sum = high + main;
    double sum_low = (high - sum) + main;
    double rest = fma(s, square + log_rest(s), main_low - square_low);
    return sum + (sum_low + fma(e, 0x1.a39ef35793c76p-33, rest));
}

/* The sine of x + TURNS quarter turns, |x| < 2**17: π/2 in three parts, and
   what the remainder r loses goes on in LOW. */
FORMULA double sine_double(double x, uint64_t turns)
{
    double k = rint(x * 0x1.45f306dc9c883p-1) + 0.0; /* not -0 */
    double exact = fma(k, -0x1.921fb54442d18p0, x);
    double second = k * 0x1.1a62633145c07p-54;
    double second_low = fma(k, 0x1.1a62633145c07p-54, -second);
    double r = exact - second;
    double part = r - exact;
    double low = (exact - (r - part)) - (second + part);
    low = low - second_low - k * -0x1.f1976b7ed8fbcp-110;
    double z = r * r, z_low = fma(r, r, -z);

    double s = fma(z, 1.0 / 355687428096000, -1.0 / 1307674368000);
    s = fma(s, z, 1.0 / 6227020800);
    s = fma(s, z, -1.0 / 39916800);
    s = fma(s, z, 1.0 / 362880);
    s = fma(s, z, -1.0 / 5040);
    s = fma(s, z, 1.0 / 120);
    s = fma(s, z, -1.0 / 6);
    double sine = r + fma(s * z, r, low * fma(z, -0.5, 1.0));
    sine = copysign(sine, r);

    double c = fma(z, 1.0 / 20922789888000, -1.0 / 87178291200);
    c = fma(c, z, 1.0 / 479001600);
    c = fma(c, z, -1.0 / 3628800);
    c = fma(c, z, 1.0 / 40320);
    c = fma(c, z, -1.0 / 720);
    c = fma(c, z, 1.0 / 24);
    double half = 0.5 * z, main = 1 - half;
    double main_low = ((1 - main) - half) - 0.5 * z_low - r * low;
    double cosine = main + fma(c * z, z, main_low);

    uint64_t quadrant = bits_of_double(k + whole_in_bits) + turns;
    double result = quadrant & 1 ? cosine : sine;
    return double_of_bits(bits_of_double(result) ^ (quadrant & 2) << 62);
}

/* (exp(2a) - 1) / (exp(2a) + 1), with the sign of x. */
FORMULA double tanh_double(double x)
{
    double a = fabs(x);
    a = a > 22 ? 22 : a; /* it is 1 from there on */
    double k, tail, r = exp_reduce(2 * a, &k, &tail);
    double scale = power_of_two(k);
    double whole = scale - 1, part = scale * r; /* whole is 0 or larger */
    double sum = whole + part;
    double sum_low = (whole - sum) + part + scale * (tail + exp_rest(r));
    double above = sum + sum_low;
    double above_low = (sum - above) + sum_low;
    double below = above + 2;
    double swapped = below - above;
    double below_low = (above - (below - swapped)) + (2 - swapped) + above_low;
    double inverse = 1 / below, y = above * inverse;
    double left = fma(-y, below, above) + (above_low - y * below_low);
    return copysign(fma(left, inverse, y), x);
}

/* log x to 65 bits, *LOW after the result's; x is positive. */
FORMULA double log_double_double(double x, double *low)
{
    const double third = 2.0 / 3, third_low = 0x1.5555555555555p-55;
    double e, f = log_reduce(x, &e);
    double below = 2 + f, below_low = f - (below - 2);
    double inverse = 1 / below, s = f * inverse;
    double s_low = (fma(-s, below, f) - s * below_low) * inverse;
    double z = s * s, z_low = fma(s, s, -z) + 2 * s * s_low;
    double t = z * (2.0 / 5 + z * atanh_rest(z));
    double c = third + t, c_low = (third - c) + t + third_low;
    double w = s * z, w_low = fma(s, z, -w) + (s * z_low + s_low * z);
    double v = w * c, v_low = fma(w, c, -v) + (w * c_low + w_low * c);
    double whole = e * 0x1.62e42fefa3800p-1; /* exact: log 2 in 42 bits */
    double sum = whole + 2 * s, sum_low = (whole - sum) + 2 * s;
    double h = sum + v;
    double l = ((sum - h) + v) + (sum_low + (2 * s_low + v_low) +
                                  e * 0x1.ef35793c76730p-45);
    double log_x = h + l;
    *low = (h - log_x) + l;
    return log_x;
}

/* exp(y log x); x is positive and the result normal. */
FORMULA double power_double(double x, double y)
{
    double low, log_x = log_double_double(x, &low);
    double p = y * log_x, p_low = fma(y, log_x, -p) + y * low;
    double k, tail, r = exp_reduce(p, &k, &tail);
    double sum = 1 + r, lost = (1 - sum) + r, rest = exp_rest(r);
    tail = fma(tail + p_low, r + rest, tail + p_low);
    return (sum + (lost + (tail + rest))) * power_of_two(k);
}

/* ----------------------------------- float64 for results in float32 */

/* exp(r) - 1 to 32 bits. */
FORMULA double exp_short(double r)
{
    double p = fma(r, 1.0 / 40320, 1.0 / 5040);
    p = fma(p, r, 1.0 / 720);
    p = fma(p, r, 1.0 / 120);
    p = fma(p, r, 1.0 / 24);
    p = fma(p, r, 1.0 / 6);
    p = fma(p, r, 1.0 / 2);
    return fma(p * r, r, r);
}

FORMULA double reduce_short(double x, double *k)
{
    *k = rint(x * 0x1.71547652b82fep+0);
    return fma(*k, -0x1.62e42fefa39efp-1, x);
}

FORMULA double tanh_short(double x)
{
    double a = fabs(x);
    a = a > 22 ? 22 : a;
    double k, r = reduce_short(2 * a, &k), scale = power_of_two(k);
    double above = fma(scale, exp_short(r), scale - 1);
    return copysign(above / (above + 2), x);
}

/* exp(y log x); x is positive. */
FORMULA double power_short(double x, double y)
{
    double e, f = log_reduce(x, &e), s = f / (2 + f), z = s * s;
    double p = fma(z, 2.0 / 15, 2.0 / 13);
    p = fma(p, z, 2.0 / 11);
    p = fma(p, z, 2.0 / 9);
    p = fma(p, z, 2.0 / 7);
    p = fma(p, z, 2.0 / 5);
    p = fma(p, z, 2.0 / 3);
    double log_x = fma(e, 0x1.62e42fefa39efp-1, fma(p * z, s, 2 * s));
    double k, r = reduce_short(y * log_x, &k);
    return fma(exp_short(r), power_of_two(k), power_of_two(k));
}

#endif
