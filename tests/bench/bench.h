/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `make bench`: what the program costs, in figures, without pass or fail.
 * Machines are noisy and change from minute to minute: what is compared is
 * measured in turn, round after round, and the ratio is the median of the
 * rounds' ratios.
 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <stdbool.h>

#include "base/error.h"

double bench_seconds(void); /* of a clock that only goes forward */
double bench_median(double *values, int count); /* sorts VALUES */
_Noreturn void bench_give_up(const char *what, struct error *err);

void bench_startup(const char *program);
/* The whole command, epochs beside those of other tools, a loop by hand beside
   fit(), and where the time goes. */
void bench_training(const char *program, const char *data_folder,
                    const char *peers);
void bench_command(const char *program);
void bench_tape(void);
/* One statement after the other, here and in NumPy; FILTER (or NULL) is part
   of the names of those that are wanted. */
void bench_rows(const char *peers, const char *filter);

/* Waits until no thread of PROCESS runs any more, but the calling one (which
   is the first of its process); a second at most.  Seconds waited. */
double bench_wait_quiet(int process);

/* An interpreter with all modules, whose output is dropped. */
struct interp;
struct interp *bench_interp(void);
void bench_run(struct interp *interp, const char *text);
/* The number in the variable NAME. */
double bench_number(struct interp *interp, const char *name);

/*
 * A peer: python3 or Octave with one of tests/peers/, which reads a line and
 * answers with a line.  The C side is small enough for one place.
 */
struct peer;
/* NULL when there is no interpreter or it lacks what the script needs: such a
   script ends without a first line. */
struct peer *peer_start(const char *folder, const char *script,
                        const char *argument);
int peer_process(const struct peer *peer);
/* Its first line: name and version. */
const char *peer_title(const struct peer *peer);
/* The next line, without newline; NULL at the end.  Valid until the next
   call. */
const char *peer_read(struct peer *peer);
void peer_write(struct peer *peer, const char *text);
void peer_end(struct peer *peer); /* NULL is fine */

#endif
