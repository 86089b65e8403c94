/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/graphics.h"

#include <stddef.h>

#include "repl/session.h"
#include "repl/wake.h"

void graphics_init(void)
{
    scene_set_waker(wake_notify);
}

bool graphics_shows_windows(struct session *session)
{
    (void)session;
    return false;
}

bool graphics_show(struct session *session, struct scene *scene,
                   struct error *err)
{
    (void)session;
    (void)err;
    scene_free(scene);
    return true;
}

int graphics_close(const char *kind)
{
    (void)kind;
    return 0;
}

void graphics_list(struct strbuf *sb)
{
    (void)sb;
}

bool graphics_wait(struct error *err)
{
    (void)err;
    return true;
}

int graphics_turn(void)
{
    return -1;
}

int graphics_descriptor(void)
{
    return -1;
}

char *graphics_next_command(void)
{
    return NULL;
}

void graphics_interrupt(void)
{
}

void graphics_done(void)
{
}
