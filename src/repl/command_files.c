/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_files.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/path.h"
#include "repl/album.h"
#include "repl/command.h"
#include "repl/command_lesson.h"
#include "repl/session.h"

const char command_save_details[] =
    N_("Only lines that worked are written, as Python that runs with NumPy:\n"
       "[1, 2] becomes np.array([1, 2]), train what it is in Keras, other\n"
       "commands become comments; for load the lines of its file are written.\n"
       "A file of that name is replaced.");

const char command_notes_details[] =
    N_("Only lines that worked are written, each with what it printed, in the "
       "form of Markdown.  A line that is only a comment, # like this, becomes "
       "text between them; figures are written beside it, work-1.png and so "
       "on.  Files of these names are replaced.");

const char command_load_details[] =
    N_("The file is Python: a list in it is a list, and nothing is shown but\n"
       "what it prints.  Its variables are yours afterwards.");

/* The one file that ARGUMENTS name; to be free()d, NULL with an error. */
static char *read_name(const char *command, const char *arguments,
                       struct error *err)
{
    char *words = xstrdup(arguments), *rest = words;
    const char *name = command_word(&rest);
    char *path = NULL;
    if (!name || command_word(&rest)) {
        error_set(err, ERROR_TYPE,
                  name ? _("%s takes one file") : _("%s which file?"), command);
        error_hint(err, name ? "%s \"my work.py\"" : "%s",
                   name ? command : command_find(command)->example);
    } else {
        path = path_expand(name);
    }
    free(words);
    return path;
}

/* Writes TEXT, and says so. */
static bool write_text(struct session *session, const char *path,
                       const struct strbuf *text, struct error *err)
{
    bool good = file_write(path, text->text, text->length, err);
    size_t count = journal_count(session_journal(session));
    if (good)
        session_print(session,
                      ngettext("%zu entry written to %s\n",
                               "%zu entries written to %s\n",
                               (unsigned long)count),
                      count, path);
    return good;
}

bool command_save(struct session *session, const char *arguments,
                  struct error *err)
{
    char *path = read_name("save", arguments, err);
    if (!path)
        return false;
    struct strbuf text = STRBUF_INIT;
    journal_format(session_journal(session), session_interp(session), &text);
    bool good = write_text(session, path, &text, err);
    strbuf_done(&text);
    free(path);
    return good;
}

bool command_notes(struct session *session, const char *arguments,
                   struct error *err)
{
    char *path = read_name("notes", arguments, err);
    if (!path)
        return false;
    struct strbuf marked = STRBUF_INIT, text = STRBUF_INIT;
    if (!command_lesson_notes(session, &marked))
        journal_format_notes(session_journal(session), &marked);
    bool good = album_place(marked.text, path, &text, err) &&
                write_text(session, path, &text, err);
    strbuf_done(&marked);
    strbuf_done(&text);
    free(path);
    return good;
}

static bool run_file(struct session *session, const char *path,
                     const struct strbuf *text, struct error *err)
{
    struct parse_options options = {.shorthand = false};
    struct source *source = source_new(path, text->text, text->length);
    struct program *program = NULL;
    bool good = program_parse(source, options, &program, err) == PARSE_OK &&
                program_run(session_interp(session), program, false, err);
    source_unref(source);
    if (good)
        journal_add_loaded(session_journal(session), program);
    else
        program_free(program);
    return good;
}

bool command_load(struct session *session, const char *arguments,
                  struct error *err)
{
    char *path = read_name("load", arguments, err);
    if (!path)
        return false;
    struct strbuf text = STRBUF_INIT;
    bool good =
        file_read(path, &text, err) && run_file(session, path, &text, err);
    strbuf_done(&text);
    free(path);
    return good;
}
