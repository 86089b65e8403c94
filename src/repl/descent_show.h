/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of descents: in a window of its own that follows every step, and
   by `show descent`. */
#ifndef REPL_DESCENT_SHOW_H
#define REPL_DESCENT_SHOW_H

#include "repl/descents.h"

struct session;

/* DESCENTS have begun: with a display a window opens.  KeyboardInterrupt; what
   else fails while the function is looked at leaves gaps in the picture. */
bool descent_show_begin(struct session *session,
                        const struct descents *descents, struct error *err);

/* They have moved: the window follows, when it is still open. */
bool descent_show_again(struct session *session,
                        const struct descents *descents, struct error *err);
/* The same amid many steps, and not oftener than an eye can see. */
void descent_show_moving(const struct descents *descents);

/* `show descent`: wherever pictures go. */
bool descent_show(struct session *session, const struct descents *descents,
                  struct error *err);

/* What is known of the function is dropped. */
void descent_show_forget(void);

#endif
