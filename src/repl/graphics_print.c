/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/graphics_print.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "repl/color.h"
#include "repl/session.h"
#include "view/picture.h"

enum { USUAL_ROWS = 24 };

static struct terminal_size find_size(struct session *session)
{
    struct terminal_size size = {session_columns(session), USUAL_ROWS, 0, 0};
    struct winsize found;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &found) || found.ws_row == 0 ||
        found.ws_col == 0)
        return size;
    size.rows = found.ws_row;
    size.cell_width = found.ws_xpixel / found.ws_col;
    size.cell_height = found.ws_ypixel / found.ws_row;
    return size;
}

/* Not for the notes: what is captured is text. */
void graphics_print(struct session *session, struct scene *scene)
{
    struct strbuf text = STRBUF_INIT;
    if (!isatty(STDOUT_FILENO))
        return;
    bool colors =
        color_is_on((enum color_mode)session_settings(session)->color);
    picture_to_terminal(scene, terminal_graphics_detect(colors),
                        find_size(session), &text);
    output_write(session_output(session), OUTPUT_RESULTS, text.text,
                 text.length);
    strbuf_done(&text);
}

bool graphics_print_file(struct session *session, struct scene *scene,
                         struct error *err)
{
    char *path = NULL;
    int number = 1;
    do {
        free(path);
        path = xasprintf("tensor-%d.png", number++);
    } while (!access(path, F_OK));
    bool good = picture_save_scene(scene, path, err);
    if (good)
        session_print(session, "%s\n", path);
    free(path);
    return good;
}

void graphics_print_note(struct session *session, const char *format, ...)
{
    struct strbuf text = STRBUF_INIT;
    enum output_stream stream =
        session_is_interactive(session) ? OUTPUT_RESULTS : OUTPUT_ERRORS;
    va_list args;
    va_start(args, format);
    strbuf_vaddf(&text, format, args);
    va_end(args);
    strbuf_addc(&text, '\n');
    output_write(session_output(session), stream, text.text, text.length);
    strbuf_done(&text);
}
