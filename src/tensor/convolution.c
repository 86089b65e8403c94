/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/convolution.h"

#include <string.h>

#include "tensor/blas.h"
#include "tensor/parallel.h"
#include "tensor/product.h"

enum {
    GROUPS = 16,     /* of images: what threads share */
    POSITIONS = 128, /* rows that make a product worth its call */
    LINE = 64 / sizeof(float)
};

/* How a batch is cut up. */
struct plan {
    int64_t positions; /* windows of an image */
    int64_t patch;     /* numbers of a window */
    int64_t image;     /* numbers of an image */
    int64_t at_once;   /* images of one product */
    int64_t group;     /* images of a group */
    int64_t groups;
    int64_t patches; /* floats for the windows of one product */
    int64_t kernel;  /* floats for a kernel */
};

static int64_t whole_lines(int64_t floats)
{
    return (floats + LINE - 1) / LINE * LINE;
}

static struct plan plan_for(const struct convolution *convolution,
                            int64_t images)
{
    const struct windows *windows = &convolution->windows;
    struct plan plan = {
        .positions = windows_positions(windows),
        .patch = windows->size[0] * windows->size[1] * windows->channels,
        .image = windows_image_size(windows),
        .group = (images + GROUPS - 1) / GROUPS,
    };
    plan.at_once = (POSITIONS + plan.positions - 1) / plan.positions;
    if (plan.at_once > plan.group)
        plan.at_once = plan.group;
    plan.groups = images ? (images + plan.group - 1) / plan.group : 0;
    plan.patches = whole_lines(plan.at_once * plan.positions * plan.patch);
    plan.kernel = whole_lines(plan.patch * convolution->filters);
    return plan;
}

int64_t convolution_scratch(const struct convolution *convolution,
                            int64_t images)
{
    struct plan plan = plan_for(convolution, images);
    return plan.groups * (plan.patches + plan.kernel);
}

/* --------------------------------------------------------------- windows */

/* One row of one window: COUNT numbers of the image's row, which is NULL
   above and below the image; left and right of it there are zeros. */
static inline void copy_row(const float *row, int64_t skipped, int64_t inside,
                            int64_t count, float *ret)
{
    if (!row) {
        memset(ret, 0, (size_t)count * sizeof *ret);
        return;
    }
    if (inside == count) {
        for (int64_t i = 0; i < count; i++)
            ret[i] = row[i];
        return;
    }
    memset(ret, 0, (size_t)skipped * sizeof *ret);
    memcpy(ret + skipped, row, (size_t)inside * sizeof *ret);
    memset(ret + skipped + inside, 0,
           (size_t)(count - skipped - inside) * sizeof *ret);
}

/* The windows of one image, a row of PATCHES each. */
static void gather(const struct windows *windows, const float *image,
                   float *patches)
{
    int64_t channels = windows->channels;
    int64_t width = windows->image[1] * channels;
    int64_t count = windows->size[1] * channels;
    for (int64_t y = 0; y < windows->count[0]; y++)
        for (int64_t x = 0; x < windows->count[1]; x++) {
            int64_t top = y * windows->stride[0] - windows->before[0];
            int64_t left = x * windows->stride[1] - windows->before[1];
            struct extent across = windows_extent(windows, 1, x);
            for (int64_t i = top; i < top + windows->size[0]; i++) {
                bool outside = i < 0 || i >= windows->image[0];
                copy_row(outside ? NULL
                                 : image + i * width + across.first * channels,
                         (across.first - left) * channels,
                         (across.end - across.first) * channels, count,
                         patches);
                patches += count;
            }
        }
}

MULTI_TARGET
static void add_row(int64_t n, const float *row, float *sum)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        sum[i] += row[i];
}

/* The reverse: each number of PATCHES is added to where it came from. */
static void scatter(const struct windows *windows, const float *patches,
                    float *image)
{
    int64_t channels = windows->channels;
    int64_t width = windows->image[1] * channels;
    int64_t count = windows->size[1] * channels;
    memset(image, 0, (size_t)windows_image_size(windows) * sizeof *image);
    for (int64_t y = 0; y < windows->count[0]; y++)
        for (int64_t x = 0; x < windows->count[1]; x++) {
            int64_t top = y * windows->stride[0] - windows->before[0];
            int64_t left = x * windows->stride[1] - windows->before[1];
            struct extent across = windows_extent(windows, 1, x);
            for (int64_t i = top; i < top + windows->size[0]; i++) {
                if (i >= 0 && i < windows->image[0])
                    add_row((across.end - across.first) * channels,
                            patches + (across.first - left) * channels,
                            image + i * width + across.first * channels);
                patches += count;
            }
        }
}

