/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/bench.h"

enum { STARTS = 15 };

/* Seconds from fork to the first prompt on a terminal. */
static double time_to_prompt(const char *program)
{
    char screen[4096];
    size_t length = 0;
    int terminal;
    double start = bench_seconds(), found = 0;
    pid_t pid = forkpty(&terminal, NULL, NULL, NULL);

    if (pid < 0)
        bench_give_up("forkpty", NULL);
    if (pid == 0) {
        execl(program, program, (char *)NULL);
        _exit(127);
    }
    while (length < sizeof screen - 1) {
        ssize_t got =
            read(terminal, screen + length, sizeof screen - 1 - length);
        if (got <= 0)
            break;
        length += (size_t)got;
        screen[length] = '\0';
        if (strstr(screen, "tensor>")) {
            found = bench_seconds() - start;
            break;
        }
    }
    close(terminal); /* hangs up */
    waitpid(pid, NULL, 0);
    return found;
}

static void time_starts(const char *program)
{
    double times[STARTS];
    for (int i = 0; i < STARTS; i++)
        times[i] = time_to_prompt(program);
    printf("start-up to the first prompt     %8.1f ms\n",
           1e3 * bench_median(times, STARTS));
}

/* -------------------------------------------------------------- memory */

static void bench_memory(const char *program)
{
    struct rusage usage;
    double start = bench_seconds();
    pid_t pid = fork();

    if (pid < 0)
        bench_give_up("fork", NULL);
    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execl(program, program, "-e", "train mnist seed=1", (char *)NULL);
        _exit(127);
    }
    wait4(pid, NULL, 0, &usage);
    printf("`train mnist`, the whole command %8.2f s\n",
           bench_seconds() - start);
    printf("its peak memory                  %8.1f MB\n",
           (double)usage.ru_maxrss / 1024);
}

void bench_startup(const char *program)
{
    time_starts(program);
    bench_memory(program);
}
