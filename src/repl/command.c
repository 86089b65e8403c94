/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command.h"

#include <ctype.h>
#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "repl/command_backprop.h"
#include "repl/command_confusion.h"
#include "repl/command_descend.h"
#include "repl/command_draw.h"
#include "repl/command_explain.h"
#include "repl/command_files.h"
#include "repl/command_help.h"
#include "repl/command_lesson.h"
#include "repl/command_session.h"
#include "repl/command_show.h"
#include "repl/command_step.h"
#include "repl/command_train.h"
#include "repl/command_windows.h"
#include "repl/hole.h"
#include "repl/lesson_play.h"
#include "repl/session.h"

static const struct command rows[] = {
    {.name = "train",
     .arguments = "mnist [epochs=5 batch=128 rate=0.001 layers=512 …] [&]",
     .doc = N_("train the network of the book on handwritten digits"),
     .details = command_train_details,
     .example = "train mnist epochs=1",
     .group = COMMAND_WORK,
     .takes = COMMAND_TAKES_TRAINING,
     .run = command_train},
    {.name = "again",
     .arguments = "[rate=0.01 …] [&]",
     .doc = N_("train once more with other settings, and compare"),
     .details = command_again_details,
     .example = "again rate=0.01",
     .group = COMMAND_WORK,
     .takes = COMMAND_TAKES_TRAINING,
     .run = command_again},
    {.name = "resume",
     .arguments = "[NUMBER] [&]",
     .doc = N_("go on with a training that was stopped or cut off"),
     .details = command_resume_details,
     .example = "resume",
     .group = COMMAND_WORK,
     .run = command_resume},
    {.name = "jobs",
     .doc = N_("list the trainings that run or are paused"),
     .details = command_jobs_details,
     .example = "jobs",
     .group = COMMAND_WORK,
     .unnoted = true,
     .run = command_jobs},
    {.name = "fg",
     .arguments = "[NUMBER]",
     .doc = N_("bring a training to the foreground"),
     .details = command_fg_details,
     .example = "fg",
     .group = COMMAND_WORK,
     .run = command_fg},
    {.name = "bg",
     .arguments = "[NUMBER]",
     .doc = N_("let a paused training go on in the background"),
     .details = command_bg_details,
     .example = "bg",
     .group = COMMAND_WORK,
     .run = command_bg},
    {.name = "pause",
     .arguments = "[NUMBER]",
     .doc = N_("halt a training in the background"),
     .details = command_pause_details,
     .example = "pause",
     .group = COMMAND_WORK,
     .run = command_pause},
    {.name = "stop",
     .arguments = "[NUMBER]",
     .doc = N_("end a training, with the weights it has"),
     .details = command_stop_details,
     .example = "stop",
     .group = COMMAND_WORK,
     .run = command_stop},
    {.name = "draw",
     .arguments = "[MODEL]",
     .doc = N_("draw a digit and see what the network takes it for"),
     .details = command_draw_details,
     .example = "draw",
     .group = COMMAND_WORK,
     .takes = COMMAND_TAKES_CODE,
     .run = command_draw},
    {.name = "watch",
     .arguments = "[NUMBER]",
     .doc = N_("open the window of a training again"),
     .details = command_watch_details,
     .example = "watch",
     .group = COMMAND_WORK,
     .run = command_watch},
    {.name = "confusion",
     .arguments = "[MODEL]",
     .doc = N_("show which classes a model takes for which"),
     .details = command_confusion_details,
     .example = "confusion",
     .group = COMMAND_LOOK,
     .takes = COMMAND_TAKES_CODE,
     .run = command_confusion},
    {.name = "time",
     .arguments = "EXPR",
     .doc = N_("run a line and tell how long it took"),
     .details = command_time_details,
     .example = "time ones((1000, 1000)).sum()",
     .group = COMMAND_WORK,
     .takes = COMMAND_TAKES_CODE,
     .run = command_time},
    {.name = "backprop",
     .arguments = "EXPR [show]",
     .doc = N_("show the chain rule at work: values, then gradients"),
     .details = command_backprop_details,
     .example = "w = 2.0\nbackprop (3*w + 1)**2",
     .group = COMMAND_GRADIENTS,
     .takes = COMMAND_TAKES_CODE,
     .run = command_backprop},
    {.name = "descend",
     .arguments = "F X0 [rate=0.1 momentum=0 optimizer=sgd]",
     .doc = N_("begin gradient descent on a function, step by step"),
     .details = command_descend_details,
     .example = "descend lambda w: (w - 3)**2, 0.0",
     .group = COMMAND_GRADIENTS,
     .takes = COMMAND_TAKES_CODE,
     .run = command_descend},
    {.name = "compare",
     .arguments = "[OPTIMIZER …]",
     .doc = N_("begin the descent again, several optimizers side by side"),
     .details = command_compare_details,
     .example = "compare",
     .group = COMMAND_GRADIENTS,
     .run = command_compare},
    {.name = "step",
     .arguments = "[back] | batch [COUNT]",
     .doc = N_("make one step of the descent, or undo one"),
     .details = command_step_details,
     .example = "step",
     .group = COMMAND_GRADIENTS,
     .run = command_step},
    {.name = "run",
     .arguments = "[STEPS]",
     .doc = N_("make many steps of the descent"),
     .details = command_run_details,
     .example = "run 20",
     .group = COMMAND_GRADIENTS,
     .run = command_run},
    {.name = "rate",
     .arguments = "[NUMBER]",
     .doc = N_("show or change how far a step of the descent goes"),
     .details = command_rate_details,
     .example = "rate 0.5",
     .group = COMMAND_GRADIENTS,
     .run = command_rate},
    {.name = "momentum",
     .arguments = "[NUMBER]",
     .doc = N_("show or change how much of a step goes into the next"),
     .details = command_momentum_details,
     .example = "momentum 0.9",
     .group = COMMAND_GRADIENTS,
     .run = command_momentum},
    {.name = "lesson",
     .arguments = "[7 | 7.3 | FILE.md]",
     .doc = N_("play a lesson, or go on with it"),
     .details = command_lesson_details,
     .example = "lesson 0",
     .group = COMMAND_LESSONS,
     .takes = COMMAND_TAKES_FILE,
     .unnoted = true,
     .run = command_lesson},
    {.name = "contents",
     .doc = N_("list the lessons, and what is done of them"),
     .details = command_contents_details,
     .example = "contents",
     .group = COMMAND_LESSONS,
     .unnoted = true,
     .run = command_contents},
    {.name = "next",
     .doc = N_("in a lesson: to the next step, or back from play"),
     .details = command_next_details,
     .example = "next",
     .group = COMMAND_LESSONS,
     .unnoted = true,
     .in_lesson = true,
     .run = command_next},
    {.name = "back",
     .doc = N_("in a lesson: to the step before"),
     .details = command_back_details,
     .example = "back",
     .group = COMMAND_LESSONS,
     .unnoted = true,
     .in_lesson = true,
     .run = command_back},
    {.name = "hint",
     .doc = N_("in a lesson: help, a little more each time"),
     .details = command_hint_details,
     .example = "hint",
     .group = COMMAND_LESSONS,
     .unnoted = true,
     .in_lesson = true,
     .run = command_hint},
    {.name = "solution",
     .doc = N_("in a lesson: show a right answer"),
     .details = command_solution_details,
     .example = "solution",
     .group = COMMAND_LESSONS,
     .unnoted = true,
     .in_lesson = true,
     .run = command_solution},
    {.name = "skip",
     .doc = N_("in a lesson: let the answer be run, and go on"),
     .details = command_skip_details,
     .example = "skip",
     .group = COMMAND_LESSONS,
     .unnoted = true,
     .in_lesson = true,
     .run = command_skip},
    {.name = "play",
     .doc = N_("in a lesson: try things without being asked"),
     .details = command_play_details,
     .example = "play",
     .group = COMMAND_LESSONS,
     .unnoted = true,
     .in_lesson = true,
     .run = command_play},
    {.name = "goto",
     .arguments = "STEP",
     .doc = N_("in a lesson: to another step"),
     .details = command_goto_details,
     .example = "goto 3",
     .group = COMMAND_LESSONS,
     .unnoted = true,
     .in_lesson = true,
     .run = command_goto},
    {.name = "restart",
     .doc = N_("in a lesson: begin it again"),
     .details = command_restart_details,
     .example = "restart",
     .group = COMMAND_LESSONS,
     .unnoted = true,
     .in_lesson = true,
     .run = command_restart},
    {.name = "forget",
     .arguments = "NUMBER",
     .doc = N_("forget what was done in a lesson"),
     .details = command_forget_details,
     .example = "forget 0",
     .group = COMMAND_LESSONS,
     .unnoted = true,
     .run = command_forget},
    {.name = "report",
     .arguments = "[FILE.txt]",
     .doc = N_("write what was done in the lessons"),
     .details = command_report_details,
     .example = "report",
     .group = COMMAND_LESSONS,
     .takes = COMMAND_TAKES_FILE,
     .unnoted = true,
     .run = command_report},
    {.name = "explain",
     .arguments = "EXPR",
     .doc = N_("show how an expression is computed, step by step"),
     .details = command_explain_details,
     .example = "explain ones((2, 3)) + arange(3)",
     .group = COMMAND_LOOK,
     .takes = COMMAND_TAKES_CODE,
     .run = command_explain},
    {.name = "show",
     .arguments = "EXPR",
     .doc = N_("draw the right picture of a value"),
     .details = command_show_details,
     .example = "show ones((3, 4)) * arange(4)",
     .group = COMMAND_LOOK,
     .takes = COMMAND_TAKES_CODE,
     .run = command_show},
    {.name = "help",
     .arguments = "[NAME]",
     .doc = N_("explain a function, a command or a variable"),
     .details = command_help_details,
     .example = "help dot",
     .group = COMMAND_LOOK,
     .takes = COMMAND_TAKES_TOPIC,
     .callable = true,
     .unnoted = true,
     .run = command_help},
    {.name = "who",
     .doc = N_("list your variables"),
     .details = command_who_details,
     .example = "who",
     .group = COMMAND_LOOK,
     .run = command_who},
    {.name = "windows",
     .doc = N_("list the windows that are open"),
     .details = command_windows_details,
     .example = "windows",
     .group = COMMAND_LOOK,
     .unnoted = true,
     .run = command_windows},
    {.name = "close",
     .arguments = "NAME | all",
     .doc = N_("close a window"),
     .details = command_close_details,
     .example = "close all",
     .group = COMMAND_LOOK,
     .takes = COMMAND_TAKES_WINDOW,
     .unnoted = true,
     .run = command_close},
    {.name = "set",
     .arguments = "[NAME VALUE]",
     .doc = N_("show or change a setting"),
     .details = command_set_details,
     .example = "set shorthand off",
     .group = COMMAND_LOOK,
     .takes = COMMAND_TAKES_SETTINGS,
     .unnoted = true,
     .run = command_set},
    {.name = "clear",
     .doc = N_("clear the screen"),
     .details = command_clear_details,
     .example = "clear",
     .group = COMMAND_LOOK,
     .unnoted = true,
     .run = command_clear},
    {.name = "save",
     .arguments = "FILE.py",
     .doc = N_("write the lines that worked as a Python program"),
     .details = command_save_details,
     .example = "save work.py",
     .group = COMMAND_KEEP,
     .takes = COMMAND_TAKES_FILE,
     .unnoted = true,
     .run = command_save},
    {.name = "notes",
     .arguments = "FILE.md",
     .doc = N_("write what worked and what it printed as Markdown"),
     .details = command_notes_details,
     .example = "notes work.md",
     .group = COMMAND_KEEP,
     .takes = COMMAND_TAKES_FILE,
     .unnoted = true,
     .run = command_notes},
    {.name = "load",
     .arguments = "FILE",
     .doc = N_("run a Python program in this session"),
     .details = command_load_details,
     .example = "load work.py",
     .group = COMMAND_KEEP,
     .takes = COMMAND_TAKES_FILE,
     .run = command_load},
    {.name = "reset",
     .doc = N_("forget all variables"),
     .details = command_reset_details,
     .example = "reset",
     .group = COMMAND_KEEP,
     .run = command_reset},
    {.name = "quit",
     .doc = N_("leave (so does Ctrl-D)"),
     .details = command_quit_details,
     .example = "quit",
     .group = COMMAND_KEEP,
     .callable = true,
     .unnoted = true,
     .run = command_quit},
    {.name = "exit",
     .doc = N_("leave, too"),
     .details = command_quit_details,
     .example = "exit",
     .group = COMMAND_KEEP,
     .callable = true,
     .unnoted = true,
     .run = command_quit},
};

