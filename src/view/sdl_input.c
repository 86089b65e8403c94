/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/sdl_input.h"

#include <string.h>

#include "base/utf8.h"

static void tell_event(const struct sdl_window *window,
                       struct scene_event event)
{
    struct window_message message = {
        .kind = MESSAGE_EVENT, .window = window->number, .event = event};
    if (event.kind != SCENE_KEY) {
        message.event.x /= sdl_point();
        message.event.y /= sdl_point();
    }
    sdl_send(&message);
}

static void close_by_person(struct sdl_window *window)
{
    struct window_message message = {.kind = MESSAGE_CLOSED,
                                     .window = window->number};
    sdl_send(&message);
    sdl_window_close(window);
}

/* Keys that type no text; 0: others. */
static uint32_t key_of(const SDL_Keysym *key)
{
    switch (key->sym) {
    case SDLK_LEFT:
        return SCENE_KEY_LEFT;
    case SDLK_RIGHT:
        return SCENE_KEY_RIGHT;
    case SDLK_UP:
        return SCENE_KEY_UP;
    case SDLK_DOWN:
        return SCENE_KEY_DOWN;
    case SDLK_HOME:
        return SCENE_KEY_HOME;
    case SDLK_END:
        return SCENE_KEY_END;
    case SDLK_PAGEUP:
        return SCENE_KEY_PAGE_UP;
    case SDLK_PAGEDOWN:
        return SCENE_KEY_PAGE_DOWN;
    case SDLK_DELETE:
        return SCENE_KEY_DELETE;
    case SDLK_KP_ENTER:
        return '\r';
    case SDLK_BACKSPACE:
    case SDLK_RETURN:
    case SDLK_TAB:
        return (uint32_t)key->sym;
    default:
        /* Ctrl-S types nothing either */
        return (key->mod & KMOD_CTRL) && key->sym < 0x80 ? (uint32_t)key->sym
                                                         : 0;
    }
}

static void take_key(struct sdl_window *window, const SDL_KeyboardEvent *key)
{
    struct scene_event event = {.kind = SCENE_KEY,
                                .key = key_of(&key->keysym),
                                .shift = key->keysym.mod & KMOD_SHIFT,
                                .control = key->keysym.mod & KMOD_CTRL};
    if (key->keysym.sym == SDLK_ESCAPE)
        close_by_person(window);
    else if (event.key)
        tell_event(window, event);
}

static void take_text(const struct sdl_window *window, const char *text)
{
    for (size_t length = strlen(text); length > 0;) {
        uint32_t character;
        int bytes = utf8_decode(text, length, &character);
        if (bytes == 0)
            break;
        struct scene_event event = {.kind = SCENE_KEY, .key = character};
        event.shift = SDL_GetModState() & KMOD_SHIFT;
        tell_event(window, event);
        text += bytes;
        length -= (size_t)bytes;
    }
}

/* SDL counts left, middle, right, too. */
static int held_button(Uint32 state)
{
    for (int button = 1; button <= 3; button++)
        if (state & SDL_BUTTON(button))
            return button;
    return 0;
}

static void take_motion(const struct sdl_window *window,
                        const SDL_MouseMotionEvent *motion)
{
    SDL_Keymod mod = SDL_GetModState();
    tell_event(window,
               (struct scene_event){.kind = SCENE_MOVE,
                                    .x = motion->x,
                                    .y = motion->y,
                                    .shift = mod & KMOD_SHIFT,
                                    .control = mod & KMOD_CTRL,
                                    .button = held_button(motion->state)});
}

static void take_button(const struct sdl_window *window,
                        const SDL_MouseButtonEvent *button)
{
    SDL_Keymod mod = SDL_GetModState();
    enum scene_event_kind kind =
        button->type == SDL_MOUSEBUTTONDOWN ? SCENE_PRESS : SCENE_RELEASE;
    if (button->button > 3)
        return;
    /* a line that is drawn across the window's edge goes on outside */
    SDL_CaptureMouse(kind == SCENE_PRESS);
    tell_event(window, (struct scene_event){.kind = kind,
                                            .x = button->x,
                                            .y = button->y,
                                            .shift = mod & KMOD_SHIFT,
                                            .control = mod & KMOD_CTRL,
                                            .button = button->button});
}

static void take_wheel(const struct sdl_window *window,
                       const SDL_MouseWheelEvent *wheel)
{
    tell_event(window, (struct scene_event){.kind = SCENE_WHEEL,
                                            .x = wheel->mouseX,
                                            .y = wheel->mouseY,
                                            .wheel = wheel->y});
}

static void take_window_event(struct sdl_window *window,
                              const SDL_WindowEvent *event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_CLOSE:
        close_by_person(window);
        break;
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        sdl_window_tell_size(window);
        break;
    case SDL_WINDOWEVENT_EXPOSED:
        sdl_window_present(window);
        break;
    case SDL_WINDOWEVENT_LEAVE:
        tell_event(window, (struct scene_event){.kind = SCENE_LEAVE});
        break;
    default:
        break;
    }
}

void sdl_take_event(const SDL_Event *event)
{
    struct sdl_window *window = sdl_window_find_id(event->window.windowID);
    if (!window)
        return;
    switch (event->type) {
    case SDL_WINDOWEVENT:
        take_window_event(window, &event->window);
        break;
    case SDL_KEYDOWN:
        take_key(window, &event->key);
        break;
    case SDL_TEXTINPUT:
        take_text(window, event->text.text);
        break;
    case SDL_MOUSEMOTION:
        take_motion(window, &event->motion);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        take_button(window, &event->button);
        break;
    case SDL_MOUSEWHEEL:
        take_wheel(window, &event->wheel);
        break;
    default:
        break;
    }
}

/* ----------------------------------------------------------------- tests */

static void pretend_key(Uint32 id, uint32_t key)
{
    SDL_Event down = {.key = {.type = SDL_KEYDOWN,
                              .windowID = id,
                              .state = SDL_PRESSED,
                              .keysym = {.sym = (SDL_Keycode)key}}};
    SDL_Event text = {.text = {.type = SDL_TEXTINPUT, .windowID = id}};
    text.text.text[0] = (char)key;
    SDL_PushEvent(&down);
    if (key >= ' ' && key < 0x7f)
        SDL_PushEvent(&text);
}

static void pretend_mouse(Uint32 id, const struct scene_event *event)
{
    SDL_Event pushed = {.button = {.type = event->kind == SCENE_PRESS
                                               ? SDL_MOUSEBUTTONDOWN
                                               : SDL_MOUSEBUTTONUP,
                                   .windowID = id,
                                   .button = (Uint8)event->button,
                                   .x = (Sint32)event->x,
                                   .y = (Sint32)event->y}};
    SDL_PushEvent(&pushed);
}

void sdl_pretend(struct sdl_window *window,
                 const struct window_message *message)
{
    Uint32 id = SDL_GetWindowID(window->window);
    if (message->width > 0)
        SDL_SetWindowSize(window->window, message->width, message->height);
    else if (message->event.kind == SCENE_KEY)
        pretend_key(id, message->event.key);
    else
        pretend_mouse(id, &message->event);
}
