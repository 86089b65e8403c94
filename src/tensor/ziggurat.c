/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/ziggurat.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "tensor/ziggurat_tables.h"

/* Where the tail begins. */
#define NORMAL_END 3.6541528853610087963519472518
#define EXPONENTIAL_END 7.69711747013104971404462804811

static double from_bits(uint64_t bits)
{
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* Is a point at X in strip I, at a height drawn evenly, under DENSITY? */
static bool is_under(const uint64_t *heights, unsigned i, double height,
                     double density)
{
    double low = from_bits(heights[i]), high = from_bits(heights[i - 1]);
    return (high - low) * height + low < density;
}

double ziggurat_normal(struct rng *rng)
{
    for (;;) {
        uint64_t bits = rng_uint64(rng);
        unsigned i = bits & 0xff;
        bool minus = bits >> 8 & 1;
        uint64_t position = bits >> 9 & 0xfffffffffffff;
        double x = (double)position * from_bits(normal_width[i]);

        x = minus ? -x : x;
        if (position < normal_within[i])
            return x;
        if (i > 0) {
            if (is_under(normal_height, i, rng_double(rng), exp(-0.5 * x * x)))
                return x;
            continue;
        }
        double beyond, other;
        do {
            beyond = -(1 / NORMAL_END) * log1p(-rng_double(rng));
            other = -log1p(-rng_double(rng));
        } while (other + other <= beyond * beyond);
        x = NORMAL_END + beyond;
        return position >> 8 & 1 ? -x : x;
    }
}

double ziggurat_exponential(struct rng *rng)
{
    for (;;) {
        uint64_t bits = rng_uint64(rng) >> 3;
        unsigned i = bits & 0xff;
        uint64_t position = bits >> 8;
        double x = (double)position * from_bits(exponential_width[i]);

        if (position < exponential_within[i])
            return x;
        if (i == 0)
            return EXPONENTIAL_END - log1p(-rng_double(rng));
        if (is_under(exponential_height, i, rng_double(rng), exp(-x)))
            return x;
    }
}

/* -------------------------------------------------------------- float32 */

/* The same strips for positions of 23 bits. */
struct float_tables {
    uint32_t within[256];
    float width[256], height[256];
};

static struct float_tables normal, exponential;
static pthread_once_t made = PTHREAD_ONCE_INIT;

static void make_table(struct float_tables *table, const uint64_t *within,
                       const uint64_t *width, const uint64_t *height,
                       double finer)
{
    for (int i = 0; i < 256; i++) {
        table->within[i] = (uint32_t)rint((double)within[i] / finer);
        table->width[i] = (float)(from_bits(width[i]) * finer);
        table->height[i] = (float)from_bits(height[i]);
    }
}

static void make_tables(void)
{
    make_table(&normal, normal_within, normal_width, normal_height, 0x1p29);
    make_table(&exponential, exponential_within, exponential_width,
               exponential_height, 0x1p30);
    /* NumPy's own tables are off by the last bit in these places. */
    exponential.width[226] = nextafterf(exponential.width[226], 1);
    exponential.height[128] = nextafterf(exponential.height[128], 0);
    exponential.height[154] = nextafterf(exponential.height[154], 1);
    exponential.height[171] = nextafterf(exponential.height[171], 0);
}

static float strip_height(const struct float_tables *table, unsigned i,
                          float height)
{
    float low = table->height[i], high = table->height[i - 1];
    return (high - low) * height + low;
}

float ziggurat_normal_float(struct rng *rng)
{
    pthread_once(&made, make_tables);
    for (;;) {
        uint32_t bits = rng_uint32(rng);
        unsigned i = bits & 0xff;
        bool minus = bits >> 8 & 1;
        uint32_t position = bits >> 9;
        float x = (float)position * normal.width[i];

        x = minus ? -x : x;
        if (position < normal.within[i])
            return x;
        if (i > 0) {
            if (strip_height(&normal, i, rng_float(rng)) <
                exp(-0.5 * (double)x * (double)x))
                return x;
            continue;
        }
        float beyond, other;
        do {
            beyond = -(float)(1 / NORMAL_END) * log1pf(-rng_float(rng));
            other = -log1pf(-rng_float(rng));
        } while (other + other <= beyond * beyond);
        x = (float)NORMAL_END + beyond;
        return position >> 8 & 1 ? -x : x;
    }
}

float ziggurat_exponential_float(struct rng *rng)
{
    pthread_once(&made, make_tables);
    for (;;) {
        uint32_t bits = rng_uint32(rng) >> 1;
        unsigned i = bits & 0xff;
        uint32_t position = bits >> 8;
        float x = (float)position * exponential.width[i];

        if (position < exponential.within[i])
            return x;
        if (i == 0)
            return (float)EXPONENTIAL_END - log1pf(-rng_float(rng));
        if (strip_height(&exponential, i, rng_float(rng)) < expf(-x))
            return x;
    }
}
