/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically
 * Good Algorithms for Random Number Generation" (2014), the member XSL RR
 * 128/64; and the mixing of a seed's words into its state, NumPy's
 * SeedSequence after O'Neill's "Developing a seed_seq Alternative" (2015).
 */

#include "tensor/random.h"

__extension__ typedef unsigned __int128 wide;

static wide join(struct uint128 parts)
{
    return (wide)parts.high << 64 | parts.low;
}

static struct uint128 split(wide number)
{
    return (struct uint128){(uint64_t)(number >> 64), (uint64_t)number};
}

static void step(struct rng *rng)
{
    const struct uint128 multiplier = {2549297995355413924u,
                                       4865540595714422341u};
    rng->pcg_state = split(join(rng->pcg_state) * join(multiplier) +
                           join(rng->pcg_increment));
}

uint64_t pcg64_next(struct rng *rng)
{
    step(rng);
    uint64_t mixed = rng->pcg_state.high ^ rng->pcg_state.low;
    unsigned turn = (unsigned)(rng->pcg_state.high >> 58);
    return mixed >> turn | mixed << (-turn & 63);
}

/* ------------------------------------------------------------ SeedSequence */

enum { POOL = 4, WORDS = 8 };

static uint32_t hash_word(uint32_t word, uint32_t *constant)
{
    word ^= *constant;
    *constant *= 0x931e8875u;
    word *= *constant;
    return word ^ word >> 16;
}

static uint32_t mix(uint32_t x, uint32_t y)
{
    uint32_t mixed = 0xca01f9ddu * x - 0x4973f715u * y;
    return mixed ^ mixed >> 16;
}

static void fill_pool(uint32_t *pool, const uint32_t *entropy, int count)
{
    uint32_t constant = 0x43b0d7e5u;

    for (int i = 0; i < POOL; i++)
        pool[i] = hash_word(i < count ? entropy[i] : 0, &constant);
    for (int from = 0; from < POOL; from++)
        for (int to = 0; to < POOL; to++)
            if (from != to)
                pool[to] = mix(pool[to], hash_word(pool[from], &constant));
    for (int from = POOL; from < count; from++)
        for (int to = 0; to < POOL; to++)
            pool[to] = mix(pool[to], hash_word(entropy[from], &constant));
}

static void spread_pool(const uint32_t *pool, uint32_t *words)
{
    uint32_t constant = 0x8b51f9ddu;

    for (int i = 0; i < WORDS; i++) {
        uint32_t word = pool[i % POOL] ^ constant;
        constant *= 0x58f38dedu;
        word *= constant;
        words[i] = word ^ word >> 16;
    }
}

static uint64_t pair(const uint32_t *words)
{
    return (uint64_t)words[1] << 32 | words[0];
}

void rng_seed_pcg64(struct rng *rng, const uint32_t *entropy, int count)
{
    uint32_t pool[POOL], words[WORDS];

    fill_pool(pool, entropy, count);
    spread_pool(pool, words);
    *rng = (struct rng){.kind = RNG_PCG64};
    struct uint128 start = {pair(words), pair(words + 2)};
    struct uint128 stream = {pair(words + 4), pair(words + 6)};
    rng->pcg_increment = split(join(stream) << 1 | 1);
    step(rng);
    rng->pcg_state = split(join(rng->pcg_state) + join(start));
    step(rng);
}

void rng_seed_pcg64_from_system(struct rng *rng)
{
    uint32_t entropy[POOL] = {0};

    rng_entropy(entropy, POOL);
    rng_seed_pcg64(rng, entropy, POOL);
}