static void gather_images(const struct convolution *convolution,
                          const struct plan *plan, int64_t count,
                          const float *input, float *patches)
{
    for (int64_t i = 0; i < count; i++)
        gather(&convolution->windows, input + i * plan->image,
               patches + i * plan->positions * plan->patch);
}

/* ---------------------------------------------------------------- groups */

static int threads_for(int64_t work)
{
    return blas_threads() > 1 ? parallel_threads_for(work) : 1;
}

/* The images of one group. */
struct share {
    int64_t first, end;
    float *patches, *kernel; /* its scratch */
};

static struct share share_of(const struct plan *plan, int64_t images,
                             int64_t group, float *scratch)
{
    int64_t first = group * plan->group, end = first + plan->group;
    float *own = scratch + group * (plan->patches + plan->kernel);
    return (struct share){first, end < images ? end : images, own,
                          own + plan->patches};
}

static int64_t next_images(const struct plan *plan, const struct share *share,
                           int64_t first)
{
    int64_t left = share->end - first;
    return left < plan->at_once ? left : plan->at_once;
}

void convolution_forward(const struct convolution *convolution, int64_t images,
                         const float *input, const float *kernel,
                         float *scratch, float *output)
{
    struct plan plan = plan_for(convolution, images);
    int64_t filters = convolution->filters;
    int64_t work = images * plan.positions * plan.patch;
#pragma omp parallel for num_threads(threads_for(work))
    for (int64_t group = 0; group < plan.groups; group++) {
        struct share share = share_of(&plan, images, group, scratch);
        for (int64_t i = share.first; i < share.end; i += plan.at_once) {
            int64_t count = next_images(&plan, &share, i);
            gather_images(convolution, &plan, count, input + i * plan.image,
                          share.patches);
            product_float32_alone(false, false, count * plan.positions, filters,
                                  plan.patch, share.patches, kernel, 0.0f,
                                  output + i * plan.positions * filters);
        }
    }
}

/* The gradients of one group: of its images, and their part of the kernel's. */
static void backward_share(const struct convolution *convolution,
                           const struct plan *plan, const struct share *share,
                           const float *input, const float *kernel,
                           const float *gradient, bool by_kernel,
                           float *input_gradient)
{
    int64_t filters = convolution->filters;
    for (int64_t i = share->first; i < share->end; i += plan->at_once) {
        int64_t count = next_images(plan, share, i);
        int64_t rows = count * plan->positions;
        const float *out = gradient + i * plan->positions * filters;
        if (by_kernel) {
            gather_images(convolution, plan, count, input + i * plan->image,
                          share->patches);
            product_float32_alone(
                true, false, plan->patch, filters, rows, share->patches, out,
                i > share->first ? 1.0f : 0.0f, share->kernel);
        }
        if (!input_gradient)
            continue;
        product_float32_alone(false, true, rows, plan->patch, filters, out,
                              kernel, 0.0f, share->patches);
        for (int64_t k = 0; k < count; k++)
            scatter(&convolution->windows,
                    share->patches + k * plan->positions * plan->patch,
                    input_gradient + (i + k) * plan->image);
    }
}

/* The groups' parts, first to last. */
static void sum_kernels(const struct plan *plan, int64_t size, float *scratch,
                        float *ret)
{
    memset(ret, 0, (size_t)size * sizeof *ret);
    for (int64_t group = 0; group < plan->groups; group++)
        add_row(size,
                scratch + group * (plan->patches + plan->kernel) +
                    plan->patches,
                ret);
}

void convolution_backward(const struct convolution *convolution, int64_t images,
                          const float *input, const float *kernel,
                          const float *gradient, float *scratch,
                          float *kernel_gradient, float *input_gradient)
{
    struct plan plan = plan_for(convolution, images);
    int64_t work = images * plan.positions * plan.patch;
#pragma omp parallel for num_threads(threads_for(work))
    for (int64_t group = 0; group < plan.groups; group++) {
        struct share share = share_of(&plan, images, group, scratch);
        backward_share(convolution, &plan, &share, input, kernel, gradient,
                       kernel_gradient != NULL, input_gradient);
    }
    if (kernel_gradient)
        sum_kernels(&plan, plan.patch * convolution->filters, scratch,
                    kernel_gradient);
}
