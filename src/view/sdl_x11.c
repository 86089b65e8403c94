/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/sdl_x11.h"

#include <stdbool.h>

#include <SDL_syswm.h>
#ifdef SDL_VIDEO_DRIVER_X11
#include <X11/Xutil.h>
#endif

#ifdef SDL_VIDEO_DRIVER_X11

/* SDL has loaded the library: these are its functions. */
struct x11 {
    Atom (*XInternAtom)(Display *, const char *, Bool);
    int (*XChangeProperty)(Display *, Window, Atom, Atom, int, int,
                           const unsigned char *, int);
    Status (*XGetWMNormalHints)(Display *, Window, XSizeHints *, long *);
    void (*XSetWMNormalHints)(Display *, Window, XSizeHints *);
};

static bool load(struct x11 *x11)
{
    void *library = SDL_LoadObject("libX11.so.6");
    if (!library)
        return false;
#define LOAD(name) (*(void **)&x11->name = SDL_LoadFunction(library, #name))
    return LOAD(XInternAtom) && LOAD(XChangeProperty) &&
           LOAD(XGetWMNormalHints) && LOAD(XSetWMNormalHints);
#undef LOAD
}

static void leave_focus(const struct x11 *x11, Display *display, Window window)
{
    static const unsigned long never = 0;
    Atom name = x11->XInternAtom(display, "_NET_WM_USER_TIME", False);
    x11->XChangeProperty(display, window, name, XA_CARDINAL, 32,
                         PropModeReplace, (const unsigned char *)&never, 1);
}

/* SDL asks for the middle of the screen, as if the person had. */
static void leave_place(const struct x11 *x11, Display *display, Window window)
{
    XSizeHints hints;
    long supplied;
    if (!x11->XGetWMNormalHints(display, window, &hints, &supplied))
        return;
    hints.flags &= ~(USPosition | PPosition);
    x11->XSetWMNormalHints(display, window, &hints);
}

void x11_be_modest(SDL_Window *window)
{
    SDL_SysWMinfo info;
    struct x11 x11;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window, &info) ||
        info.subsystem != SDL_SYSWM_X11 || !load(&x11))
        return;
    leave_focus(&x11, info.info.x11.display, info.info.x11.window);
    leave_place(&x11, info.info.x11.display, info.info.x11.window);
}

#else

void x11_be_modest(SDL_Window *window)
{
    (void)window;
}

#endif