const struct command *command_at(int index)
{
    size_t count = sizeof rows / sizeof *rows;
    return index >= 0 && (size_t)index < count ? &rows[index] : NULL;
}

bool command_is_open(const struct command *command)
{
    return !command->in_lesson || lesson_play_is_on();
}

static const struct command *find_length(const char *name, size_t length)
{
    const struct command *row;
    for (int i = 0; (row = command_at(i)); i++)
        if (strlen(row->name) == length && !memcmp(row->name, name, length))
            return row;
    return NULL;
}

const struct command *command_find(const char *name)
{
    return find_length(name, strlen(name));
}

/* --------------------------------------------------------------- matching */

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.' ||
           (unsigned char)c >= 0x80;
}

static void set_trimmed(struct strbuf *sb, const char *text, size_t length)
{
    while (length > 0 && isspace((unsigned char)*text))
        text++, length--;
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    strbuf_clear(sb);
    strbuf_add(sb, text, length);
}

/* `x = 3`, `x(3)`, `x + 3`; but `help x`, `time -x`, `load "x.py"`. */
static bool looks_like_code(const char *rest)
{
    const char *text = rest + strspn(rest, " \t");
    if (!*text)
        return false;
    if (text == rest)
        return true; /* what follows the name directly: ( [ . = , … */
    size_t operator = strspn(text, "=+-*/%@<>&|^!,:.;");
    if (*text == '=' || *text == ',' || *text == ';' || *text == ':')
        return true;
    return operator > 0 && (isspace((unsigned char)text[operator]) ||
                            text[operator - 1] == '=');
}

