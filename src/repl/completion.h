/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tab: names, attributes, commands and their arguments, files in quotes; the
   signature after "f(".  Main only, while no entry runs. */
#ifndef REPL_COMPLETION_H
#define REPL_COMPLETION_H

struct session;

void completion_init(struct session *session);

#endif
