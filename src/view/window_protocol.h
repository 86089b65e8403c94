/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tensor and tensor-windows, the process that knows SDL, say to each
 * other: one struct window_message a packet, over a pair of sockets.  Both
 * come from one build, so its layout is no concern.
 *
 * Why a process of its own: the X library ends a program whose server is
 * gone, drivers crash, and a display that does not answer keeps waiting
 * whoever asks it.  None of that may reach the prompt or a training.
 *
 * A picture is memory that both share.  It is the painter's until
 * MESSAGE_FRAME and the screen's from then until MESSAGE_SHOWN.
 */
#ifndef VIEW_WINDOW_PROTOCOL_H
#define VIEW_WINDOW_PROTOCOL_H

#include "view/scene.h"

enum window_message_kind {
    /* to tensor-windows */
    MESSAGE_OPEN,    /* a window of width × height points, titled `text`; it
                        appears with its first frame */
    MESSAGE_TITLE,   /* it is called `text` now */
    MESSAGE_PICTURE, /* with a descriptor: memory of width × height pixels of
                        four bytes, Cairo's RGB24 */
    MESSAGE_FRAME,   /* the picture is painted */
    MESSAGE_CLOSE,
    MESSAGE_PRETEND, /* for tests: act as if `event` came from the person;
                        width × height, if any, is a new size in points */
    /* from it */
    MESSAGE_READY,  /* windows can be opened */
    MESSAGE_FAILED, /* they cannot: `text` says why */
    MESSAGE_SIZE,   /* the window has width × height pixels, `scale` of them a
                       point */
    MESSAGE_SHOWN,  /* the frame has been taken */
    MESSAGE_EVENT,  /* `event` */
    MESSAGE_CLOSED  /* by the person */
};

enum { WINDOW_TEXT = 256, WINDOW_LEAST = 16, WINDOW_MOST = 8192 };

struct window_message {
    enum window_message_kind kind;
    int window;        /* its number, from 1 */
    int width, height; /* WINDOW_LEAST to WINDOW_MOST */
    double scale;
    struct scene_event event;
    char text[WINDOW_TEXT];
};

/* Its end of the sockets: standard input. */
enum { WINDOW_SOCKET = 0 };

#endif
