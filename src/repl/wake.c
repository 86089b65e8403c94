/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/wake.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

static int ends[2] = {-1, -1};
static int watched = -1;

bool wake_open(void)
{
    return pipe2(ends, O_NONBLOCK | O_CLOEXEC) == 0;
}

int wake_descriptor(void)
{
    return ends[0];
}

/* A full pipe wakes as well as one more byte. */
void wake_notify(void)
{
    int saved = errno;
    ssize_t written = write(ends[1], "", 1);
    (void)written;
    errno = saved;
}

void wake_clear(void)
{
    char bytes[64];
    while (read(ends[0], bytes, sizeof bytes) == (ssize_t)sizeof bytes)
        continue;
}

void wake_watch(int fd)
{
    watched = fd;
}

/* OTHER: only ends the sleep.  *WOKEN: was the pipe written to? */
static bool sleep_until(int fd, int other, int milliseconds, bool *woken)
{
    struct pollfd polled[] = {{.fd = ends[0], .events = POLLIN},
                              {.fd = fd, .events = POLLIN},
                              {.fd = other, .events = POLLIN}};
    *woken = false;
    if (poll(polled, 3, milliseconds) <= 0)
        return false;
    *woken = polled[0].revents != 0;
    return polled[1].revents != 0;
}

bool wake_wait(int fd)
{
    return wake_wait_for(fd, -1);
}

bool wake_wait_for(int fd, int milliseconds)
{
    bool woken;
    bool readable = sleep_until(fd, watched, milliseconds, &woken);
    if (woken)
        wake_clear();
    return readable;
}

bool wake_peek(int fd)
{
    bool woken;
    return sleep_until(fd, -1, -1, &woken);
}

bool wake_is_hung_up(int fd)
{
    struct pollfd polled = {.fd = fd, .events = POLLIN};
    return poll(&polled, 1, 0) > 0 &&
           (polled.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}
