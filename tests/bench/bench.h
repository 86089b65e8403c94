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

void bench_startup(const char *program); /* also peak memory */
void bench_training(const char *data_folder, const char *peers);
/* One statement after the other, here and in NumPy; FILTER (or NULL) is part
   of the names of those that are wanted. */
void bench_rows(const char *peers, const char *filter);

/*
 * A peer: python3 with one of tests/peers/, which reads a line and answers
 * with a line.  The C side of both is small enough for one place.
 */
struct peer;
/* NULL when there is no python3 or it lacks what the script needs: such a
   script ends without a first line. */
struct peer *peer_start(const char *folder, const char *script,
                        const char *argument);
/* The next line, without newline; NULL at the end.  Valid until the next
   call. */
const char *peer_read(struct peer *peer);
void peer_write(struct peer *peer, const char *text);
void peer_end(struct peer *peer); /* NULL is fine */

#endif
