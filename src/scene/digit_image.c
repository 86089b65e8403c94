/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/digit_image.h"

#include <math.h>
#include <string.h>

/* A part of the paper, in its pixels; ends are not included. */
struct area {
    double left, top, right, bottom;
};

/* ------------------------------------------------------------- bounding box */

static bool row_has_ink(const struct ink *ink, int y)
{
    const uint8_t *row = ink->pixels + (size_t)y * (size_t)ink->stride;
    for (int x = 0; x < ink->width; x++)
        if (row[x])
            return true;
    return false;
}

static bool column_has_ink(const struct ink *ink, int x)
{
    for (int y = 0; y < ink->height; y++)
        if (ink->pixels[(size_t)y * (size_t)ink->stride + (size_t)x])
            return true;
    return false;
}

/* The smallest box around all ink; false when there is none. */
static bool find_ink(const struct ink *ink, struct area *ret)
{
    int left = 0, top = 0, right = ink->width, bottom = ink->height;
    while (top < bottom && !row_has_ink(ink, top))
        top++;
    while (bottom > top && !row_has_ink(ink, bottom - 1))
        bottom--;
    if (top == bottom)
        return false;
    while (!column_has_ink(ink, left))
        left++;
    while (!column_has_ink(ink, right - 1))
        right--;
    *ret = (struct area){left, top, right, bottom};
    return true;
}

/* ----------------------------------------------------------------- scaling */

/* The ink of ROW between LEFT and RIGHT, pixels at the ends in part. */
static double row_ink(const uint8_t *row, double left, double right)
{
    int first = (int)left, last = (int)ceil(right) - 1, whole = 0;
    if (first >= last)
        return row[first] * (right - left);
    for (int x = first + 1; x < last; x++)
        whole += row[x];
    return row[first] * (first + 1 - left) + whole + row[last] * (right - last);
}

/* The mean of the paper in CELL, what is outside LIMITS being paper. */
static uint8_t mean_ink(const struct ink *ink, struct area cell,
                        const struct area *limits)
{
    double sum = 0.0;
    double size = (cell.right - cell.left) * (cell.bottom - cell.top);
    cell.right = fmin(cell.right, limits->right);
    cell.bottom = fmin(cell.bottom, limits->bottom);
    for (int y = (int)cell.top; y < cell.bottom; y++) {
        const uint8_t *row = ink->pixels + (size_t)y * (size_t)ink->stride;
        double height = fmin(y + 1, cell.bottom) - fmax(y, cell.top);
        sum += height * row_ink(row, cell.left, cell.right);
    }
    return (uint8_t)floor(sum / size + 0.5);
}

/* AREA in SIDE x SIDE pixels, from the upper left, aspect ratio kept. */
static void scale(const struct ink *ink, const struct area *area, int side,
                  uint8_t *ret)
{
    double longer = fmax(area->right - area->left, area->bottom - area->top);
    double step = longer / side;
    memset(ret, 0, (size_t)(side * side));
    for (int i = 0; i < side && area->top + i * step < area->bottom; i++)
        for (int j = 0; j < side && area->left + j * step < area->right; j++) {
            struct area cell = {area->left + j * step, area->top + i * step,
                                area->left + (j + 1) * step,
                                area->top + (i + 1) * step};
            ret[i * side + j] = mean_ink(ink, cell, area);
        }
}

/* --------------------------------------------------------------- centring */

/* From the centre of mass of BOX to the centre of the field, in whole pixels.
 */
static void find_shift(const uint8_t *box, int *ret_x, int *ret_y)
{
    double mass = 0.0, x = 0.0, y = 0.0;
    for (int i = 0; i < DIGIT_BOX; i++)
        for (int j = 0; j < DIGIT_BOX; j++) {
            mass += box[i * DIGIT_BOX + j];
            x += j * box[i * DIGIT_BOX + j];
            y += i * box[i * DIGIT_BOX + j];
        }
    double center = DIGIT_SIDE / 2;
    *ret_x = mass > 0.0 ? (int)floor(center - x / mass + 0.5) : 0;
    *ret_y = mass > 0.0 ? (int)floor(center - y / mass + 0.5) : 0;
}

bool digit_centered(const struct ink *ink, uint8_t ret[DIGIT_PIXELS])
{
    uint8_t box[DIGIT_BOX * DIGIT_BOX];
    struct area area;
    int shift_x, shift_y;
    memset(ret, 0, DIGIT_PIXELS);
    if (!find_ink(ink, &area))
        return false;
    scale(ink, &area, DIGIT_BOX, box);
    find_shift(box, &shift_x, &shift_y);
    for (int i = 0; i < DIGIT_BOX; i++)
        for (int j = 0; j < DIGIT_BOX; j++) {
            int y = i + shift_y, x = j + shift_x;
            if (y >= 0 && y < DIGIT_SIDE && x >= 0 && x < DIGIT_SIDE)
                ret[y * DIGIT_SIDE + x] = box[i * DIGIT_BOX + j];
        }
    return true;
}

bool digit_as_drawn(const struct ink *ink, uint8_t ret[DIGIT_PIXELS])
{
    struct area paper = {0.0, 0.0, ink->width, ink->height}, any;
    scale(ink, &paper, DIGIT_SIDE, ret);
    return find_ink(ink, &any);
}
