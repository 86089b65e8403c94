/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Least significant digit first (Knuth, TAOCP 3, 5.2.5, algorithm R): one
 * distribution pass a byte, all bytes counted in one go beforehand; a byte
 * that is the same in all keys costs nothing.  Short lines are merged.
 */
#include "tensor/sort_items.h"

#include <string.h>

enum { DIGITS = 256, INSERTED = 24, MERGED = 192 };

#define OWN(item) (item)
#define KEY(item) ((item).key)

#define DEFINE_SORT(name, type, bytes, KEY_OF)                              \
    static void insert_##name(type *a, int64_t n)                           \
    {                                                                       \
        for (int64_t i = 1; i < n; i++) {                                   \
            type item = a[i];                                               \
            int64_t j = i;                                                  \
            for (; j > 0 && KEY_OF(item) < KEY_OF(a[j - 1]); j--)           \
                a[j] = a[j - 1];                                            \
            a[j] = item;                                                    \
        }                                                                   \
    }                                                                       \
    static void merge_##name(type *a, type *spare, int64_t n)               \
    {                                                                       \
        if (n <= INSERTED) {                                                \
            insert_##name(a, n);                                            \
            return;                                                         \
        }                                                                   \
        int64_t half = n / 2, left = 0, right = half;                       \
        merge_##name(a, spare, half);                                       \
        merge_##name(a + half, spare, n - half);                            \
        memcpy(spare, a, (size_t)half * sizeof *a);                         \
        for (int64_t i = 0; left < half; i++) {                             \
            int take = right < n && KEY_OF(a[right]) < KEY_OF(spare[left]); \
            a[i] = take ? a[right++] : spare[left++];                       \
        }                                                                   \
    }                                                                       \
    /* Moves A's elements to TO, ordered by the byte at SHIFT. */           \
    static void distribute_##name(const type *a, type *to, int64_t n,       \
                                  int shift, const uint32_t *count)         \
    {                                                                       \
        int64_t place[DIGITS], next = 0;                                    \
        for (int digit = 0; digit < DIGITS; digit++) {                      \
            place[digit] = next;                                            \
            next += count[digit];                                           \
        }                                                                   \
        for (int64_t i = 0; i < n; i++)                                     \
            to[place[(KEY_OF(a[i]) >> shift) & (DIGITS - 1)]++] = a[i];     \
    }                                                                       \
    static void count_##name(const type *a, int64_t n,                      \
                             uint32_t(*count)[DIGITS])                      \
    {                                                                       \
        memset(count, 0, (bytes) * sizeof *count);                          \
        for (int64_t i = 0; i < n; i++)                                     \
            for (int byte = 0; byte < (bytes); byte++)                      \
                count[byte][(KEY_OF(a[i]) >> (8 * byte)) & (DIGITS - 1)]++; \
    }                                                                       \
    type *sort_##name(type *a, type *spare, int64_t n)                      \
    {                                                                       \
        uint32_t count[bytes][DIGITS];                                      \
        if (n <= MERGED || n > UINT32_MAX) {                                \
            merge_##name(a, spare, n);                                      \
            return a;                                                       \
        }                                                                   \
        count_##name(a, n, count);                                          \
        for (int byte = 0; byte < (bytes); byte++) {                        \
            uint32_t first = (KEY_OF(a[0]) >> (8 * byte)) & (DIGITS - 1);   \
            if (count[byte][first] == n)                                    \
                continue;                                                   \
            distribute_##name(a, spare, n, 8 * byte, count[byte]);          \
            type *other = a;                                                \
            a = spare;                                                      \
            spare = other;                                                  \
        }                                                                   \
        return a;                                                           \
    }
DEFINE_SORT(key32, uint32_t, 4, OWN)
DEFINE_SORT(key64, uint64_t, 8, OWN)
DEFINE_SORT(item32, struct item32, 4, KEY)
DEFINE_SORT(item64, struct item64, 8, KEY)
