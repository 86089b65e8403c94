/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `train mnist` from outside: the process from its start to its end.  Linux
 * counts what this process has when it forks for the peak of the other: this
 * comes first of all.
 */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/bench.h"

enum { RUNS = 3 };

static _Noreturn void become(const char *program, int seed)
{
    char command[64];
    int null = open("/dev/null", O_WRONLY);
    snprintf(command, sizeof command, "train mnist seed=%d", seed);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execl(program, program, "-e", command, (char *)NULL);
    _exit(127);
}

/* Seconds; *MEGABYTES: what it took at most. */
static double run_command(const char *program, int seed, double *megabytes)
{
    struct rusage usage;
    int status;
    double start = bench_seconds();
    pid_t pid = fork();

    if (pid < 0)
        bench_give_up("fork", NULL);
    if (pid == 0)
        become(program, seed);
    if (wait4(pid, &status, 0, &usage) != pid || status != 0)
        bench_give_up("train mnist", NULL);
    *megabytes = (double)usage.ru_maxrss / 1024;
    return bench_seconds() - start;
}

void bench_command(const char *program)
{
    double seconds[RUNS], peak = 0;

    for (int i = 0; i < RUNS; i++) {
        double megabytes;
        seconds[i] = run_command(program, i + 1, &megabytes);
        peak = fmax(peak, megabytes);
    }
    printf("`train mnist`, start to end: reading, 5 epochs, testing\n");
    printf("    %-36s %8.2f s\n", "the whole command",
           bench_median(seconds, RUNS));
    printf("    %-36s %8.1f MB\n", "its peak memory", peak);
}
