/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/descent_ground.h"

#include <float.h>
#include <math.h>
#include <time.h>

#include "bind/gradient.h"
#include "bind/warnings.h"
#include "ops/random.h"
#include "repl/session.h"

/* Steps that are tried ahead, to see where the way leads. */
enum { AHEAD = 60 };

/* Places along an axis. */
enum { CURVE_MOST = 241, CURVE_LEAST = 31, SIDE_MOST = 61, SIDE_LEAST = 13 };

/* Seconds that looking may take, but for the fewest places; a function for
   which even these take much longer is not looked at. */
static const double budget = 0.5, patience = 3.0;

/* ------------------------------------------------------------- coordinates */

int descent_dimensions(const struct descent *descent)
{
    int64_t numbers = 0;
    for (int i = 0; i < descent->count; i++)
        numbers += descent->points[0].x[i]->size;
    return numbers <= 2 ? (int)numbers : 0;
}

/* Which argument has number *INDEX; *INDEX becomes its place in that. */
static int argument_of(const struct descent *descent, int *index)
{
    int argument = 0;
    while (*index >= descent->points[0].x[argument]->size)
        *index -= (int)descent->points[0].x[argument++]->size;
    return argument;
}

double descent_coordinate(const struct descent *descent,
                          const struct descent_point *point, int index)
{
    int argument = argument_of(descent, &index);
    return scalar_to_double(tensor_item_at(point->x[argument], index));
}

/* ------------------------------------------------------------- calls of it */

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void set_number(struct tensor *x, int index, double number)
{
    if (x->dtype == DTYPE_FLOAT32)
        ((float *)(void *)x->data)[index] = (float)number;
    else
        ((double *)(void *)x->data)[index] = number;
}

/* The function at PLACE; NaN where it fails.  False: Ctrl-C. */
static bool call_at(struct interp *interp, const struct descent *descent,
                    const double *place, double *ret, struct error *err)
{
    struct tensor *x[DESCENT_MAX_ARGUMENTS] = {NULL};
    bool good = true;
    *ret = NAN;
    for (int i = 0; good && i < descent->count; i++) {
        x[i] = tensor_copy(descent->points[0].x[i], err);
        good = x[i] != NULL;
    }
    for (int k = 0; good && k < descent_dimensions(descent); k++) {
        int index = k, argument = argument_of(descent, &index);
        set_number(x[argument], index, place[k]);
    }
    good = good &&
           function_at(interp, descent->function, descent->count, x, ret, err);
    for (int i = 0; i < descent->count; i++)
        tensor_unref(x[i]);
    if (!good && err->kind == ERROR_KEYBOARD_INTERRUPT)
        return false;
    if (!good || !isfinite(*ret))
        *ret = NAN;
    error_clear(err);
    return true;
}

/* -------------------------------------------------------- what is looked at */

struct reach {
    double low[2], high[2];
};

static void include(struct reach *reach, const struct descent *descent,
                    const struct descent_point *point)
{
    if (!descent_is_finite(descent, point))
        return;
    for (int k = 0; k < descent_dimensions(descent); k++) {
        double x = descent_coordinate(descent, point, k);
        reach->low[k] = fmin(reach->low[k], x);
        reach->high[k] = fmax(reach->high[k], x);
    }
}

/* Where DESCENT would go with its settings, as long as that is not uphill of
   where it began. */
static bool include_ahead(struct interp *interp, const struct descent *descent,
                          struct reach *reach, double until, struct error *err)
{
    const struct descent_point *now = descent_now(descent);
    struct descent_settings settings = {
        descent->rate, descent->momentum,
        descent->type ? descent->type->named.name : NULL};
    struct value start = value_tensor_take(tensor_ref(now->x[0]));
    if (descent->several) {
        struct value items[DESCENT_MAX_ARGUMENTS] = {start};
        for (int i = 1; i < descent->count; i++)
            items[i] = value_tensor_take(tensor_ref(now->x[i]));
        start = value_tuple_take((size_t)descent->count, items);
    }
    struct descent *ahead =
        descent_new(interp, descent->function, start, &settings, err);
    for (int i = 0; ahead && i < AHEAD && seconds() < until; i++) {
        if (!descent_step(interp, ahead, err) ||
            !(descent_now(ahead)->loss <= descent->points[0].loss))
            break;
        include(reach, descent, descent_now(ahead));
    }
    descent_free(ahead);
    value_unref(start);
    bool interrupted = err->kind == ERROR_KEYBOARD_INTERRUPT;
    if (!interrupted)
        error_clear(err);
    return !interrupted;
}

/* With room around it. */
static void widen(struct reach *reach, int dimensions)
{
    double largest = 0.0;
    for (int k = 0; k < dimensions; k++)
        largest = fmax(largest, reach->high[k] - reach->low[k]);
    if (!(largest > 0.0)) /* it stands still */
        largest = 4.0 * fmax(1.0, fabs(reach->low[0]));
    for (int k = 0; k < dimensions; k++) {
        double span = reach->high[k] - reach->low[k];
        double middle = 0.5 * (reach->low[k] + reach->high[k]);
        span = 1.7 * fmax(span, 0.35 * largest);
        reach->low[k] = middle - 0.5 * span;
        reach->high[k] = middle + 0.5 * span;
    }
}

