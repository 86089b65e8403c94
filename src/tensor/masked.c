/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/masked.h"

#include "tensor/loop.h"

/* Operand 0 is the mask, 1 the source, 2 the destination. */
#define DEFINE_MASKED(type)                                                    \
    static void masked_##type(int64_t n, char *const *data,                    \
                              const int64_t *strides, const void *context)     \
    {                                                                          \
        const char *mask = data[0], *from = data[1];                           \
        char *to = data[2];                                                    \
        (void)context;                                                         \
        for (int64_t i = 0; i < n; i++) {                                      \
            if (*(const bool *)mask)                                           \
                *(type *)to = *(const type *)from;                             \
            mask += strides[0];                                                \
            from += strides[1];                                                \
            to += strides[2];                                                  \
        }                                                                      \
    }
DEFINE_MASKED(uint8_t)
DEFINE_MASKED(uint16_t)
DEFINE_MASKED(uint32_t)
DEFINE_MASKED(uint64_t)

static kernel *masked_kernel(enum dtype dtype)
{
    switch (dtype_size(dtype)) {
    case 1:
        return masked_uint8_t;
    case 2:
        return masked_uint16_t;
    case 4:
        return masked_uint32_t;
    default:
        return masked_uint64_t;
    }
}

/* SOURCE in DESTINATION's dtype and apart from it. */
static struct tensor *prepare(const struct tensor *destination,
                              const struct tensor *source, struct error *err)
{
    if (source->dtype == destination->dtype &&
        !tensor_may_share_memory(destination, source))
        return tensor_ref((struct tensor *)source);
    return tensor_astype(source, destination->dtype, err);
}

bool tensor_assign_where(struct tensor *destination,
                         const struct tensor *source, struct tensor *mask,
                         struct error *err)
{
    struct loop loop;
    bool done = false;

    if (destination->readonly)
        return error_set(err, ERROR_VALUE,
                         "assignment destination is read-only");
    struct tensor *from = prepare(destination, source, err);
    struct tensor *truth = from ? tensor_astype(mask, DTYPE_BOOL, err) : NULL;
    struct tensor *wide = NULL, *spread = NULL;
    if (truth)
        wide = tensor_broadcast_to(from, destination->ndim,
                                   destination->shape, err);
    if (wide)
        spread = tensor_broadcast_to(truth, destination->ndim,
                                     destination->shape, err);
    if (spread) {
        struct tensor *operands[3] = {spread, wide, destination};
        loop_init(&loop, 3, operands, destination->ndim, destination->shape);
        done = loop_run(&loop, masked_kernel(destination->dtype), NULL, true,
                        err);
    }
    tensor_unref(from);
    tensor_unref(truth);
    tensor_unref(wide);
    tensor_unref(spread);
    return done;
}
