/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What X wants to hear and SDL does not tell it. */
#ifndef VIEW_SDL_X11_H
#define VIEW_SDL_X11_H

#include <SDL.h>

/* Before WINDOW appears: it is not to be given the keyboard, since nobody has
   asked for it with the mouse or a key (for a window manager, at a time of 0);
   and its place is the window manager's to choose. */
void x11_be_modest(SDL_Window *window);

#endif
