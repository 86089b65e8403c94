/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * np.pad: one axis after the other gets its two borders, each computed from
 * what the array is by then.
 */
#include <math.h>
#include <string.h>

#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "ops/pad.h"
#include "tensor/join.h"
#include "tensor/quantile.h"

static const struct param pad_params[] = {
    {"array", PARAM_TENSOR, 0, NULL},
    {"pad_width", PARAM_TENSOR, 0, NULL},
    {"mode", PARAM_STRING, 0, "'constant'"},
    {"constant_values", PARAM_TENSOR, PARAM_KEYWORD_ONLY, "None"},
    {"end_values", PARAM_TENSOR, PARAM_KEYWORD_ONLY, "None"},
    {"stat_length", PARAM_TENSOR, PARAM_KEYWORD_ONLY, "None"},
    {"reflect_type", PARAM_STRING, PARAM_KEYWORD_ONLY, "'even'"},
    {NULL, 0, 0, NULL}};

/* The area that is being padded, and what the caller asked for. */
struct padding {
    struct tensor *result;
    const struct arg *args;
    int axis;
    int64_t before, length, after; /* along the axis */
};

struct scalar pad_side_value(const struct tensor *pairs, int axis, int side)
{
    int64_t columns = pairs->ndim ? pairs->shape[pairs->ndim - 1] : 1;
    int64_t rows = pairs->ndim == 2 ? pairs->shape[0] : 1;
    int64_t row = rows == 1 ? 0 : axis, column = columns == 1 ? 0 : side;

    return tensor_item_at(pairs, row * columns + column);
}

static bool check_pairs(const struct tensor *pairs, int ndim,
                        struct error *err)
{
    bool fits = pairs->ndim <= 2 && pairs->size > 0;

    if (fits && pairs->ndim)
        fits = pairs->shape[pairs->ndim - 1] == 2 ||
               pairs->shape[pairs->ndim - 1] == 1;
    if (fits && pairs->ndim == 2)
        fits = pairs->shape[0] == 1 || pairs->shape[0] == ndim;
    if (fits || (pairs->ndim < 3 && pairs->size == 1))
        return true;
    if (pairs->ndim > 2)
        return error_set(err, ERROR_VALUE,
                         "input operand has more dimensions than allowed by "
                         "the axis remapping");
    struct strbuf own = STRBUF_INIT;
    shape_format_tight(&own, pairs->ndim, pairs->shape);
    error_set(err, ERROR_VALUE,
              "operands could not be broadcast together with remapped shapes "
              "[original->remapped]: %s  and requested shape (%d,2)",
              own.text, ndim);
    strbuf_done(&own);
    return false;
}

static int64_t side_start(const struct padding *p, int side)
{
    return side ? p->before + p->length : 0;
}

static int64_t side_count(const struct padding *p, int side)
{
    return side ? p->after : p->before;
}

/* The whole border takes VALUE, broadcast. */
static bool fill_side(const struct padding *p, int side,
                      const struct tensor *value, struct error *err)
{
    struct tensor *border = tensor_section(
        p->result, p->axis, side_start(p, side), side_count(p, side));
    bool done = tensor_assign(border, value, err);

    tensor_unref(border);
    return done;
}

static bool fill_number(const struct padding *p, int side,
                        const struct arg *numbers, struct error *err)
{
    struct scalar value = numbers->given
                              ? pad_side_value(numbers->tensor, p->axis, side)
                              : scalar_from_int(0);
    struct tensor *element = tensor_from_scalar(value, err);
    bool done = element && fill_side(p, side, element, err);

    tensor_unref(element);
    return done;
}

/* The outermost elements of the array itself. */
static struct tensor *edge(const struct padding *p, int side)
{
    return tensor_section(p->result, p->axis,
                          side ? p->before + p->length - 1 : p->before, 1);
}

static bool fill_edge(const struct padding *p, int side, struct error *err)
{
    struct tensor *last = edge(p, side);
    bool done = fill_side(p, side, last, err);

    tensor_unref(last);
    return done;
}

