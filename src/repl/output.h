/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the session thread prints, on its way to main, the only thread that
 * writes to the terminal.  A session that prints faster than the terminal
 * takes it waits; memory does not grow.
 */
#ifndef REPL_OUTPUT_H
#define REPL_OUTPUT_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

enum output_stream { OUTPUT_RESULTS, OUTPUT_ERRORS }; /* stdout, stderr */

struct output {
    pthread_mutex_t mutex;
    pthread_cond_t drained;
    struct strbuf queue;
    enum output_stream stream; /* of what is in the queue */
    bool closed;               /* text is dropped */
    /* main's alone */
    struct strbuf writing;
    bool at_line_start;
};

void output_init(struct output *output);
void output_done(struct output *output);

/* Any thread but main. */
void output_write(struct output *output, enum output_stream stream,
                  const char *text, size_t length);

/* Main only: writes out what has come.  false when standard output cannot
   take it: errno tells why, and all further text is dropped. */
bool output_drain(struct output *output);

/* Drops what comes from now on; nobody waits any longer. */
void output_close(struct output *output);

/* Main only: all of it to FD; EINTR is not an error. */
bool output_write_all(int fd, const char *text, size_t length);

#endif
