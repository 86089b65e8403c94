/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), with
 * the authors' two ways of seeding, and whole numbers in a range from it and
 * from PCG64: D. Lemire, "Fast Random Integer Generation in an Interval", ACM
 * TOMACS 29 (2019).
 */
#include "tensor/random.h"

#include "tensor/ziggurat.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum { N = 624, M = 397 };

struct rng session_rng;

void rng_seed(struct rng *rng, uint32_t seed)
{
    for (uint32_t i = 0; i < N; i++) {
        rng->state[i] = seed;
        seed = 1812433253u * (seed ^ (seed >> 30)) + i + 1;
    }
    rng->kind = RNG_MT19937;
    rng->position = N;
    rng->has_gauss = false;
    rng->gauss = 0;
}

void rng_seed_array(struct rng *rng, const uint32_t *key, int count)
{
    uint32_t *state = rng->state;
    int i = 1, j = 0;

    rng_seed(rng, 19650218u);
    for (int k = N > count ? N : count; k; k--) {
        uint32_t before = state[i - 1] ^ (state[i - 1] >> 30);
        state[i] = (state[i] ^ before * 1664525u) + key[j] + (uint32_t)j;
        j = (j + 1) % count;
        if (++i == N) {
            state[0] = state[N - 1];
            i = 1;
        }
    }
    for (int k = N - 1; k; k--) {
        uint32_t before = state[i - 1] ^ (state[i - 1] >> 30);
        state[i] = (state[i] ^ before * 1566083941u) - (uint32_t)i;
        if (++i == N) {
            state[0] = state[N - 1];
            i = 1;
        }
    }
    state[0] = 0x80000000u;
}

static _Thread_local bool is_repeatable;

void rng_set_repeatable(bool on)
{
    is_repeatable = on;
}

void rng_entropy(uint32_t *words, int count)
{
    size_t size = (size_t)count * sizeof *words;
    bool known = is_repeatable && session_rng.position;

    for (int i = 0; known && i < count; i++)
        words[i] = rng_uint32(&session_rng);
    if (known || getrandom(words, size, 0) == (ssize_t)size)
        return;
    memset(words, 0, size);
    words[0] = (uint32_t)time(NULL);
}

uint32_t rng_seed_from_system(struct rng *rng)
{
    uint32_t seed;

    rng_entropy(&seed, 1);
    rng_seed(rng, seed);
    return seed;
}

static uint32_t twist(uint32_t high, uint32_t low)
{
    uint32_t mixed = (high & 0x80000000u) | (low & 0x7fffffffu);
    return (mixed >> 1) ^ (low & 1 ? 0x9908b0dfu : 0);
}

static void generate(struct rng *rng)
{
    uint32_t *state = rng->state;

    for (int i = 0; i < N; i++)
        state[i] = state[(i + M) % N] ^ twist(state[i], state[(i + 1) % N]);
    rng->position = 0;
}

/* The lower half of 64 bits first. */
static uint32_t pcg64_half(struct rng *rng)
{
    rng->has_half = !rng->has_half;
    if (!rng->has_half)
        return rng->half;
    uint64_t both = pcg64_next(rng);
    rng->half = (uint32_t)(both >> 32);
    return (uint32_t)both;
}

