/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/display.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"

extern char **environ;

static int descriptor = -1;
static pid_t process;
static const char *given_program;

void display_set_program(const char *path)
{
    given_program = path;
}

/* ---------------------------------------------------------------- starting */

/* Beside this program when it is not installed; owned. */
static char *find_program(void)
{
    char self[4096];
    if (given_program)
        return xstrdup(given_program);
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length > 0) {
        self[length] = '\0';
        char *slash = strrchr(self, '/');
        char *beside = xasprintf("%.*s/tensor-windows",
                                 slash ? (int)(slash - self) : 0, self);
        if (!access(beside, X_OK))
            return beside;
        free(beside);
    }
    return xstrdup(PKGLIBEXECDIR "/tensor-windows");
}

/* Ctrl-C and Ctrl-Z in the terminal are not for it: it gets a group of its
   own.  What the X library and drivers have to say is nothing for the prompt's
   screen. */
static int spawn(const char *path, int socket)
{
    char *arguments[] = {(char *)path, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE); /* ignored here */
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, socket, WINDOW_SOCKET);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP |
                                              POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    int number =
        posix_spawn(&process, path, &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return number;
}

bool display_start(struct error *err)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
        return error_set(err, ERROR_RUNTIME, "%s", strerror(errno));
    char *path = find_program();
    int number = spawn(path, ends[1]);
    close(ends[1]);
    if (number) {
        close(ends[0]);
        error_set(err, ERROR_RUNTIME, "%s: %s", path, strerror(number));
    } else {
        descriptor = ends[0];
    }
    free(path);
    return number == 0;
}

/* It has nothing to keep, so it need not be asked. */
void display_stop(void)
{
    if (descriptor < 0)
        return;
    close(descriptor);
    descriptor = -1;
    kill(process, SIGKILL);
    while (waitpid(process, NULL, 0) < 0 && errno == EINTR)
        continue;
}

void display_kill(int number)
{
    kill(process, number);
}

int display_descriptor(void)
{
    return descriptor;
}

/* ---------------------------------------------------------------- messages */

bool display_send(const struct window_message *message, int fd)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {.bytes = {0}};
    struct iovec part = {(void *)message, sizeof *message};
    struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd >= 0) {
        packet.msg_control = control.bytes;
        packet.msg_controllen = sizeof control.bytes;
        struct cmsghdr *header = CMSG_FIRSTHDR(&packet);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(header), &fd, sizeof fd);
    }
    return sendmsg(descriptor, &packet, MSG_DONTWAIT | MSG_NOSIGNAL) ==
           (ssize_t)sizeof *message;
}

static bool is_good(struct window_message *message)
{
    const struct scene_event *event = &message->event;
    message->text[sizeof message->text - 1] = '\0';
    if (message->kind == MESSAGE_SIZE)
        return message->width >= WINDOW_LEAST &&
               message->width <= WINDOW_MOST &&
               message->height >= WINDOW_LEAST &&
               message->height <= WINDOW_MOST && message->scale > 0.0 &&
               message->scale < WINDOW_MOST;
    if (message->kind == MESSAGE_EVENT)
        return event->kind <= SCENE_LEAVE && isfinite(event->x) &&
               isfinite(event->y) && isfinite(event->wheel);
    return true;
}

enum display_news display_receive(struct window_message *message)
{
    for (;;) {
        ssize_t got = recv(descriptor, message, sizeof *message, MSG_DONTWAIT);
        if (got == (ssize_t)sizeof *message) {
            if (is_good(message))
                return DISPLAY_MESSAGE;
        } else if (got >= 0) {
            return DISPLAY_GONE;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return DISPLAY_SILENT;
        } else if (errno != EINTR) {
            return DISPLAY_GONE;
        }
    }
}
