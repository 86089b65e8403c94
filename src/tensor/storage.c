/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Freed blocks wait in lists by size class: powers of two with three steps
 * between (1, 1.25, 1.5, 1.75), so that at most a fifth is wasted.
 */
#include "tensor/storage.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/alloc.h"
#include "base/memory.h"

enum {
    ALIGNMENT = 64,
    SMALLEST_LOG2 = 6, /* 64 bytes */
    STEPS = 4,
    CLASSES = (48 - SMALLEST_LOG2) * STEPS
};

/* Kept for reuse at most: enough for the temporaries of 10^7 elements. */
static const int64_t pool_limit = (int64_t)256 << 20;
static const int64_t huge_page = (int64_t)2 << 20;
/* From here on the system is asked how much it has. */
static const int64_t large = (int64_t)64 << 20;

struct block {
    struct storage storage;
    int class;
    struct block *next; /* while it is in the pool */
    char *bytes;
};

/* One block of each small class waits before the lists, without their lock,
   which would take longer than the arithmetic on a few elements. */
enum { SPARE_CLASSES = 10 * STEPS + 1 }; /* up to 64 KiB */
static _Atomic(struct block *) spare[SPARE_CLASSES];

static struct block *pool[CLASSES];
static int64_t pooled;
static pthread_mutex_t pool_mutex = PTHREAD_MUTEX_INITIALIZER;
static storage_gate *current_gate;

/* The smallest class that holds NBYTES, and its size. */
static int size_class(int64_t nbytes, int64_t *ret_size)
{
    if (nbytes <= 1 << SMALLEST_LOG2) {
        *ret_size = 1 << SMALLEST_LOG2;
        return 0;
    }
    int log2 = 63 - __builtin_clzll((unsigned long long)(nbytes - 1));
    int64_t base = (int64_t)1 << log2, step = base / STEPS;
    int64_t steps = (nbytes - base + step - 1) / step; /* 1 … STEPS */
    *ret_size = base + steps * step;
    return (log2 - SMALLEST_LOG2) * STEPS + (int)steps;
}

static struct block *spare_take(int class)
{
    if (class >= SPARE_CLASSES)
        return NULL;
    return atomic_exchange_explicit(&spare[class], NULL, memory_order_acquire);
}

static bool spare_put(struct block *block)
{
    struct block *none = NULL;
    return block->class < SPARE_CLASSES &&
           atomic_compare_exchange_strong_explicit(
               &spare[block->class], &none, block, memory_order_release,
               memory_order_relaxed);
}

static struct block *pool_take(int class, int64_t size)
{
    pthread_mutex_lock(&pool_mutex);
    struct block *block = pool[class];
    if (block) {
        pool[class] = block->next;
        pooled -= size;
    }
    pthread_mutex_unlock(&pool_mutex);
    return block;
}

static bool pool_put(struct block *block, int64_t size)
{
    bool kept = false;

    pthread_mutex_lock(&pool_mutex);
    if (pooled + size <= pool_limit) {
        block->next = pool[block->class];
        pool[block->class] = block;
        pooled += size;
        kept = true;
    }
    pthread_mutex_unlock(&pool_mutex);
    return kept;
}

static void block_free(struct block *block)
{
    free(block->bytes);
    free(block);
}

void storage_pool_trim(void)
{
    for (int class = 0; class < SPARE_CLASSES; class++) {
        struct block *block = spare_take(class);
        if (block)
            block_free(block);
    }
    pthread_mutex_lock(&pool_mutex);
    for (int class = 0; class < CLASSES; class++) {
        while (pool[class]) {
            struct block *block = pool[class];
            pool[class] = block->next;
            block_free(block);
        }
    }
    pooled = 0;
    pthread_mutex_unlock(&pool_mutex);
}

static struct block *block_new(int class, int64_t size)
{
    if (size >= large) {
        storage_pool_trim();
        /* The kernel would promise more than it has and kill us later. */
        if (size > memory_available())
            return NULL;
    }
    int64_t alignment = size >= huge_page ? huge_page : ALIGNMENT;
    char *bytes = aligned_alloc(
        (size_t)alignment,
        (size_t)((size + alignment - 1) / alignment * alignment));
    if (!bytes)
        return NULL;
    if (size >= huge_page)
        madvise(bytes, (size_t)size, MADV_HUGEPAGE);
    struct block *block = xcalloc(1, sizeof *block);
    block->class = class;
    block->bytes = bytes;
    return block;
}

static void *out_of_memory(int64_t nbytes, struct error *err)
{
    static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB",
                                        "PiB",   "EiB"};
    double amount = (double)nbytes;
    int unit = 0;

    while (amount >= 1024 && unit < 6) {
        amount /= 1024;
        unit++;
    }
    return error_null(err, ERROR_MEMORY,
                      unit == 0         ? "Unable to allocate %.0f %s"
                      : amount < 999.5 ? "Unable to allocate %#.3g %s"
                                       : "Unable to allocate %#.0f %s",
                      amount, units[unit]);
}

void storage_set_gate(storage_gate *gate)
{
    current_gate = gate;
}

struct storage *storage_new(int64_t nbytes, struct error *err)
{
    int64_t size;

    if (nbytes > (int64_t)1 << 46 || (current_gate && !current_gate(nbytes)))
        return out_of_memory(nbytes, err);
    int class = size_class(nbytes, &size);
    struct block *block = spare_take(class);
    if (!block)
        block = pool_take(class, size);
    if (!block)
        block = block_new(class, size);
    if (!block)
        return out_of_memory(nbytes, err);
    block->storage =
        (struct storage){.refs = 1, .nbytes = nbytes, .bytes = block->bytes};
    return &block->storage;
}

struct storage *storage_ref(struct storage *storage)
{
    storage->refs++;
    return storage;
}

void storage_unref(struct storage *storage)
{
    int64_t size;

    if (!storage || --storage->refs)
        return;
    struct block *block = (struct block *)storage;
    if (spare_put(block))
        return;
    size_class(storage->nbytes, &size);
    if (!pool_put(block, size))
        block_free(block);
}
