/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/warnings.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "bind/bind.h"

static warning_sink *current_sink;
static void *current_context;
static struct strmap given;

void bind_set_warning_sink(warning_sink *sink, void *context)
{
    current_sink = sink;
    current_context = context;
}

void bind_forget_warnings(void)
{
    strmap_done(&given);
}

static struct strmap silenced; /* categories */

void warnings_silence(const char *category)
{
    strmap_set(&silenced, category, NULL);
}

void warnings_silence_none(void)
{
    strmap_done(&silenced);
}

static bool is_silenced(const char *text)
{
    char *category = xstrndup(text, strcspn(text, ":"));
    bool silent = strmap_has(&silenced, category);

    free(category);
    return silent;
}

void warn(const char *text)
{
    if (!current_sink || strmap_has(&given, text) || is_silenced(text))
        return;
    strmap_set(&given, text, NULL);
    current_sink(current_context, text);
}

/* NumPy's defaults. */
struct fp_actions fp_actions = {.of = {[FP_DIVIDE] = FP_WARN,
                                       [FP_OVERFLOW] = FP_WARN,
                                       [FP_UNDERFLOW] = FP_IGNORE,
                                       [FP_INVALID] = FP_WARN}};

static bool treat(struct fp_event event, bool scalar, struct error *err)
{
    static const char *const kinds[FP_KINDS] = {"divide by zero", "overflow",
                                                "underflow", "invalid value"};
    enum fp_action action = fp_actions.of[event.kind];
    struct strbuf text = STRBUF_INIT;
    bool good = true;

    if (action == FP_IGNORE)
        return true;
    if (action != FP_RAISE)
        strbuf_adds(&text,
                    action == FP_WARN ? "RuntimeWarning: " : "Warning: ");
    strbuf_addf(&text, "%s encountered in %s%s", kinds[event.kind],
                scalar ? "scalar " : "", event.function);
    if (action == FP_RAISE)
        good = error_set(err, ERROR_FLOATING_POINT, "%s", text.text);
    else if (action == FP_WARN)
        warn(text.text);
    else if (current_sink)
        current_sink(current_context, text.text);
    strbuf_done(&text);
    return good;
}

bool warn_of_events(bool scalar, struct error *err)
{
    struct fp_event event;

    while (fp_event_take(&event)) {
        if (!treat(event, scalar, err)) {
            fp_events_forget();
            return false;
        }
    }
    return true;
}
