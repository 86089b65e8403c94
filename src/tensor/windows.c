/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/windows.h"

int64_t windows_along(int64_t length, int64_t size, int64_t stride, bool same,
                      int64_t *ret_before)
{
    *ret_before = 0;
    if (!same)
        return size > length ? 0 : (length - size) / stride + 1;
    int64_t count = (length + stride - 1) / stride;
    int64_t padding = (count - 1) * stride + size - length;
    if (padding > 0)
        *ret_before = padding / 2;
    return count;
}

bool windows_place(struct windows *windows, bool same)
{
    for (int axis = 0; axis < 2; axis++) {
        windows->count[axis] = windows_along(
            windows->image[axis], windows->size[axis], windows->stride[axis],
            same, &windows->before[axis]);
        if (!same && !windows->count[axis])
            return false;
    }
    return true;
}

struct extent windows_extent(const struct windows *windows, int axis,
                             int64_t position)
{
    int64_t first = position * windows->stride[axis] - windows->before[axis];
    int64_t end = first + windows->size[axis];
    int64_t length = windows->image[axis];
    return (struct extent){first < 0 ? 0 : first, end > length ? length : end};
}
