/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/figures.h"

#include <stdio.h>

#include "bind/plt.h"
#include "repl/graphics.h"
#include "repl/session.h"

static bool show(void *context, struct figure *figure, struct error *err)
{
    return graphics_show(context, scene_of_figure(figure), err);
}

/* A program's show() returns when its windows are closed; at the prompt one
   goes on typing. */
static bool wait_for_windows(void *context, struct error *err)
{
    const struct entry *entry = session_entry(context);
    return !entry || entry->typed || graphics_wait(err);
}

static void close_window(void *context, int number)
{
    char kind[32];
    (void)context;
    snprintf(kind, sizeof kind, "figure %d", number);
    if (number)
        graphics_close(kind);
    else
        graphics_close_figures();
}

void figures_install(struct session *session)
{
    plt_set_screen((struct plt_screen){.show = show,
                                       .wait = wait_for_windows,
                                       .close = close_window,
                                       .context = session});
}