static bool is_variable(struct session *session, const char *name)
{
    struct value value;
    if (!interp_get_global(session_interp(session), name, &value))
        return false;
    value_unref(value);
    return true;
}

/* In a lesson the first letters of its words do, alone on the line: n, h. */
static const struct command *find_letters(struct session *session,
                                          const char *line, size_t length)
{
    static const char *const words[] = {"next", "back",     "hint",
                                        "skip", "solution", "again",
                                        "play", "contents", NULL};
    const char *found = NULL;
    if (length == 0 || line[length] || !lesson_play_is_on())
        return NULL;
    for (int i = 0; words[i]; i++)
        if (!strncmp(words[i], line, length)) {
            if (found)
                return NULL;
            found = words[i];
        }
    return found && !is_variable(session, line) ? command_find(found) : NULL;
}

/* quit(), help(dot): the text between the brackets. */
static bool match_call(const char *rest, struct strbuf *arguments)
{
    size_t length = strlen(rest);
    while (length > 0 && isspace((unsigned char)rest[length - 1]))
        length--;
    if (length < 2 || rest[0] != '(' || rest[length - 1] != ')')
        return false;
    set_trimmed(arguments, rest + 1, length - 2);
    return true;
}

/* `x?` and `?x`; `?` alone is help. */
static bool match_question(const char *line, struct strbuf *arguments)
{
    size_t length = strlen(line);
    const char *start = line;
    if (length > 0 && line[0] == '?')
        start++, length--;
    else if (length > 1 && line[length - 1] == '?')
        length--;
    else
        return false;
    set_trimmed(arguments, start, length);
    for (size_t i = 0; i < arguments->length; i++)
        if (!is_word(arguments->text[i]))
            return false;
    return true;
}

