/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_windows.h"

#include <string.h>

#include "base/i18n.h"
#include "repl/graphics.h"
#include "repl/session.h"

const char command_windows_details[] =
    N_("Lists the windows that are open: what close wants to hear, then the "
       "title.  Esc or the window's own button closes a window, too; a "
       "training goes on without it.  Pictures go to windows when there is a "
       "display, else they are printed: set graphics terminal always prints "
       "them, set graphics file writes them as tensor-1.png, tensor-2.png and "
       "so on, set graphics off shows none.  After set windows off no window "
       "opens, not even for a training.");

const char command_close_details[] =
    N_("close all closes every window, close figure 1 the one of that name; "
       "windows lists the names.  A training goes on without its window.");

bool command_windows(struct session *session, const char *arguments,
                     struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    if (*arguments) {
        error_set(err, ERROR_TYPE, _("%s takes no arguments"), "windows");
        error_hint(err, "windows");
        return false;
    }
    graphics_list(&text);
    session_print(session, "%s",
                  text.length ? text.text : _("no window is open\n"));
    strbuf_done(&text);
    return true;
}

bool command_close(struct session *session, const char *arguments,
                   struct error *err)
{
    (void)session;
    bool all = !strcmp(arguments, "all");
    if (!*arguments) {
        error_set(err, ERROR_TYPE, _("close which window?"));
        error_hint(err, "close all");
        return false;
    }
    if (graphics_close(all ? NULL : arguments) == 0 && !all) {
        error_set(err, ERROR_VALUE, _("there is no window '%s'"), arguments);
        error_hint(err, "windows");
        return false;
    }
    return true;
}
