/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * OpenMP's and OpenBLAS's threads spin for a while (OpenBLAS's some 30 ms)
 * after work.  Whoever is measured next in another process would pay for it.
 */
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/bench.h"

enum { LOOKS = 3 }; /* this many in a row must find nobody running */
static const double between_looks = 0.005, longest = 1.0;
/* Where there is no /proc to look into. */
static const double without_looking = 0.25;

static void sleep_for(double seconds)
{
    nanosleep(&(struct timespec){0, (long)(seconds * 1e9)}, NULL);
}

/* The state is the letter after the name in parentheses. */
static bool is_running(int process, const char *thread)
{
    char path[128], text[512];
    snprintf(path, sizeof path, "/proc/%d/task/%.20s/stat", process, thread);
    FILE *file = fopen(path, "r");
    if (!file)
        return false; /* it has ended */
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    const char *name_end = strrchr(text, ')');
    return name_end && !strncmp(name_end, ") R", 3);
}

/* The calling thread, the first one of its process, does not count.  -1: there
   is nowhere to look. */
static int running_threads(int process)
{
    char path[64];
    int running = 0;
    snprintf(path, sizeof path, "/proc/%d/task", process);
    DIR *folder = opendir(path);
    if (!folder)
        return -1;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (isdigit((unsigned char)*entry->d_name) &&
            atoi(entry->d_name) != getpid())
            running += is_running(process, entry->d_name);
    closedir(folder);
    return running;
}

double bench_wait_quiet(int process)
{
    double start = bench_seconds();
    for (int quiet = 0; quiet < LOOKS && bench_seconds() - start < longest;
         quiet++) {
        int running = running_threads(process);
        if (running < 0) {
            sleep_for(without_looking);
            break;
        }
        if (running > 0)
            quiet = -1;
        sleep_for(between_looks);
    }
    return bench_seconds() - start;
}
