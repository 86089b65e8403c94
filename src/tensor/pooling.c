/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/pooling.h"

#include <string.h>

#include "tensor/parallel.h"

/* Where one window lies in its image. */
struct cover {
    struct extent down, across;
    int64_t count; /* of its places */
};

static struct cover cover_of(const struct windows *windows, int64_t y,
                             int64_t x)
{
    struct cover cover = {.down = windows_extent(windows, 0, y),
                          .across = windows_extent(windows, 1, x)};
    cover.count = (cover.down.end - cover.down.first) *
                  (cover.across.end - cover.across.first);
    return cover;
}

static int64_t offset_at(const struct windows *windows, int64_t i, int64_t j)
{
    return (i * windows->image[1] + j) * windows->channels;
}

/* ---------------------------------------------- one place, every channel */

MULTI_TARGET
static void take_larger(int64_t n, const float *row, float *largest)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        largest[i] =
            row[i] > largest[i] || row[i] != row[i] ? row[i] : largest[i];
}

MULTI_TARGET
static void add_scaled(int64_t n, const float *row, float scale, float *sum)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        sum[i] += scale * row[i];
}

/* LEFT, what is not yet given away, goes to the place that has the largest
   number. */
MULTI_TARGET
static void give_to_largest(int64_t n, const float *row, const float *largest,
                            float *left, float *gradient)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        float given = row[i] == largest[i] ? left[i] : 0.0f;
        gradient[i] += given;
        left[i] -= given;
    }
}

/* ------------------------------------------------------------ the windows */

static void max_window(const struct windows *windows, struct cover cover,
                       const float *image, float *out)
{
    size_t bytes = (size_t)windows->channels * sizeof *out;
    memcpy(out,
           image + offset_at(windows, cover.down.first, cover.across.first),
           bytes);
    for (int64_t i = cover.down.first; i < cover.down.end; i++)
        for (int64_t j = cover.across.first; j < cover.across.end; j++)
            take_larger(windows->channels, image + offset_at(windows, i, j),
                        out);
}

static void mean_window(const struct windows *windows, struct cover cover,
                        const float *image, float *out)
{
    float share = 1.0f / (float)cover.count;
    memset(out, 0, (size_t)windows->channels * sizeof *out);
    for (int64_t i = cover.down.first; i < cover.down.end; i++)
        for (int64_t j = cover.across.first; j < cover.across.end; j++)
            add_scaled(windows->channels, image + offset_at(windows, i, j),
                       share, out);
}

/* LEFT is overwritten: the window's gradient, as it is given away. */
static void max_window_backward(const struct windows *windows,
                                struct cover cover, const float *image,
                                const float *out, float *left,
                                float *image_gradient)
{
    for (int64_t i = cover.down.first; i < cover.down.end; i++)
        for (int64_t j = cover.across.first; j < cover.across.end; j++) {
            int64_t offset = offset_at(windows, i, j);
            give_to_largest(windows->channels, image + offset, out, left,
                            image_gradient + offset);
        }
}

static void mean_window_backward(const struct windows *windows,
                                 struct cover cover, const float *gradient,
                                 float *image_gradient)
{
    float share = 1.0f / (float)cover.count;
    for (int64_t i = cover.down.first; i < cover.down.end; i++)
        for (int64_t j = cover.across.first; j < cover.across.end; j++)
            add_scaled(windows->channels, gradient, share,
                       image_gradient + offset_at(windows, i, j));
}

/* -------------------------------------------------------------- the images */

typedef void window_forward(const struct windows *windows, struct cover cover,
                            const float *image, float *out);

static void pool(const struct windows *windows, int64_t images,
                 const float *input, float *output, window_forward *window)
{
    int64_t size = windows_image_size(windows), channels = windows->channels;
    int64_t outputs = windows_positions(windows) * channels;
#pragma omp parallel for num_threads(parallel_threads_for(images *size))
    for (int64_t image = 0; image < images; image++) {
        float *out = output + image * outputs;
        for (int64_t y = 0; y < windows->count[0]; y++)
            for (int64_t x = 0; x < windows->count[1]; x++, out += channels)
                window(windows, cover_of(windows, y, x), input + image * size,
                       out);
    }
}

void pool_max(const struct windows *windows, int64_t images, const float *input,
              float *output)
{
    pool(windows, images, input, output, max_window);
}

void pool_mean(const struct windows *windows, int64_t images,
               const float *input, float *output)
{
    pool(windows, images, input, output, mean_window);
}

/* INPUT and OUTPUT are NULL for means, which need neither. */
static void pool_backward(const struct windows *windows, int64_t images,
                          const float *input, const float *output,
                          float *gradient, float *input_gradient)
{
    int64_t size = windows_image_size(windows), channels = windows->channels;
    int64_t outputs = windows_positions(windows) * channels;
#pragma omp parallel for num_threads(parallel_threads_for(images *size))
    for (int64_t image = 0; image < images; image++) {
        int64_t at = image * outputs;
        float *to = input_gradient + image * size;
        memset(to, 0, (size_t)size * sizeof *to);
        for (int64_t y = 0; y < windows->count[0]; y++)
            for (int64_t x = 0; x < windows->count[1]; x++, at += channels) {
                struct cover cover = cover_of(windows, y, x);
                if (output)
                    max_window_backward(windows, cover, input + image * size,
                                        output + at, gradient + at, to);
                else
                    mean_window_backward(windows, cover, gradient + at, to);
            }
    }
}

void pool_max_backward(const struct windows *windows, int64_t images,
                       const float *input, const float *output, float *gradient,
                       float *input_gradient)
{
    pool_backward(windows, images, input, output, gradient, input_gradient);
}

void pool_mean_backward(const struct windows *windows, int64_t images,
                        float *gradient, float *input_gradient)
{
    pool_backward(windows, images, NULL, NULL, gradient, input_gradient);
}