/* From the edge to end_values in even steps; integers are cut. */
static bool fill_ramp(const struct padding *p, int side, struct error *err)
{
    const struct arg *ends = &p->args[4];
    double end = ends->given
                     ? scalar_to_double(pad_side_value(ends->tensor, p->axis, side))
                     : 0;
    int64_t count = side_count(p, side), start = side_start(p, side);
    struct tensor *last = edge(p, side);
    struct tensor *from = tensor_astype(last, DTYPE_FLOAT64, err);
    bool done = from != NULL;

    for (int64_t k = 0; done && k < count; k++) {
        struct tensor *step = tensor_copy(from, err);
        struct tensor *place = tensor_section(
            p->result, p->axis, side ? start + k : start + count - 1 - k, 1);
        for (int64_t i = 0; step && i < step->size; i++) {
            double *x = (double *)step->data + i;
            /* as linspace from the end value inwards */
            *x = end + (double)(count - 1 - k) * ((*x - end) / (double)count);
            if (!dtype_is_float(p->result->dtype))
                *x = floor(*x);
        }
        done = step && tensor_assign(place, step, err);
        tensor_unref(step);
        tensor_unref(place);
    }
    tensor_unref(last);
    tensor_unref(from);
    return done;
}

static struct tensor *statistic(const char *mode, struct tensor *part,
                                int axis, struct error *err)
{
    struct axes axes = {.count = 1, .axis = {axis}};
    struct reduce_options options = {.keepdims = true, .dtype = DTYPE_COUNT};
    struct quantile_options middle = {.keepdims = true};
    bool empty;

    if (!strcmp(mode, "mean"))
        return reduce_mean(part, &axes, &options, &empty, err);
    if (!strcmp(mode, "median"))
        return tensor_median(part, &axes, &middle, &empty, err);
    return reduce_ufunc(ufunc_find(mode), part, &axes, true, DTYPE_COUNT, err);
}

/* Integers are rounded to even, as NumPy does. */
static bool fill_rounded(const struct padding *p, int side,
                         struct tensor *value, struct error *err)
{
    if (dtype_is_float(value->dtype) && !dtype_is_float(p->result->dtype))
        for (int64_t i = 0; i < value->size; i++) {
            char *at = value->data + (size_t)i * dtype_size(value->dtype);
            double x = scalar_to_double(scalar_load(value->dtype, at));
            scalar_store(scalar_from_double(rint(x)), value->dtype, at);
        }
    return fill_side(p, side, value, err);
}

static bool fill_statistic(const struct padding *p, const char *mode,
                           struct error *err)
{
    const struct arg *lengths = &p->args[5];
    struct tensor *values[2] = {NULL, NULL};
    bool done = true;

    for (int side = 0; done && side < 2; side++) {
        int64_t count = p->length;
        if (lengths->given) {
            int64_t wanted =
                scalar_to_int(pad_side_value(lengths->tensor, p->axis, side));
            count = wanted < count ? wanted : count;
        }
        if (count <= 0) {
            done = error_set(err, ERROR_VALUE,
                             "stat_length of 0 yields no value for padding");
            break;
        }
        struct tensor *part = tensor_section(
            p->result, p->axis,
            side ? p->before + p->length - count : p->before, count);
        values[side] = statistic(mode, part, p->axis, err);
        done = values[side] != NULL;
        tensor_unref(part);
    }
    for (int side = 0; side < 2; side++) {
        done = done && fill_rounded(p, side, values[side], err);
        tensor_unref(values[side]);
    }
    return done;
}

/* result[TO] = 2 * edge - result[FROM], the odd reflection. */
static bool copy_odd(const struct padding *p, int64_t to, int64_t from,
                     int side, struct error *err)
{
    const struct ufunc *subtract = ufunc_find("subtract");
    const struct ufunc *add = ufunc_find("add");
    struct tensor *last = edge(p, side);
    struct tensor *source = tensor_section(p->result, p->axis, from, 1);
    struct tensor *twice = ufunc_call(
        add, (struct tensor *[]){last, last}, NULL, NULL, DTYPE_COUNT, err);
    struct tensor *odd =
        twice ? ufunc_call(subtract, (struct tensor *[]){twice, source}, NULL,
                           NULL, DTYPE_COUNT, err)
              : NULL;
    struct tensor *place = tensor_section(p->result, p->axis, to, 1);
    bool done = odd && tensor_assign(place, odd, err);

    tensor_unref(last);
    tensor_unref(source);
    tensor_unref(twice);
    tensor_unref(odd);
    tensor_unref(place);
    return done;
}

/* Copies outwards, one layer at a time, so that what was just filled serves
   as a source when the border is wider than the array. */
