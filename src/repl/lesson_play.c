/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/lesson_play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/confine.h"
#include "base/i18n.h"
#include "lang/walk.h"
#include "lesson/catalog.h"
#include "repl/command.h"
#include "repl/lesson_host.h"
#include "repl/lesson_text.h"
#include "repl/session.h"
#include "tensor/random.h"

/* Misses after which a hint is offered; a lesson left so often is not offered
   at the start. */
enum { MISSES_OFFER = 3, LEFT_MOST = 2 };

struct lesson_play {
    struct player *player;
    char *path;
    char language[16];
    bool muted;
    bool reminded; /* the step has said that it waits */
    time_t since;  /* when the step was shown */
    struct strbuf notes;
    /* of the line that runs */
    struct value last; /* what _ was before */
    bool has_last, has_reply;
    struct reply reply;
};

static bool is_complete, is_on;

bool lesson_play_is_on(void)
{
    return is_on;
}

bool lesson_play_is_complete(void)
{
    return is_complete;
}

struct player *lesson_play_player(const struct lesson_play *play)
{
    return play->player;
}

bool lesson_play_is_muted(const struct lesson_play *play)
{
    return play->muted;
}

const char *lesson_play_notes(const struct lesson_play *play)
{
    return play->notes.text;
}

/* Lessons speak the language of the messages. */
const char *lesson_language(void)
{
    /* the folder of this language's lessons */
    return strchr(_("lessons/en"), '/') + 1;
}

static const struct lesson *lesson_of(const struct lesson_play *play)
{
    return player_lesson(play->player);
}

/* ---------------------------------------------------------------- progress */

static struct lesson_progress progress;
static bool progress_is_loaded;

struct lesson_progress *lesson_play_progress(struct session *session)
{
    struct strbuf complaint = STRBUF_INIT;
    if (progress_is_loaded || !session_is_interactive(session))
        return &progress;
    progress_is_loaded = true;
    progress_load(&progress, &complaint);
    if (complaint.length)
        lesson_text_print_dim(session, complaint.text);
    strbuf_done(&complaint);
    return &progress;
}

void lesson_play_save_progress(struct session *session)
{
    static bool has_complained;
    struct error err = ERROR_INIT;
    if (session_is_interactive(session) && !progress_save(&progress, &err) &&
        !has_complained) {
        struct strbuf text = STRBUF_INIT;
        strbuf_addf(&text, _("progress cannot be saved: %s"), err.message);
        lesson_text_print_dim(session, text.text);
        strbuf_done(&text);
        has_complained = true;
    }
    error_clear(&err);
}

static void record(struct session *session, enum step_state state)
{
    struct lesson_play *play = session_lesson(session);
    const struct player *player = play->player;
    int seconds = (int)(time(NULL) - play->since);
    progress_record(lesson_play_progress(session), lesson_of(play)->id,
                    player_step(player)->id, state, player_tries(player),
                    player_hints_given(player), seconds > 0 ? seconds : 0);
    play->since = time(NULL);
}

/* Where to go on another day: lessons of the catalog alone. */
static void place(struct session *session)
{
    struct lesson_play *play = session_lesson(session);
    const struct lesson *lesson = lesson_of(play);
    char *known = catalog_find_id(lesson->id);
    if (known)
        progress_place(lesson_play_progress(session), lesson->id,
                       player_step(play->player)->id);
    free(known);
    lesson_play_save_progress(session);
}

/* ------------------------------------------------------------------- notes */

static void note_step(struct lesson_play *play)
{
    const struct step *step = player_step(play->player);
    strbuf_addf(&play->notes, "\n## ");
    lesson_text_number(lesson_of(play), &play->notes);
    strbuf_addf(&play->notes, ".%d %s\n\n%s\n", player_at(play->player) + 1,
                step->title, step->prose ? step->prose : "");
}

