/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lesson's code has its time and its memory, and no files. */
#ifndef LESSON_LIMITS_H
#define LESSON_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

/* From here on the calling thread's code is watched: after so many seconds, or
   when the program has grown by that much, it is interrupted for good.  It
   reads files below FOLDER (NULL: none) and writes none; whoever asks for
   random numbers gets those that come next in the lesson. */
void limits_begin(const char *folder);

/* Ends it; true when the code ran into a limit. */
bool limits_end(void);

/* For tests: seconds of computing (20) and bytes (2 GiB). */
void limits_set(double seconds, size_t bytes);

#endif