static bool fill_mirrored(const struct padding *p, const char *mode,
                          struct error *err)
{
    bool odd = !strcmp(p->args[6].string, "odd");
    int64_t first = p->before, last = p->before + p->length - 1;
    bool wrap = !strcmp(mode, "wrap"), reflect = !strcmp(mode, "reflect");
    int64_t period = wrap ? p->length : reflect ? p->length - 1 : p->length;
    bool done = true;

    if (period == 0) /* one element reflects as itself */
        return fill_edge(p, 0, err) && fill_edge(p, 1, err);
    int64_t widest = p->before > p->after ? p->before : p->after;
    for (int64_t k = 1; done && k <= widest; k++) {
        int64_t distance = (k - 1) % period + 1;
        int64_t turn = (k - 1) / period; /* how often the mirror was crossed */
        int64_t inner = wrap ? period - distance
                             : reflect ? distance : distance - 1;
        if (!wrap && turn % 2 == 1)
            inner = reflect ? period - distance : p->length - distance;
        int64_t low = wrap ? first + inner : first + inner;
        int64_t high = wrap ? first + distance - 1 : last - inner;
        if (odd && !wrap)
            done = (k > p->before ||
                    copy_odd(p, first - k, first + k - (reflect ? 0 : 1), 0,
                             err)) &&
                   (k > p->after ||
                    copy_odd(p, last + k, last - k + (reflect ? 0 : 1), 1,
                             err));
        else
            done = (k > p->before ||
                    tensor_copy_section(p->result, first - k, p->result, low,
                                        p->axis, 1, err)) &&
                   (k > p->after ||
                    tensor_copy_section(p->result, last + k, p->result, high,
                                        p->axis, 1, err));
    }
    return done;
}

static bool pad_axis(const struct padding *p, const char *mode,
                     struct error *err)
{
    if (!strcmp(mode, "constant"))
        return fill_number(p, 0, &p->args[3], err) &&
               fill_number(p, 1, &p->args[3], err);
    if (!strcmp(mode, "empty"))
        return true;
    if (p->length == 0 && (p->before || p->after))
        return error_set(err, ERROR_VALUE,
                         "can't extend empty axis %d using modes other than "
                         "'constant' or 'empty'",
                         p->axis);
    if (!strcmp(mode, "edge"))
        return fill_edge(p, 0, err) && fill_edge(p, 1, err);
    if (!strcmp(mode, "linear_ramp"))
        return fill_ramp(p, 0, err) && fill_ramp(p, 1, err);
    if (!strcmp(mode, "reflect") || !strcmp(mode, "symmetric") ||
        !strcmp(mode, "wrap"))
        return fill_mirrored(p, mode, err);
    return fill_statistic(p, mode, err);
}

static bool check_mode(const char *mode, struct error *err)
{
    static const char *const modes[] = {
        "constant", "edge",   "empty",   "linear_ramp", "maximum", "mean",
        "median",   "minimum", "reflect", "symmetric",   "wrap"};

    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (!strcmp(mode, modes[i]))
            return true;
    return error_set(err, ERROR_VALUE, "mode '%s' is not supported", mode);
}

/* The padded shape's array with ARRAY in its middle. */
static struct tensor *framed(struct tensor *array, const struct tensor *width,
                             struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];

    for (int i = 0; i < array->ndim; i++) {
        int64_t before = scalar_to_int(pad_side_value(width, i, 0));
        int64_t after = scalar_to_int(pad_side_value(width, i, 1));
        if (before < 0 || after < 0)
            return error_null(err, ERROR_VALUE,
                              "index can't contain negative values");
        if (__builtin_add_overflow(before, array->shape[i], &shape[i]) ||
            __builtin_add_overflow(after, shape[i], &shape[i]))
            return error_null(err, ERROR_VALUE,
                              "Maximum allowed size exceeded");
    }
    struct tensor *result = tensor_zeros(array->dtype, array->ndim, shape, err);
    if (!result)
        return NULL;
    struct tensor *middle = tensor_alias(result);
    for (int i = 0; i < array->ndim; i++) {
        struct tensor *inner =
            tensor_section(middle, i, scalar_to_int(pad_side_value(width, i, 0)),
                           array->shape[i]);
        tensor_unref(middle);
        middle = inner;
    }
    bool done = tensor_assign(middle, array, err);
    tensor_unref(middle);
    if (done)
        return result;
    tensor_unref(result);
    return NULL;
}

