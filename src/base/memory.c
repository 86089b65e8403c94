/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files are those of proc(5). */
#include "base/memory.h"

#include <stdio.h>
#include <unistd.h>

static int64_t memory_total(void)
{
    return (int64_t)sysconf(_SC_PHYS_PAGES) * (int64_t)sysconf(_SC_PAGESIZE);
}

int64_t memory_available(void)
{
    long long kilobytes;
    char line[128];
    int64_t bytes = memory_total();
    FILE *file = fopen("/proc/meminfo", "r");

    if (!file)
        return bytes;
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "MemAvailable: %lld", &kilobytes) == 1)
            bytes = (int64_t)kilobytes * 1024;
    fclose(file);
    return bytes;
}

/* What of this process is in memory. */
static int64_t memory_resident(void)
{
    long long size, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");

    if (!file)
        return 0;
    if (fscanf(file, "%lld %lld", &size, &resident) != 2)
        resident = 0;
    fclose(file);
    return (int64_t)resident * (int64_t)sysconf(_SC_PAGESIZE);
}

bool memory_is_short(void)
{
    int64_t total = memory_total();

    return memory_resident() > total / 4 && memory_available() < total / 20;
}
