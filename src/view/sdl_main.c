/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tensor-windows: the process that shows windows, and the only program that
 * knows SDL.  tensor starts it at the first window and tells it what to show;
 * it paints nothing itself.  It ends when tensor closes its end of the
 * sockets, or ends.
 *
 * One thread waits for SDL and does everything; another one waits for tensor
 * and hands its messages to SDL's queue, so that neither has to look again
 * and again: windows in which nothing moves cost no time.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "view/sdl_input.h"
#include "view/sdl_window.h"

static Uint32 message_event;

/* ----------------------------------------------------------------- tensor */

/* false: tensor is gone. */
static bool receive_message(struct window_message *message, int *fd)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {message, sizeof *message};
    struct msghdr packet = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = sizeof control.bytes};
    ssize_t got;
    do
        got = recvmsg(WINDOW_SOCKET, &packet, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    *fd = -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(&packet);
    if (header && header->cmsg_type == SCM_RIGHTS)
        memcpy(fd, CMSG_DATA(header), sizeof *fd);
    return got == (ssize_t)sizeof *message;
}

static int listen_to_tensor(void *unused)
{
    struct window_message message;
    int fd;
    (void)unused;
    while (receive_message(&message, &fd)) {
        struct window_message *copy = malloc(sizeof *copy);
        if (!copy)
            break;
        *copy = message;
        SDL_Event event = {
            .user = {.type = message_event, .code = fd, .data1 = copy}};
        while (SDL_PushEvent(&event) < 0)
            SDL_Delay(1); /* the queue is full */
    }
    _exit(EXIT_SUCCESS);
}

static void take_message(const struct window_message *message, int fd)
{
    struct sdl_window *window = sdl_window_find(message->window);
    if (message->kind == MESSAGE_OPEN) {
        sdl_window_open(message);
        return;
    }
    if (!window)
        return; /* the person closed it a moment ago */
    switch (message->kind) {
    case MESSAGE_TITLE:
        SDL_SetWindowTitle(window->window, message->text);
        break;
    case MESSAGE_PICTURE:
        sdl_window_take_picture(window, message, fd);
        break;
    case MESSAGE_FRAME:
        sdl_window_show_frame(window);
        break;
    case MESSAGE_CLOSE:
        sdl_window_close(window);
        break;
    case MESSAGE_PRETEND:
        sdl_pretend(window, message);
        break;
    default:
        break;
    }
}

static void run(void)
{
    SDL_Event event;
    while (SDL_WaitEvent(&event)) {
        if (event.type == message_event) {
            take_message(event.user.data1, event.user.code);
            if (event.user.code >= 0)
                close(event.user.code);
            free(event.user.data1);
        } else if (event.type == SDL_QUIT) {
            break; /* a Wayland display says so when it goes */
        } else {
            sdl_take_event(&event);
        }
    }
}

int main(void)
{
    struct window_message ready = {.kind = MESSAGE_READY};
    int type;
    socklen_t length = sizeof type;
    if (getsockopt(WINDOW_SOCKET, SOL_SOCKET, SO_TYPE, &type, &length)) {
        fputs("tensor-windows is for tensor to start\n", stderr);
        return EXIT_FAILURE;
    }
    if (!sdl_start())
        sdl_fail();
    message_event = SDL_RegisterEvents(1);
    SDL_Thread *listener = SDL_CreateThread(listen_to_tensor, "tensor", NULL);
    if (!listener)
        sdl_fail();
    sdl_send(&ready);
    run();
    _exit(EXIT_SUCCESS);
}