uint32_t rng_uint32(struct rng *rng)
{
    if (rng->kind == RNG_PCG64)
        return pcg64_half(rng);
    if (rng->position == 0)
        rng_seed_from_system(rng);
    if (rng->position == N)
        generate(rng);
    uint32_t y = rng->state[rng->position++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

uint64_t rng_uint64(struct rng *rng)
{
    if (rng->kind == RNG_PCG64)
        return pcg64_next(rng);
    uint64_t high = rng_uint32(rng);
    return high << 32 | rng_uint32(rng);
}

double rng_double(struct rng *rng)
{
    if (rng->kind == RNG_PCG64)
        return (double)(pcg64_next(rng) >> 11) * 0x1p-53;
    uint32_t a = rng_uint32(rng) >> 5, b = rng_uint32(rng) >> 6;
    return (a * 67108864.0 + b) / 9007199254740992.0;
}

float rng_float(struct rng *rng)
{
    return (float)(rng_uint32(rng) >> 8) * 0x1p-24f;
}

double rng_exponential(struct rng *rng)
{
    if (rng->kind == RNG_PCG64)
        return ziggurat_exponential(rng);
    return -log(1.0 - rng_double(rng));
}

/* Marsaglia's polar method. */
double rng_gauss(struct rng *rng)
{
    double x, y, r2;

    if (rng->kind == RNG_PCG64)
        return ziggurat_normal(rng);
    if (rng->has_gauss) {
        rng->has_gauss = false;
        return rng->gauss;
    }
    do {
        x = 2.0 * rng_double(rng) - 1.0;
        y = 2.0 * rng_double(rng) - 1.0;
        r2 = x * x + y * y;
    } while (r2 >= 1.0 || r2 == 0.0);
    double f = sqrt(-2.0 * log(r2) / r2);
    rng->gauss = f * x;
    rng->has_gauss = true;
    return f * y;
}

/* All bits up to MAX's highest one. */
static uint64_t mask_of(uint64_t max)
{
    return max ? UINT64_MAX >> __builtin_clzll(max) : 0;
}

/* The upper 32 bits of a product; those at the lower end of an uneven share
   are drawn again. */
static uint32_t lemire32(struct rng *rng, uint32_t max)
{
    uint64_t range = (uint64_t)max + 1;
    uint64_t product = rng_uint32(rng) * range;

    if ((uint32_t)product < range) {
        uint32_t uneven = (uint32_t)((UINT32_MAX - max) % range);
        while ((uint32_t)product < uneven)
            product = rng_uint32(rng) * range;
    }
    return (uint32_t)(product >> 32);
}

static uint64_t lemire64(struct rng *rng, uint64_t max)
{
    __extension__ typedef unsigned __int128 wide;
    uint64_t range = max + 1;
    wide product = (wide)rng_uint64(rng) * range;

    if ((uint64_t)product < range) {
        uint64_t uneven = (UINT64_MAX - max) % range;
        while ((uint64_t)product < uneven)
            product = (wide)rng_uint64(rng) * range;
    }
    return (uint64_t)(product >> 64);
}

uint64_t rng_masked_interval(struct rng *rng, uint64_t max)
{
    uint64_t mask = mask_of(max), value;

    if (max == 0)
        return 0;
    do
        value = (max <= UINT32_MAX ? rng_uint32(rng) : rng_uint64(rng)) & mask;
    while (value > max);
    return value;
}

uint64_t rng_interval(struct rng *rng, uint64_t max)
{
    if (max == 0)
        return 0;
    if (max == UINT32_MAX)
        return rng_uint32(rng);
    if (max == UINT64_MAX)
        return rng_uint64(rng);
    if (rng->kind == RNG_MT19937)
        return rng_masked_interval(rng, max);
    return max < UINT32_MAX ? lemire32(rng, (uint32_t)max) : lemire64(rng, max);
}

/* Types below 32 bits take their numbers from one uint32 after the other,
   lowest part first. */
struct bits {
    uint32_t buffer;
    int left;
    int width;
};

static uint32_t next_bits(struct rng *rng, struct bits *bits)
{
    if (bits->left == 0) {
        bits->buffer = rng_uint32(rng);
        bits->left = 32 / bits->width;
    } else {
        bits->buffer >>= bits->width;
    }
    bits->left--;
    return bits->buffer & ((1u << bits->width) - 1);
}

static uint32_t narrow_masked(struct rng *rng, struct bits *bits, uint32_t max)
{
    uint32_t mask = (uint32_t)mask_of(max), value;

    do
        value = next_bits(rng, bits) & mask;
    while (value > max);
    return value;
}

static uint32_t narrow_lemire(struct rng *rng, struct bits *bits, uint32_t max)
{
    uint32_t range = max + 1, all = (1u << bits->width) - 1;
    uint32_t product = next_bits(rng, bits) * range;

    if ((product & all) < range) {
        uint32_t uneven = (all - max) % range;
        while ((product & all) < uneven)
            product = next_bits(rng, bits) * range;
    }
    return product >> bits->width;
}

static uint64_t narrow_interval(struct rng *rng, struct bits *bits,
                                uint32_t max)
{
    if (max == 0)
        return 0;
    if (max == (1u << bits->width) - 1)
        return next_bits(rng, bits);
    return rng->kind == RNG_MT19937 ? narrow_masked(rng, bits, max)
                                    : narrow_lemire(rng, bits, max);
}

struct tensor *rng_integers(struct rng *rng, int64_t low, int64_t last,
                            enum dtype dtype, int ndim, const int64_t *shape,
                            struct error *err)
{
    struct tensor *result = tensor_new(dtype, ndim, shape, err);
    uint64_t max = (uint64_t)last - (uint64_t)low;
    int size = (int)dtype_size(dtype);
    struct bits bits = {0, 0, dtype == DTYPE_BOOL ? 1 : 8 * size};

    for (int64_t i = 0; result && i < result->size; i++) {
        uint64_t value = bits.width < 32
                             ? narrow_interval(rng, &bits, (uint32_t)max)
                             : rng_interval(rng, max);
        scalar_store(scalar_from_int((int64_t)((uint64_t)low + value)), dtype,
                     result->data + i * size);
    }
    return result;
}

static void swap_bytes(char *a, char *b, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char byte = a[i];
        a[i] = b[i];
        b[i] = byte;
    }
}

static bool swap_rows(struct tensor *tensor, int64_t i, int64_t j,
                      struct error *err)
{
    struct tensor *a =
        tensor_view(tensor, tensor->ndim - 1, tensor->shape + 1,
                    tensor->strides + 1, tensor->data + i * tensor->strides[0]);
    struct tensor *b =
        tensor_view(tensor, tensor->ndim - 1, tensor->shape + 1,
                    tensor->strides + 1, tensor->data + j * tensor->strides[0]);
    struct tensor *saved = tensor_copy(a, err);
    bool done =
        saved && tensor_assign(a, b, err) && tensor_assign(b, saved, err);

    tensor_unref(a);
    tensor_unref(b);
    tensor_unref(saved);
    return done;
}

bool rng_shuffle(struct rng *rng, struct tensor *tensor, struct error *err)
{
    if (tensor->ndim == 0)
        return error_set(err, ERROR_TYPE,
                         "x must be an integer or at least "
                         "1-dimensional");
    if (tensor->readonly)
        return error_set(err, ERROR_VALUE, "array is read-only");
    for (int64_t i = tensor->shape[0] - 1; i > 0; i--) {
        int64_t j = (int64_t)rng_masked_interval(rng, (uint64_t)i);
        if (i == j)
            continue;
        if (tensor->ndim == 1)
            swap_bytes(tensor->data + i * tensor->strides[0],
                       tensor->data + j * tensor->strides[0],
                       dtype_size(tensor->dtype));
        else if (!swap_rows(tensor, i, j, err))
            return false;
    }
    return true;
}

struct tensor *rng_permutation(struct rng *rng, int64_t n, struct error *err)
{
    struct tensor *result = tensor_new(DTYPE_INT64, 1, &n, err);

    if (!result)
        return NULL;
    for (int64_t i = 0; i < n; i++)
        ((int64_t *)result->data)[i] = i;
    if (!rng_shuffle(rng, result, err)) {
        tensor_unref(result);
        return NULL;
    }
    return result;
}

struct tensor *rng_uniform(struct rng *rng, double low, double high, int ndim,
                           const int64_t *shape, struct error *err)
{
    struct tensor *result = tensor_new(DTYPE_FLOAT64, ndim, shape, err);

    for (int64_t i = 0; result && i < result->size; i++)
        ((double *)result->data)[i] = low + (high - low) * rng_double(rng);
    return result;
}
