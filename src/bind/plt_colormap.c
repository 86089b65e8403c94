/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colour maps as values: plt.cm.gray. */
#include <string.h>

#include "bind/natives.h"
#include "bind/plt_internal.h"

static const struct native_type colormap_type;

struct value plt_colormap_value(const struct colormap *map)
{
    return value_opaque(&colormap_type, (void *)map);
}

const struct colormap *plt_get_colormap(struct value value)
{
    return value_opaque_data(value, &colormap_type);
}

static void free_nothing(void *data)
{
    (void)data; /* maps are tables */
}

static void repr(void *data, struct strbuf *sb)
{
    strbuf_addf(sb, "<matplotlib.colors.Colormap '%s'>", colormap_name(data));
}

static bool get_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err)
{
    (void)interp;
    if (!strcmp(name, "name"))
        *ret = value_string(colormap_name(self.opaque->data));
    else if (!strcmp(name, "N"))
        *ret = value_int(256);
    else
        return error_set(err, ERROR_ATTRIBUTE,
                         "'Colormap' object has no attribute '%s'", name);
    return true;
}

static struct value one_color(struct color color)
{
    struct value parts[4] = {value_float(color.red), value_float(color.green),
                             value_float(color.blue), value_float(color.alpha)};
    return value_tuple(4, parts);
}

/* Integers are rows of its 256 colours. */
static double fraction_of(const struct tensor *numbers, int64_t i)
{
    double x = scalar_to_double(tensor_item_at(numbers, i));
    return dtype_kind(numbers->dtype) == 'f' ? x : x / 255;
}

static bool colors_of(const struct colormap *map, const struct tensor *numbers,
                      struct value *ret, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim = numbers->ndim;
    if (ndim == 0) {
        *ret = one_color(colormap_at(map, fraction_of(numbers, 0)));
        return true;
    }
    if (ndim == TENSOR_MAX_DIMS)
        return error_set(err, ERROR_VALUE, "too many dimensions");
    memcpy(shape, numbers->shape, (size_t)ndim * sizeof *shape);
    shape[ndim] = 4;
    struct tensor *colors = tensor_new(DTYPE_FLOAT64, ndim + 1, shape, err);
    if (!colors)
        return false;
    double *to = (double *)colors->data;
    for (int64_t i = 0; i < numbers->size; i++) {
        struct color color = colormap_at(map, fraction_of(numbers, i));
        *to++ = color.red;
        *to++ = color.green;
        *to++ = color.blue;
        *to++ = color.alpha;
    }
    *ret = value_tensor_take(colors);
    return true;
}

static const struct param call_params[] = {REQUIRED("X"), END_OF_PARAMS};

static bool call(struct interp *interp, struct value self,
                 const struct call_args *args, struct value *ret,
                 struct error *err)
{
    struct value x, spread;
    (void)interp;
    if (!call_bind("Colormap.__call__", call_params, args, false, &x, &spread,
                   err))
        return false;
    struct tensor *numbers = value_to_tensor(x, DTYPE_COUNT, err);
    bool good = numbers && colors_of(self.opaque->data, numbers, ret, err);
    tensor_unref(numbers);
    return good;
}

static const char *const names[] = {"N", "name", NULL};

static const struct native_type colormap_type = {
    .name = "Colormap",
    .free = free_nothing,
    .repr = repr,
    .get_attribute = get_attribute,
    .call = call,
    .attributes = names,
};