static void note_line(struct session *session, const char *text, size_t length)
{
    struct strbuf *notes = &session_lesson(session)->notes;
    const char *output = session_captured(session);
    strbuf_addf(notes, "\n```\n> %.*s\n%s%s```\n", (int)length, text, output,
                *output && output[strlen(output) - 1] != '\n' ? "\n" : "");
}

/* ------------------------------------------------------------ start and end */

/* The step's figures; without the command there are none. */
static void show_figures(struct session *session, const struct step *step)
{
    const struct command *command = command_find("show");
    for (size_t i = 0; command && i < step->show.count; i++) {
        struct error err = ERROR_INIT;
        command->run(session, step->show.items[i].text, &err);
        error_clear(&err);
    }
}

/* The learner has chosen another language. */
static void follow_language(struct lesson_play *play)
{
    struct error err = ERROR_INIT;
    struct lesson *lesson;
    if (!strcmp(play->language, lesson_language()))
        return;
    snprintf(play->language, sizeof play->language, "%s", lesson_language());
    if (lesson_open(play->path, play->language, &lesson, &err)) {
        if (lesson->count == lesson_of(play)->count)
            player_translate(play->player, lesson);
        else
            lesson_free(lesson);
    }
    error_clear(&err);
}

static void show_step(struct session *session)
{
    struct lesson_play *play = session_lesson(session);
    follow_language(play);
    lesson_text_print_step(session, play->player);
    session_capture(session);
    show_figures(session, player_step(play->player));
    strbuf_adds(&play->notes, session_captured(session));
    play->muted = false;
    play->reminded = false;
    play->since = time(NULL);
}

static void print_given_back(struct session *session, const struct words *names)
{
    struct strbuf text = STRBUF_INIT;
    if (!names->count)
        return;
    for (size_t i = 0; i < names->count; i++)
        strbuf_addf(&text, "%s%s", i ? ", " : "", names->items[i]);
    char *line =
        xasprintf(ngettext("%s is the lesson's: it is as it was again",
                           "%s are the lesson's: they are as they were again",
                           (unsigned long)names->count),
                  text.text);
    lesson_text_print_dim(session, line);
    free(line);
    strbuf_done(&text);
}

static void give_back(struct session *session)
{
    struct words names = {NULL, 0, 0};
    player_restore(session_lesson(session)->player, &names);
    print_given_back(session, &names);
    for (size_t i = 0; i < names.count; i++)
        free(names.items[i]);
    free(names.items);
}

bool lesson_play_go(struct session *session, int step, struct error *err)
{
    struct lesson_play *play = session_lesson(session);
    give_back(session);
    session_use_interp(session, NULL);
    bool good = player_go(play->player, step, err);
    session_use_interp(session, player_interp(play->player));
    if (!good)
        return false;
    place(session);
    note_step(play);
    show_step(session);
    return true;
}

static struct lesson_play *play_new(struct session *session, const char *path,
                                    struct lesson *lesson)
{
    struct lesson_play *play = xcalloc(1, sizeof *play);
    struct host host;
    lesson_host_init(&host, session);
    play->player = player_new(lesson, &host);
    play->path = xstrdup(path);
    play->notes = (struct strbuf)STRBUF_INIT;
    snprintf(play->language, sizeof play->language, "%s", lesson_language());
    return play;
}

/* Where the learner was in this lesson: the first step when nowhere. */
static int resume_at(struct session *session, const struct lesson *lesson)
{
    const struct lesson_progress *known = lesson_play_progress(session);
    int step = -1;
    if (known->lesson && !strcmp(known->lesson, lesson->id))
        step = lesson_find_step(lesson, known->step);
    return step < 0 ? 0 : step;
}