/* Each mode takes the keywords that it has a use for. */
static bool check_keywords(const struct arg *args, const char *mode,
                           struct error *err)
{
    static const struct {
        const char *name;
        const char *modes; /* that take it */
    } keywords[] = {{"constant_values", "constant"},
                    {"end_values", "linear_ramp"},
                    {"stat_length", "maximum mean median minimum"},
                    {"reflect_type", "reflect symmetric"}};
    struct strbuf wrong = STRBUF_INIT;

    for (int i = 0; i < 4; i++) {
        const struct arg *given = &args[3 + i];
        if (given->given && !(i == 3 && !*given->string) &&
            !strstr(keywords[i].modes, mode))
            strbuf_addf(&wrong, "%s'%s'", wrong.length ? ", " : "",
                        keywords[i].name);
    }
    bool good = !wrong.length ||
                error_set(err, ERROR_VALUE,
                          "unsupported keyword arguments for mode '%s': {%s}",
                          mode, wrong.text);
    strbuf_done(&wrong);
    return good;
}

static bool check_arguments(const struct arg *args, const char *mode,
                            struct error *err)
{
    int ndim = args[0].tensor->ndim;

    if (dtype_kind(args[1].tensor->dtype) != 'i')
        return error_set(err, ERROR_TYPE,
                         "`pad_width` must be of integral type.");
    for (int64_t i = 0; i < args[1].tensor->size; i++)
        if (tensor_item_at(args[1].tensor, i).i < 0)
            return error_set(err, ERROR_VALUE,
                             "index can't contain negative values");
    if (args[1].tensor->size == 0)
        return error_set(err, ERROR_VALUE,
                         "zero-size array to reduction operation minimum which "
                         "has no identity");
    if (!check_pairs(args[1].tensor, ndim, err) || !check_mode(mode, err) ||
        !check_keywords(args, mode, err))
        return false;
    for (int i = 3; i <= 5; i++)
        if (args[i].given && !check_pairs(args[i].tensor, ndim, err))
            return false;
    return true;
}

/* Of RESULT what is whole by the turn of AXIS: the axes still to come are left
   at the array itself. */
static struct tensor *area_for(struct tensor *result, int axis,
                               const struct tensor *array,
                               const struct tensor *width)
{
    struct tensor *area = tensor_alias(result);
    for (int i = axis + 1; i < array->ndim; i++) {
        struct tensor *inner = tensor_section(
            area, i, scalar_to_int(pad_side_value(width, i, 0)),
            array->shape[i]);
        tensor_unref(area);
        area = inner;
    }
    return area;
}

static bool pad_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct tensor *array = args[0].tensor, *width = args[1].tensor;
    const char *mode = *args[2].string ? args[2].string : "constant";
    bool done = true;

    (void)op;
    if (!check_arguments(args, mode, err))
        return false;
    struct tensor *result = framed(array, width, err);
    for (int axis = 0; result && done && axis < array->ndim; axis++) {
        struct padding p = {
            area_for(result, axis, array, width), args, axis,
            scalar_to_int(pad_side_value(width, axis, 0)), array->shape[axis],
            scalar_to_int(pad_side_value(width, axis, 1))};
        done = pad_axis(&p, mode, err);
        tensor_unref(p.result);
    }
    if (!done) {
        tensor_unref(result);
        return false;
    }
    return op_return_array(ret, result);
}

const struct op pad_ops[] = {
    {"pad", NULL, "np", OP_FUNCTION, pad_params, pad_forward, pad_vjp, NULL,
     "The array with a border of pad_width elements",
     "mode says what the border holds: 'constant' (constant_values), 'edge', "
     "'linear_ramp' (to end_values), 'maximum', 'mean', 'median', 'minimum' "
     "(of stat_length elements), 'reflect', 'symmetric', 'wrap', 'empty'. "
     "pad_width is a number, a pair (before, after), or a pair for each axis.",
     ">>> np.pad([1, 2, 3], 2)\narray([0, 0, 1, 2, 3, 0, 0])\n"
     ">>> np.pad([1, 2, 3], (1, 2), 'edge')\narray([1, 1, 2, 3, 3, 3])\n"
     ">>> np.pad([1, 2, 3], 2, mode='reflect')\narray([3, 2, 1, 2, 3, 2, 1])",
     "concatenate insert"},
    {.name = NULL},
};