/* %matplotlib inline, as notebooks begin: no command to be learned. */
static const struct command magic = {
    .name = "matplotlib", .unnoted = true, .run = command_matplotlib};

static bool is_magic(const char *word, size_t length)
{
    return length == strlen(magic.name) && !memcmp(word, magic.name, length);
}

static const struct command *match(struct session *session, const char *line,
                                   struct strbuf *arguments)
{
    size_t hole;
    if (match_question(line, arguments))
        return command_find("help");
    bool forced = *line == '%';
    line += forced;
    size_t length = 0;
    while (is_word(line[length]))
        length++;
    const struct command *row = find_length(line, length);
    if (row && !command_is_open(row))
        row = NULL;
    if (!row)
        row = find_letters(session, line, length);
    const char *rest = line + length;
    if (!row && hole_find(line, &hole)) {
        set_trimmed(arguments, line, strlen(line));
        return command_find("explain");
    }
    if (forced && is_magic(line, length))
        return &magic;
    if (!row || (!forced && is_variable(session, row->name)))
        return NULL;
    if (row->callable && match_call(rest, arguments))
        return row;
    if (!forced && looks_like_code(rest))
        return NULL;
    set_trimmed(arguments, rest, strlen(rest));
    return row;
}

const struct command *command_match(struct session *session, const char *line,
                                    struct strbuf *arguments)
{
    struct strbuf trimmed = STRBUF_INIT;
    const struct command *row = NULL;
    /* a command starts its line: an indented word belongs to a block */
    if (*line != ' ' && *line != '\t') {
        set_trimmed(&trimmed, line, strlen(line));
        row = match(session, trimmed.text, arguments);
    }
    strbuf_done(&trimmed);
    return row;
}