bool lesson_play_start(struct session *session, const char *path, int step,
                       struct error *err)
{
    struct lesson *lesson;
    if (!lesson_open(path, lesson_language(), &lesson, err))
        return false;
    if (step >= (int)lesson->count) {
        error_set(err, ERROR_VALUE,
                  ngettext("this lesson has %zu step",
                           "this lesson has %zu "
                           "steps",
                           (unsigned long)lesson->count),
                  lesson->count);
        lesson_free(lesson);
        return false;
    }
    lesson_play_leave(session);
    if (step < 0)
        step = resume_at(session, lesson);
    struct lesson_play *play = play_new(session, path, lesson);
    session_set_lesson(session, play);
    is_on = true;
    is_complete = false;
    if (step == 0)
        lesson_text_print_title(session, lesson);
    strbuf_addf(&play->notes, "# %s\n", lesson->title);
    if (lesson_play_go(session, step, err))
        return true;
    lesson_play_end(session);
    return false;
}

void lesson_play_end(struct session *session)
{
    struct lesson_play *play = session_lesson(session);
    if (!play)
        return;
    session_use_interp(session, NULL);
    session_set_lesson(session, NULL);
    is_on = false;
    player_free(play->player);
    strbuf_done(&play->notes);
    free(play->path);
    free(play);
}

void lesson_play_leave(struct session *session)
{
    struct lesson_progress *known = lesson_play_progress(session);
    if (!session_lesson(session))
        return;
    if (known->lesson)
        known->left++;
    lesson_play_save_progress(session);
    lesson_play_end(session);
}

/* ---------------------------------------------------------------- moving on */

static void finish_lesson(struct session *session)
{
    struct lesson_play *play = session_lesson(session);
    struct lesson_progress *known = lesson_play_progress(session);
    const struct lesson *lesson = lesson_of(play);
    struct strbuf text = STRBUF_INIT, number = STRBUF_INIT;
    int done = 0, next = lesson->number + 1;
    for (size_t i = 0; i < lesson->count; i++)
        done +=
            progress_state(known, lesson->id, lesson->steps[i].id) == STEP_DONE;
    char *following = lesson->number >= 0 ? catalog_find(next) : NULL;
    lesson_text_number(lesson, &number);
    strbuf_addf(&text, _("Lesson %s is at its end: %d of %zu steps done."),
                number.text, done, lesson->count);
    strbuf_addc(&text, '\n'); /* a blank, in Chinese none */
    if (following)
        strbuf_addf(&text, _("`lesson %d` goes on."), next);
    else
        strbuf_adds(&text, _("`contents` lists the lessons."));
    strbuf_addc(&text, '\n');
    strbuf_adds(&text, _("Your own variables are back."));
    progress_place(known, NULL, NULL);
    lesson_play_save_progress(session);
    is_complete = true;
    session_print(session, "\n");
    lesson_text_print(session, text.text);
    lesson_play_end(session);
    free(following);
    strbuf_done(&text);
    strbuf_done(&number);
}

static bool go_on(struct session *session, struct error *err)
{
    struct lesson_play *play = session_lesson(session);
    int next = player_at(play->player) + 1;
    if (next < (int)lesson_of(play)->count)
        return lesson_play_go(session, next, err);
    finish_lesson(session);
    return true;
}

bool lesson_play_next(struct session *session, struct error *err)
{
    struct lesson_play *play = session_lesson(session);
    if (play->muted) {
        give_back(session);
        show_step(session);
        return true;
    }
    if (!player_is_finished(play->player)) {
        lesson_text_print_dim(session, _("this step waits for an answer: hint "
                                         "helps, skip goes on"));
        return true;
    }
    if (!step_is_graded(player_step(play->player)))
        record(session, STEP_DONE);
    return go_on(session, err);
}

bool lesson_play_skip(struct session *session, struct error *err)
{
    struct lesson_play *play = session_lesson(session);
    const struct step *step = player_step(play->player);
    bool graded = step_is_graded(step);
    if (graded && step->answer.text && !player_is_finished(play->player)) {
        lesson_text_print_dim(session, _("this is run for you:"));
        lesson_text_print_code(session, step->answer.text);
    }
    session_use_interp(session, player_interp(play->player));
    if (!player_skip(play->player, err))
        return false;
    record(session, STEP_SKIPPED);
    return go_on(session, err);
}

