/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   bench PROGRAM PEERS-FOLDER DATA-FOLDER
 *
 * BENCH in the environment picks parts: "startup", "training", "rows", or
 * "rows:TEXT" for the rows whose name contains TEXT.  PYTHON names an
 * interpreter to be tried before python3.
 */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

double bench_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare_doubles);
    return values[count / 2];
}

_Noreturn void bench_give_up(const char *what, struct error *err)
{
    fprintf(stderr, "bench: %s: %s\n", what,
            err && err->message ? err->message : "failed");
    exit(1);
}

static bool wanted(const char *part)
{
    const char *parts = getenv("BENCH");
    return !parts || !*parts || !strncmp(parts, part, strlen(part));
}

static const char *row_filter(void)
{
    const char *parts = getenv("BENCH");
    return parts && !strncmp(parts, "rows:", 5) ? parts + 5 : NULL;
}

/* What else runs here is in all figures. */
static void print_load(void)
{
    double load;
    if (getloadavg(&load, 1) == 1)
        printf("%ld cores, of which other programs used %.1f in the minute "
               "before\n",
               sysconf(_SC_NPROCESSORS_ONLN), load);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: bench PROGRAM PEERS-FOLDER DATA-FOLDER\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    print_load();
    if (wanted("startup"))
        bench_startup(argv[1]);
    if (wanted("training"))
        bench_training(argv[1], argv[3], argv[2]);
    if (wanted("rows"))
        bench_rows(argv[2], row_filter());
    return 0;
}
