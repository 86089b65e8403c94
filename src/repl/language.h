/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of messages and help: the locale's, or the one that is set. */
#ifndef REPL_LANGUAGE_H
#define REPL_LANGUAGE_H

enum language { LANGUAGE_AUTO, LANGUAGE_ENGLISH, LANGUAGE_CHINESE };

/* At the start of the program: takes the user's locale.  Text is UTF-8 also
   where no locale is set. */
void language_start(void);

void language_use(enum language language);

#endif