void lesson_play_again(struct session *session)
{
    show_step(session);
}

void lesson_play_mute(struct session *session)
{
    session_lesson(session)->muted = true;
    lesson_text_print_dim(session,
                          _("nothing is asked now; next returns to the step"));
}

void lesson_play_reset(struct session *session)
{
    player_begin_again(session_lesson(session)->player);
    lesson_text_print_dim(session,
                          _("the lesson's variables are as at the start of "
                            "this step"));
}

/* ------------------------------------------------------------------ replies */

/* The right result, and what the lesson has to say to it. */
static void print_right(struct session *session, const struct reply *reply)
{
    const struct lesson_play *play = session_lesson(session);
    const struct step *step = player_step(play->player);
    if (!reply->other_way) {
        lesson_text_print(session, _("Right."));
    } else if (strchr(step->answer.text, '\n') !=
               strrchr(step->answer.text, '\n')) {
        lesson_text_print(session, _("That works. The usual way:"));
        lesson_text_print_code(session, step->answer.text);
    } else {
        struct strbuf text = STRBUF_INIT;
        strbuf_addf(&text, _("That works. The usual way: `%.*s`"),
                    (int)strcspn(step->answer.text, "\n"), step->answer.text);
        lesson_text_print(session, text.text);
        strbuf_done(&text);
    }
    if (step->after) {
        session_print(session, "\n");
        lesson_text_print(session, step->after);
    }
}

/* Not asked for, not graded: once a step it is said what waits. */
static void remind(struct session *session)
{
    struct lesson_play *play = session_lesson(session);
    const struct step *step = player_step(play->player);
    struct strbuf text = STRBUF_INIT, number = STRBUF_INIT;
    if (play->reminded || player_is_finished(play->player))
        return;
    play->reminded = true;
    lesson_text_number(lesson_of(play), &number);
    strbuf_addf(&text, _("(%s.%d waits: %s)"), number.text,
                player_at(play->player) + 1, step->title);
    lesson_text_print_dim(session, text.text);
    strbuf_done(&text);
    strbuf_done(&number);
}

static void offer_hint(struct session *session)
{
    const struct player *player = session_lesson(session)->player;
    if (player_misses(player) % MISSES_OFFER == 0 && player_has_hint(player))
        lesson_text_print_dim(session, _("hint helps"));
}

static void say(struct session *session, const struct reply *reply)
{
    struct error err = ERROR_INIT;
    print_given_back(session, &reply->restored);
    if (reply->text.length)
        lesson_text_print(session, reply->text.text);
    switch (reply->verdict) {
    case VERDICT_NONE:
        if (!reply->text.length)
            remind(session);
        break;
    case VERDICT_RIGHT:
        print_right(session, reply);
        record(session, STEP_DONE);
        if (!go_on(session, &err))
            lesson_text_print(session, err.message);
        error_clear(&err);
        break;
    default:
        offer_hint(session);
    }
}

/* ------------------------------------------------------------ hooks of entry
 */

static struct lesson_play *listening(struct session *session)
{
    struct lesson_play *play = session_lesson(session);
    return play && !play->muted ? play : NULL;
}

bool lesson_play_take_choice(struct session *session, const char *text,
                             size_t length)
{
    struct lesson_play *play = listening(session);
    struct reply reply;
    if (!play || player_is_finished(play->player))
        return false;
    char *line = xstrndup(text, length);
    int choice = player_choice(play->player, line);
    free(line);
    if (choice < 0)
        return false;
    player_choose(play->player, choice, &reply);
    if (reply.verdict == VERDICT_RIGHT) {
        struct strbuf shown = STRBUF_INIT;
        player_predicted(play->player, &shown);
        lesson_text_print_code(session, shown.text);
        strbuf_done(&shown);
    }
    note_line(session, text, strcspn(text, "\n"));
    say(session, &reply);
    reply_done(&reply);
    return true;
}

