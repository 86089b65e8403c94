/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help on what is no function: `help broadcasting`, `help for`. */
#ifndef REPL_HELP_TOPIC_H
#define REPL_HELP_TOPIC_H

struct help_topic {
    const char *name;
    const char *words; /* that also find it, separated by spaces, or NULL */
    const char *doc;   /* one line */
    const char *details;
    const char *example; /* as struct op's: runs in the tests */
};

/* By name or word; NULL when there is none. */
const struct help_topic *help_topic_find(const char *name);

/* Every one in order; NULL at the end. */
const struct help_topic *help_topic_at(int index);

#endif
