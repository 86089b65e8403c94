/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/sdl_window.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "view/sdl_x11.h"

/* Dots an inch from which X's pixels are too small for points. */
static const float fine_dpi = 168.0f;

enum { WINDOWS = 64 };
static struct sdl_window windows[WINDOWS];
static double point = 1.0;

bool sdl_send(const struct window_message *message)
{
    /* while tensor is stopped (Ctrl-Z) nobody wants to know of the mouse */
    int flags = message->kind == MESSAGE_EVENT ? MSG_DONTWAIT : 0;
    ssize_t sent;
    do
        sent = send(WINDOW_SOCKET, message, sizeof *message,
                    flags | MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof *message;
}

/* ---------------------------------------------------------------- display */

/* SDL_WINDOW_ALLOW_HIGHDPI means nothing to X, where a window's size is in
   pixels. */
static double pixels_of_point(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    const char *asked = getenv("GDK_SCALE");
    long factor = asked ? strtol(asked, NULL, 10) : 0;
    float dpi;
    if (!driver || strcmp(driver, "x11") != 0)
        return 1.0;
    if (factor > 0)
        return (double)(factor < 4 ? factor : 4);
    return !SDL_GetDisplayDPI(0, &dpi, NULL, NULL) && dpi >= fine_dpi ? 2.0
                                                                      : 1.0;
}

/* Keys are commands, not text: no input method may come between.  They are
   reached over the session's bus, which is not needed for anything else. */
static void set_environment(void)
{
    setenv("XMODIFIERS", "@im=none", 1);
    setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 1);
    /* what SDL would try next needs no display and has no windows */
    SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11,wayland");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_WINDOW_NO_ACTIVATION_WHEN_SHOWN, "1");
    /* the click that brings a window to the front begins a stroke, too */
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");
}

bool sdl_start(void)
{
    set_environment();
    if (SDL_Init(SDL_INIT_VIDEO))
        return false;
    SDL_StartTextInput();
    point = pixels_of_point();
    return true;
}

double sdl_point(void)
{
    return point;
}

/* ---------------------------------------------------------------- windows */

struct sdl_window *sdl_window_find(int number)
{
    for (int i = 0; i < WINDOWS; i++)
        if (windows[i].number == number)
            return &windows[i];
    return NULL;
}

struct sdl_window *sdl_window_find_id(Uint32 id)
{
    for (int i = 0; i < WINDOWS; i++)
        if (windows[i].number && SDL_GetWindowID(windows[i].window) == id)
            return &windows[i];
    return NULL;
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

void sdl_window_tell_size(const struct sdl_window *window)
{
    int width, height, pixel_width, pixel_height;
    SDL_GetWindowSize(window->window, &width, &height);
    if (SDL_GetRendererOutputSize(window->renderer, &pixel_width,
                                  &pixel_height))
        pixel_width = width, pixel_height = height;
    double scale = width > 0 ? (double)pixel_width / width : 1.0;
    struct window_message message = {
        .kind = MESSAGE_SIZE,
        .window = window->number,
        .width = clamp(pixel_width, WINDOW_LEAST, WINDOW_MOST),
        .height = clamp(pixel_height, WINDOW_LEAST, WINDOW_MOST),
        .scale = scale * point};
    sdl_send(&message);
}

static void drop_picture(struct sdl_window *window)
{
    const struct sdl_picture *picture = &window->picture;
    if (picture->pixels)
        munmap(picture->pixels,
               (size_t)picture->width * (size_t)picture->height * 4);
    if (window->texture)
        SDL_DestroyTexture(window->texture);
    window->texture = NULL;
    window->picture = (struct sdl_picture){NULL, 0, 0};
}

void sdl_window_close(struct sdl_window *window)
{
    drop_picture(window);
    if (window->renderer)
        SDL_DestroyRenderer(window->renderer);
    if (window->window)
        SDL_DestroyWindow(window->window);
    *window = (struct sdl_window){0};
}

void sdl_fail(void)
{
    struct window_message message = {.kind = MESSAGE_FAILED};
    snprintf(message.text, sizeof message.text, "%s", SDL_GetError());
    sdl_send(&message);
    _exit(EXIT_FAILURE);
}

/* Larger than the screen is no use to anybody. */
static void fit_screen(int *width, int *height)
{
    SDL_Rect usable;
    if (SDL_GetDisplayUsableBounds(0, &usable))
        return;
    *width = clamp(*width, WINDOW_LEAST, usable.w);
    *height = clamp(*height, WINDOW_LEAST, usable.h);
}

void sdl_window_open(const struct window_message *message)
{
    struct sdl_window *window = sdl_window_find(0);
    int width = (int)(message->width * point);
    int height = (int)(message->height * point);
    if (!window)
        return;
    fit_screen(&width, &height);
    window->window = SDL_CreateWindow(message->text, SDL_WINDOWPOS_UNDEFINED,
                                      SDL_WINDOWPOS_UNDEFINED, width, height,
                                      SDL_WINDOW_HIDDEN | SDL_WINDOW_RESIZABLE |
                                          SDL_WINDOW_ALLOW_HIGHDPI);
    /* one picture a frame: a graphics card would only be in the way */
    if (window->window)
        window->renderer =
            SDL_CreateRenderer(window->window, -1, SDL_RENDERER_SOFTWARE);
    if (!window->renderer)
        sdl_fail();
    window->number = message->window;
    SDL_SetWindowMinimumSize(window->window, WINDOW_LEAST, WINDOW_LEAST);
    x11_be_modest(window->window);
    sdl_window_tell_size(window);
}

void sdl_window_take_picture(struct sdl_window *window,
                             const struct window_message *message, int fd)
{
    size_t size = (size_t)message->width * (size_t)message->height * 4;
    drop_picture(window);
    void *pixels = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
    if (pixels == MAP_FAILED)
        return;
    window->picture =
        (struct sdl_picture){pixels, message->width, message->height};
    window->texture = SDL_CreateTexture(
        window->renderer, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING,
        message->width, message->height);
}

/* What was not painted yet after a change of size is white. */
void sdl_window_present(const struct sdl_window *window)
{
    const struct sdl_picture *picture = &window->picture;
    SDL_Rect all = {0, 0, picture->width, picture->height};
    SDL_SetRenderDrawColor(window->renderer, 255, 255, 255, 255);
    SDL_RenderClear(window->renderer);
    if (window->texture)
        SDL_RenderCopy(window->renderer, window->texture, NULL, &all);
    SDL_RenderPresent(window->renderer);
}

void sdl_window_show_frame(struct sdl_window *window)
{
    const struct sdl_picture *picture = &window->picture;
    struct window_message message = {.kind = MESSAGE_SHOWN,
                                     .window = window->number};
    if (window->texture)
        SDL_UpdateTexture(window->texture, NULL, picture->pixels,
                          picture->width * 4);
    sdl_send(&message);
    if (!window->is_shown)
        SDL_ShowWindow(window->window);
    window->is_shown = true;
    sdl_window_present(window);
}