static bool find_reach(struct interp *interp, const struct descents *descents,
                       struct reach *reach, struct error *err)
{
    double until = seconds() + budget;
    *reach = (struct reach){{DBL_MAX, DBL_MAX}, {-DBL_MAX, -DBL_MAX}};
    for (int i = 0; i < descents->count; i++) {
        const struct descent *descent = descents->items[i];
        for (size_t k = 0; k < descent->point_count; k++)
            include(reach, descent, &descent->points[k]);
        if (!include_ahead(interp, descent, reach, until, err))
            return false;
    }
    if (reach->low[0] <= reach->high[0])
        widen(reach, descent_dimensions(descents->items[0]));
    return true;
}

bool descent_ground_covers(const struct descent_ground *ground,
                           const struct descents *descents)
{
    for (int i = 0; i < descents->count; i++) {
        const struct descent *descent = descents->items[i];
        const struct descent_point *now = descent_now(descent);
        if (!descent_is_finite(descent, now))
            continue;
        for (int k = 0; k < ground->dimensions; k++) {
            double x = descent_coordinate(descent, now, k);
            if (x < ground->low[k] || x > ground->high[k])
                return false;
        }
    }
    return true;
}

/* ----------------------------------------------------------------- looking */

static double place_at(const struct descent_ground *ground, int axis,
                       size_t index)
{
    double part = (double)index / (double)(ground->axes[axis]->count - 1);
    return ground->low[axis] + part * (ground->high[axis] - ground->low[axis]);
}

static bool make_axes(struct descent_ground *ground, size_t side,
                      struct error *err)
{
    size_t places = 1;
    for (int k = 0; k < ground->dimensions; k++) {
        ground->axes[k] = series_new(side, err);
        if (!ground->axes[k])
            return false;
        for (size_t i = 0; i < side; i++)
            ground->axes[k]->values[i] = place_at(ground, k, i);
        places *= side;
    }
    ground->values = series_new(places, err);
    return ground->values != NULL;
}

/* How many places an axis gets when a call takes so long; 0: too long. */
static size_t places_for(int dimensions, double call)
{
    double least = dimensions == 1 ? CURVE_LEAST : SIDE_LEAST;
    double most = dimensions == 1 ? CURVE_MOST : SIDE_MOST;
    if (pow(least, dimensions) * call > patience)
        return 0;
    double side = pow(budget / call, 1.0 / dimensions);
    return (size_t)fmin(fmax(side, least), most);
}

static bool fill(struct interp *interp, const struct descent *descent,
                 struct descent_ground *ground, struct error *err)
{
    double place[2] = {ground->low[0], ground->low[1]};
    double begun = seconds(), value;
    if (!call_at(interp, descent, place, &value, err))
        return false;
    size_t side = places_for(ground->dimensions, seconds() - begun + 1e-7);
    if (side == 0) {
        ground->dimensions = 0;
        return true;
    }
    if (!make_axes(ground, side, err))
        return false;
    for (size_t i = 0; i < ground->values->count; i++) {
        for (int k = 0; k < ground->dimensions; k++)
            place[k] = ground->axes[k]->values[k == 0 ? i % side : i / side];
        if (!call_at(interp, descent, place, &ground->values->values[i], err))
            return false;
    }
    return true;
}

static bool look(struct interp *interp, const struct descents *descents,
                 struct descent_ground *ground, struct error *err)
{
    struct reach reach;
    if (!find_reach(interp, descents, &reach, err))
        return false;
    for (int k = 0; k < ground->dimensions; k++) {
        ground->low[k] = reach.low[k];
        ground->high[k] = reach.high[k];
        double span = reach.high[k] - reach.low[k];
        if (!(span > 0.0) || !isfinite(span)) {
            ground->dimensions = 0; /* nowhere was it finite */
            return true;
        }
    }
    return fill(interp, descents->items[0], ground, err);
}

bool descent_look(struct session *session, const struct descents *descents,
                  struct descent_ground *ret, struct error *err)
{
    struct descent_ground ground = {.dimensions =
                                        descent_dimensions(descents->items[0])};
    struct fp_actions before = fp_actions;
    struct rng drawn_so_far = *random_source;
    bool good = true;
    if (ground.dimensions) {
        for (int i = 0; i < FP_KINDS; i++)
            fp_actions.of[i] = FP_IGNORE;
        struct diversion shown =
            session_divert(session, (struct diversion){true, NULL});
        good = look(session_interp(session), descents, &ground, err);
        session_divert(session, shown);
        fp_actions = before;
        *random_source = drawn_so_far;
    }
    if (good)
        *ret = ground;
    else
        descent_ground_done(&ground);
    return good;
}
