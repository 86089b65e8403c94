/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory for small things: nodes, names, tables.
 *
 * A program that cannot get a few bytes for a syntax tree has nothing useful
 * left to do, so these functions end it with one sentence instead of
 * returning NULL.  Tensor data is different: its size comes from the learner,
 * and tensor/storage.h reports a failure as a MemoryError.
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed memory; never NULL.  Free with free(). */
void *xcalloc(size_t count, size_t size);

/* Uninitialised memory; never NULL. */
void *xmalloc(size_t size);

/* As realloc() of COUNT elements, overflow checked; never NULL. */
void *xreallocarray(void *memory, size_t count, size_t size);

char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t length);

/* printf into new memory. */
char *xasprintf(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* *RET = A * B; false, with *RET untouched, when that is over INT64_MAX. */
bool size_multiply(int64_t a, int64_t b, int64_t *ret);

/*
 * Room for one more element in a growing array:
 *     VEC_PUSH(v->items, v->count, v->capacity) = item;
 */
#define VEC_PUSH(items, count, capacity)                                       \
    (*((items) = vec_reserve((items), (count), &(capacity), sizeof *(items)),  \
       &(items)[(count)++]))

void *vec_reserve(void *items, size_t count, size_t *capacity, size_t size);

#endif
