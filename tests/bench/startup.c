/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

void bench_startup(const char *program)
{
    double times[STARTS];
    for (int i = 0; i < STARTS; i++)
        times[i] = time_to_prompt(program);
    printf("start-up to the first prompt     %8.1f ms\n",
           1e3 * bench_median(times, STARTS));
}
