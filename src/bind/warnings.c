/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/warnings.h"

#include "base/strbuf.h"
#include "base/strmap.h"
#include "bind/bind.h"
#include "tensor/elementwise.h"

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

static void warn(const char *text)
{
    if (!current_sink || strmap_has(&given, text))
        return;
    strmap_set(&given, text, NULL);
    current_sink(current_context, text);
}

void warn_of_events(const char *ufunc, bool scalar)
{
    static const struct {
        unsigned event;
        const char *text;
    } events[] = {{FP_DIVIDE, "divide by zero"},
                  {FP_OVERFLOW, "overflow"},
                  {FP_INVALID, "invalid value"}};
    unsigned raised = elementwise_fp_events();

    for (int i = 0; raised && i < 3; i++) {
        struct strbuf text = STRBUF_INIT;
        if (!(raised & events[i].event))
            continue;
        strbuf_addf(&text, "RuntimeWarning: %s encountered in %s%s",
                    events[i].text, scalar ? "scalar " : "", ufunc);
        warn(text.text);
        strbuf_done(&text);
    }
}
