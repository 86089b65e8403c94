/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * matplotlib.pyplot, as `plt`: figures are built here and seen elsewhere.
 *
 * Names, parameters, defaults, results and errors are those of matplotlib
 * 3.6.  plt.show() hands copies of the open figures to whoever shows them and
 * forgets them, as matplotlib does when its windows are closed: the next call
 * begins a new figure.
 */
#ifndef BIND_PLT_H
#define BIND_PLT_H

#include "lang/lang.h"
#include "view/figure.h"

void plt_install(struct interp *interp);

/* Who shows figures; without one nothing is shown, quietly. */
struct plt_screen {
    /* Takes FIGURE over. */
    bool (*show)(void *context, struct figure *figure, struct error *err);
    /* After show() of all: waits as long as a program does. */
    bool (*wait)(void *context, struct error *err);
    void (*close)(void *context, int number); /* 0: all */
    void *context;
};
void plt_set_screen(struct plt_screen screen);

/* The figure that VALUE is or is part of (a Figure, Axes, an artist);
   borrowed, NULL for anything else. */
const struct figure *plt_figure_of(struct value value);

#endif
