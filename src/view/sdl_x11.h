/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What X wants to hear and SDL does not tell it. */
#ifndef VIEW_SDL_X11_H
#define VIEW_SDL_X11_H

#include <SDL.h>

/* When WINDOW appears, it is not to be given the keyboard: nobody has asked
   for it with the mouse or a key.  For a window manager, a time of 0. */
void x11_leave_focus(SDL_Window *window);

#endif
