/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do in the windows of tensor-windows, on its way to tensor. */
#ifndef VIEW_SDL_INPUT_H
#define VIEW_SDL_INPUT_H

#include "view/sdl_window.h"

/* Keys, the mouse, and what the window manager has to say. */
void sdl_take_event(const SDL_Event *event);

/* MESSAGE_PRETEND: puts what it says into SDL's queue. */
void sdl_pretend(struct sdl_window *window,
                 const struct window_message *message);

#endif
