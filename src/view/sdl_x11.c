/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/sdl_x11.h"

#include <stdbool.h>

#include <SDL_syswm.h>

#ifdef SDL_VIDEO_DRIVER_X11

/* SDL has loaded the library: these are its functions. */
struct x11 {
    Atom (*XInternAtom)(Display *, const char *, Bool);
    int (*XChangeProperty)(Display *, Window, Atom, Atom, int, int,
                           const unsigned char *, int);
};

static bool load(struct x11 *x11)
{
    void *library = SDL_LoadObject("libX11.so.6");
    if (!library)
        return false;
    *(void **)&x11->XInternAtom = SDL_LoadFunction(library, "XInternAtom");
    *(void **)&x11->XChangeProperty =
        SDL_LoadFunction(library, "XChangeProperty");
    return x11->XInternAtom && x11->XChangeProperty;
}

void x11_leave_focus(SDL_Window *window)
{
    SDL_SysWMinfo info;
    struct x11 x11;
    static const unsigned long never = 0;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window, &info) ||
        info.subsystem != SDL_SYSWM_X11 || !load(&x11))
        return;
    Display *display = info.info.x11.display;
    Atom name = x11.XInternAtom(display, "_NET_WM_USER_TIME", False);
    x11.XChangeProperty(display, info.info.x11.window, name, XA_CARDINAL, 32,
                        PropModeReplace, (const unsigned char *)&never, 1);
}

#else

void x11_leave_focus(SDL_Window *window)
{
    (void)window;
}

#endif
