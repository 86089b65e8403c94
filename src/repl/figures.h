/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of plt.show(), on their way to a window or the terminal. */
#ifndef REPL_FIGURES_H
#define REPL_FIGURES_H

struct session;

/* From now on SESSION shows them. */
void figures_install(struct session *session);

#endif
