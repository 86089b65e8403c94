/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/windows.h"

bool windows_place(struct windows *windows, bool same)
{
    for (int axis = 0; axis < 2; axis++) {
        int64_t length = windows->image[axis], size = windows->size[axis];
        int64_t stride = windows->stride[axis];
        if (!same && size > length)
            return false;
        int64_t count = same ? (length + stride - 1) / stride
                             : (length - size) / stride + 1;
        int64_t padding = (count - 1) * stride + size - length;
        windows->count[axis] = count;
        windows->before[axis] = same && padding > 0 ? padding / 2 : 0;
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