bool lesson_play_begin_line(struct session *session)
{
    struct lesson_play *play = session_lesson(session);
    if (!play)
        return false;
    play->has_last =
        interp_get_global(session_interp(session), "_", &play->last);
    interp_remove_global(session_interp(session), "_");
    if (!play->muted)
        player_prepare(play->player);
    confine_to(NULL);
    rng_set_repeatable(true);
    return true;
}

/* The value of the last line, when it is an expression; owned. */
static struct value shown_value(struct session *session,
                                const struct program *program)
{
    const struct node *last = program ? program_last(program) : NULL;
    struct value value = value_undefined();
    if (!last || last->kind != NODE_EXPRESSION)
        return value;
    if (!interp_get_global(session_interp(session), "_", &value))
        value = value_none();
    return value;
}

/* _ is the last value again. */
static void restore_last(struct session *session)
{
    struct lesson_play *play = session_lesson(session);
    struct value now;
    if (interp_get_global(session_interp(session), "_", &now))
        value_unref(now);
    else if (play->has_last)
        interp_set_global(session_interp(session), "_", play->last);
    if (play->has_last)
        value_unref(play->last);
    play->has_last = false;
}

void lesson_play_judge_line(struct session *session, const char *text,
                            size_t length, const struct program *program,
                            const struct error *failure)
{
    struct lesson_play *play = session_lesson(session);
    confine_end();
    rng_set_repeatable(false);
    if (!failure)
        note_line(session, text,
                  length && text[length - 1] == '\n' ? length - 1 : length);
    if (!play->muted &&
        !(failure && failure->kind == ERROR_KEYBOARD_INTERRUPT)) {
        char *line = xstrndup(text, length);
        struct value value = shown_value(session, program);
        player_judge(play->player, line, program, value, failure, &play->reply);
        play->has_reply = true;
        value_unref(value);
        free(line);
    }
    restore_last(session);
}

/* Saying it may end the lesson. */
static void say_reply(struct session *session, struct reply reply)
{
    say(session, &reply);
    reply_done(&reply);
}

void lesson_play_answer_line(struct session *session)
{
    struct lesson_play *play = session_lesson(session);
    if (!play->has_reply)
        return;
    play->has_reply = false;
    say_reply(session, play->reply);
}

void lesson_play_command(struct session *session, const char *text,
                         size_t length, bool worked)
{
    struct lesson_play *play = listening(session);
    struct reply reply;
    if (!play)
        return;
    char *line = xstrndup(text, length);
    player_judge_command(play->player, line, worked, &reply);
    free(line);
    if (reply.verdict != VERDICT_NONE)
        say(session, &reply);
    reply_done(&reply);
}

/* ------------------------------------------------------------------- others */

void lesson_play_prompt(struct session *session, struct strbuf *sb)
{
    const struct lesson_play *play = session_lesson(session);
    strbuf_adds(sb, "tensor");
    if (play && play->muted) {
        strbuf_adds(sb, " play");
    } else if (play) {
        strbuf_addc(sb, ' ');
        lesson_text_number(lesson_of(play), sb);
        strbuf_addf(sb, ".%d", player_at(play->player) + 1);
    }
    strbuf_addc(sb, '>');
}

char *lesson_play_offer(struct session *session)
{
    const struct lesson_progress *known = lesson_play_progress(session);
    struct lesson *lesson;
    struct error err = ERROR_INIT;
    char *offer = NULL;
    char *path = known->lesson && known->left < LEFT_MOST
                     ? catalog_find_id(known->lesson)
                     : NULL;
    if (path && lesson_open(path, lesson_language(), &lesson, &err)) {
        int step = lesson_find_step(lesson, known->step);
        if (step >= 0)
            offer = xasprintf(_("lesson goes on with %d.%d: %s"),
                              lesson->number, step + 1, lesson->title);
        lesson_free(lesson);
    }
    error_clear(&err);
    free(path);
    return offer;
}
