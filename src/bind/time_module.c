/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Python's module time. */
#include <time.h>

#include "base/interrupt.h"
#include "bind/natives.h"

static const struct param no_params[] = {{NULL, 0, 0, NULL}};
static const struct param seconds_params[] = {{"secs", PARAM_ANY, 0, NULL},
                                              {NULL, 0, 0, NULL}};

static const struct param format_params[] = {{"format", PARAM_ANY, 0, NULL},
                                             {NULL, 0, 0, NULL}};

static double clock_seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

NATIVE(time_call)
{
    (void)interp;
    if (!native_bind(native, args, NULL, err))
        return false;
    *ret = value_float(clock_seconds(CLOCK_REALTIME));
    return true;
}

NATIVE(perf_counter_call)
{
    (void)interp;
    if (!native_bind(native, args, NULL, err))
        return false;
    *ret = value_float(clock_seconds(CLOCK_MONOTONIC));
    return true;
}

NATIVE(process_time_call)
{
    (void)interp;
    if (!native_bind(native, args, NULL, err))
        return false;
    *ret = value_float(clock_seconds(CLOCK_PROCESS_CPUTIME_ID));
    return true;
}

/* time_ns, perf_counter_ns */
NATIVE(nanoseconds_call)
{
    struct timespec now;

    (void)interp;
    if (!native_bind(native, args, NULL, err))
        return false;
    clock_gettime(native->name[0] == 't' ? CLOCK_REALTIME : CLOCK_MONOTONIC,
                  &now);
    *ret = value_int((int64_t)now.tv_sec * 1000000000 + now.tv_nsec);
    return true;
}

/* strftime(format), ctime(): the local time now */
NATIVE(strftime_call)
{
    struct value format = {.kind = VALUE_UNDEFINED};
    bool standard = native->name[0] == 'c';
    time_t now = time(NULL);
    struct tm local;
    char text[256];

    (void)interp;
    if (!native_bind(native, args, standard ? NULL : &format, err))
        return false;
    if (!standard && format.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "%s() argument 1 must be str, not %s", native->name,
                         value_type_name(format));
    localtime_r(&now, &local);
    const char *wanted =
        standard ? "%a %b %e %H:%M:%S %Y" : format.string->text;
    size_t length = strftime(text, sizeof text, wanted, &local);
    *ret = value_string_n(text, length);
    return true;
}

/* In short naps, so that Ctrl-C is felt. */
static bool sleep_until(double end, struct error *err)
{
    const struct timespec nap = {0, 10000000};

    while (clock_seconds(CLOCK_MONOTONIC) < end) {
        if (!interrupt_check(err))
            return false;
        nanosleep(&nap, NULL);
    }
    return true;
}

NATIVE(sleep_call)
{
    struct value slot;
    double seconds;

    (void)interp;
    if (!native_bind(native, args, &slot, err))
        return false;
    if (!value_as_double(slot, &seconds))
        return error_set(err, ERROR_TYPE, "must be real number, not %s",
                         value_type_name(slot));
    if (seconds < 0)
        return error_set(err, ERROR_VALUE,
                         "sleep length must be non-negative");
    if (!sleep_until(clock_seconds(CLOCK_MONOTONIC) + seconds, err))
        return false;
    *ret = value_none();
    return true;
}

static struct native functions[] = {
    FUNCTION_ROW("time", time_call, no_params, "Seconds since 1970"),
    FUNCTION_ROW("perf_counter", perf_counter_call, no_params,
                 "Seconds of a clock for measuring"),
    FUNCTION_ROW("monotonic", perf_counter_call, no_params,
                 "Seconds of a clock that never goes back"),
    FUNCTION_ROW("process_time", process_time_call, no_params,
                 "Seconds that the program has computed"),
    FUNCTION_ROW("time_ns", nanoseconds_call, no_params,
                 "Nanoseconds since 1970"),
    FUNCTION_ROW("perf_counter_ns", nanoseconds_call, no_params,
                 "Nanoseconds of a clock for measuring"),
    FUNCTION_ROW("strftime", strftime_call, format_params,
                 "The time of day in a format of your own: '%H:%M'"),
    FUNCTION_ROW("ctime", strftime_call, no_params, "The date and the time"),
    FUNCTION_ROW("sleep", sleep_call, seconds_params, "Waits"),
    {.name = NULL},
};

void time_install(struct interp *interp)
{
    struct value time = value_module("time");

    natives_add_to_module(functions, time.module);
    interp_add_module(interp, "time", time);
    value_unref(time);
}
