/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The windows of tensor-windows, by SDL: what they show, and what their
 * display has to be asked for.
 */
#ifndef VIEW_SDL_WINDOW_H
#define VIEW_SDL_WINDOW_H

#include <SDL.h>

#include "view/window_protocol.h"

struct sdl_window {
    int number; /* tensor's; 0: free */
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *texture;
    struct sdl_picture {
        void *pixels; /* shared with tensor; NULL: none yet */
        int width, height;
    } picture;
    bool is_shown;
};

/* Finds the display; false: SDL_GetError() says why not. */
bool sdl_start(void);

/* Pixels of a point where SDL counts in pixels, else 1. */
double sdl_point(void);

/* To tensor; false: it is gone, or has not listened for so long that what
   people did is dropped. */
bool sdl_send(const struct window_message *message);

/* Tells tensor why there are no windows, and ends the process. */
_Noreturn void sdl_fail(void);

/* By tensor's number, by SDL's; NULL: there is none. */
struct sdl_window *sdl_window_find(int number);
struct sdl_window *sdl_window_find_id(Uint32 id);

/* What tensor asks for. */
void sdl_window_open(const struct window_message *message);
void sdl_window_take_picture(struct sdl_window *window,
                             const struct window_message *message, int fd);
void sdl_window_show_frame(struct sdl_window *window);
void sdl_window_close(struct sdl_window *window);

/* The last frame once more. */
void sdl_window_present(const struct sdl_window *window);

void sdl_window_tell_size(const struct sdl_window *window);

#endif
