/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a mask is true.  Each thread first counts its part of the mask, and
 * so knows where in the result its own places begin.
 */
#include <string.h>

#include "base/interrupt.h"
#include "tensor/index_plan.h"
#include "tensor/parallel.h"

enum { MAX_PARTS = 64, GRAIN = 64 };

/* The parts of a mask and where each one's places go. */
struct share {
    int count;
    int64_t first[MAX_PARTS + 1]; /* elements */
    int64_t place[MAX_PARTS + 1]; /* trues before them */
};

MULTI_TARGET
static int64_t count_some(const uint8_t *mask, int64_t n)
{
    int64_t count = 0;

    for (int64_t i = 0; i < n; i += 128) { /* sums that fit into a byte */
        uint8_t sum = 0;
        int64_t end = n - i < 128 ? n : i + 128;
        for (int64_t k = i; k < end; k++)
            sum = (uint8_t)(sum + mask[k]);
        count += sum;
    }
    return count;
}

static void share_mask(struct share *share, const uint8_t *mask, int64_t n)
{
    int threads = parallel_threads_for(n);

    share->count = threads < MAX_PARTS ? threads : MAX_PARTS;
    for (int k = 0; k <= share->count; k++)
        share->first[k] =
            k == share->count ? n : n / share->count * k / GRAIN * GRAIN;
    share->place[0] = 0;
#pragma omp parallel for num_threads(share->count) if (share->count > 1)
    for (int k = 0; k < share->count; k++)
        share->place[k + 1] = count_some(mask + share->first[k],
                                         share->first[k + 1] - share->first[k]);
    for (int k = 0; k < share->count; k++)
        share->place[k + 1] += share->place[k];
}

/* Each value is written, kept or not: the next one overwrites it.  That needs
   no branch, which half of the time would be guessed wrong. */
#define DEFINE_PICK(name, type, VALUE)                                     \
    static void name(const uint8_t *mask, const type *from, int64_t first, \
                     int64_t count, type *to)                              \
    {                                                                      \
        (void)from;                                                        \
        for (int64_t i = first, done = 0; done < count; i++) {             \
            to[done] = VALUE;                                              \
            done += mask[i];                                               \
        }                                                                  \
    }
DEFINE_PICK(pick_8, uint8_t, from[i])
DEFINE_PICK(pick_16, uint16_t, from[i])
DEFINE_PICK(pick_32, uint32_t, from[i])
DEFINE_PICK(pick_64, uint64_t, from[i])
DEFINE_PICK(pick_positions, int64_t, i)

static void pick_some(size_t size, const uint8_t *mask, const char *from,
                      int64_t first, int64_t count, char *to)
{
    if (!from)
        pick_positions(mask, NULL, first, count, (int64_t *)to);
    else if (size == 1)
        pick_8(mask, (const uint8_t *)from, first, count, (uint8_t *)to);
    else if (size == 2)
        pick_16(mask, (const uint16_t *)from, first, count, (uint16_t *)to);
    else if (size == 4)
        pick_32(mask, (const uint32_t *)from, first, count, (uint32_t *)to);
    else
        pick_64(mask, (const uint64_t *)from, first, count, (uint64_t *)to);
}

/* The elements of FROM (or the positions, when that is NULL) where MASK is
   true; both contiguous and of one size. */
static struct tensor *pick(const struct tensor *mask, const struct tensor *from,
                           struct error *err)
{
    const uint8_t *truth = (const uint8_t *)mask->data;
    enum dtype dtype = from ? from->dtype : DTYPE_INT64;
    int64_t size = (int64_t)dtype_size(dtype);
    struct share share;

    share_mask(&share, truth, mask->size);
    struct tensor *result =
        tensor_new(dtype, 1, &share.place[share.count], err);
    if (!result)
        return NULL;
#pragma omp parallel for num_threads(share.count) if (share.count > 1)
    for (int k = 0; k < share.count; k++)
        pick_some((size_t)size, truth, from ? from->data : NULL, share.first[k],
                  share.place[k + 1] - share.place[k],
                  result->data + share.place[k] * size);
    if (interrupt_check(err))
        return result;
    tensor_unref(result);
    return NULL;
}

struct tensor *index_compress(struct tensor *tensor, struct tensor *mask,
                              struct error *err)
{
    struct tensor *truth = tensor_contiguous(mask, DTYPE_BOOL, err);
    struct tensor *plain =
        truth ? tensor_contiguous(tensor, tensor->dtype, err) : NULL;
    struct tensor *result = plain ? pick(truth, plain, err) : NULL;

    tensor_unref(plain);
    tensor_unref(truth);
    return result;
}

/* *RET[0] holds positions in the flattened tensor; makes them the indices
   along each axis. */
static bool split_positions(const struct tensor *tensor, struct tensor **ret,
                            struct error *err)
{
    int axes = tensor->ndim;

    for (int axis = 1; axis < axes; axis++) {
        ret[axis] = tensor_new_like(ret[0], DTYPE_INT64, err);
        if (ret[axis])
            continue;
        while (axis-- > 0)
            tensor_unref(ret[axis]);
        return false;
    }
    for (int64_t i = 0; i < ret[0]->size; i++) {
        int64_t left = ((const int64_t *)ret[0]->data)[i];
        for (int axis = axes; axis-- > 0;) {
            ((int64_t *)ret[axis]->data)[i] = left % tensor->shape[axis];
            left /= tensor->shape[axis];
        }
    }
    return true;
}

bool tensor_nonzero(struct tensor *tensor, struct tensor **ret,
                    struct error *err)
{
    struct tensor *truth = tensor_contiguous(tensor, DTYPE_BOOL, err);

    ret[0] = truth ? pick(truth, NULL, err) : NULL;
    tensor_unref(truth);
    return ret[0] && (tensor->ndim < 2 || split_positions(tensor, ret, err));
}

struct tensor *tensor_count_nonzero(struct tensor *tensor, struct error *err)
{
    struct tensor *truth = tensor_contiguous(tensor, DTYPE_BOOL, err);
    struct share share;

    if (!truth)
        return NULL;
    share_mask(&share, (const uint8_t *)truth->data, truth->size);
    tensor_unref(truth);
    return tensor_from_scalar(scalar_from_int(share.place[share.count]), err);
}