/* ------------------------------------------------------------------ words */

static const struct command *consider_commands(struct suggestion *near)
{
    const struct command *row, *best = NULL;
    for (int i = 0; (row = command_at(i)); i++) {
        if (command_is_open(row))
            suggestion_consider(near, row->name);
        if (near->best == row->name)
            best = row;
    }
    return best;
}

const struct command *command_suggest(const char *name)
{
    struct suggestion near = suggestion_for(name);
    return consider_commands(&near);
}

void command_name_hint(struct interp *interp, const char *name,
                       struct error *err)
{
    struct suggestion near = suggestion_for(name);
    const char *known;
    struct value value;
    for (size_t i = 0; interp_next_global(interp, &i, &known, &value);)
        suggestion_consider(&near, known);
    for (size_t i = 0; interp_next_builtin(interp, &i, &known, &value);)
        suggestion_consider(&near, known);
    const struct command *row = consider_commands(&near);
    if (row)
        error_hint(err, _("did you mean the command '%s'?"), row->name);
}

char *command_word(char **rest)
{
    char *word = *rest + strspn(*rest, " \t");
    if (!*word)
        return NULL;
    const char *end = " \t";
    char quote[2] = {*word, '\0'};
    if (*word == '"' || *word == '\'') {
        end = quote;
        word++;
    }
    *rest = word + strcspn(word, end);
    if (**rest)
        *(*rest)++ = '\0';
    return word;
}
