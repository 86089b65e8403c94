/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/i18n.h"
#include "repl/command_lesson.h"
#include "repl/lesson_play.h"
#include "repl/lesson_text.h"
#include "repl/session.h"

const char command_next_details[] =
    N_("To the next step, when this one is answered or asks nothing. After "
       "play it returns to the step.");

const char command_back_details[] =
    N_("To the step before this one.");

const char command_hint_details[] =
    N_("One hint after the other, from vague to plain. The one that fits your "
       "last mistake comes first.");

const char command_solution_details[] =
    N_("Shows one right answer. It is not run: type it yourself, or skip.");

const char command_skip_details[] =
    N_("Runs the answer for you, marks the step as skipped and goes on.");

const char command_play_details[] =
    N_("Nothing is asked and nothing is graded until next, which gives the "
       "lesson's variables back as they were.");

static struct player *player_of(struct session *session)
{
    return lesson_play_player(session_lesson(session));
}

bool command_next(struct session *session, const char *arguments,
                  struct error *err)
{
    (void)arguments;
    return lesson_play_next(session, err);
}

bool command_back(struct session *session, const char *arguments,
                  struct error *err)
{
    (void)arguments;
    int at = player_at(player_of(session));
    if (at > 0)
        return lesson_play_go(session, at - 1, err);
    lesson_text_print_dim(session, _("this is the first step"));
    return true;
}

bool command_hint(struct session *session, const char *arguments,
                  struct error *err)
{
    int number, count;
    struct strbuf text = STRBUF_INIT;
    struct player *player = player_of(session);
    const char *hint = player_hint(player, &number, &count);
    (void)arguments;
    (void)err;
    if (hint) {
        strbuf_addf(&text, _("hint %d of %d"), number, count);
        lesson_text_print_dim(session, text.text);
        lesson_text_print(session, hint);
    } else if (player_step(player)->hint_count) {
        lesson_text_print_dim(session,
                              _("these were all hints; solution shows a way"));
    } else {
        lesson_text_print_dim(session, _("this step has no hints"));
    }
    strbuf_done(&text);
    return true;
}

static bool print_choice(struct session *session, struct player *player,
                         struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    int right = player_right_choice(player, err);
    if (right < 0)
        return false;
    strbuf_addf(&text, "%c) %s\n", (char)('a' + right),
                player_step(player)->labels.items[right]);
    lesson_text_print_code(session, text.text);
    strbuf_done(&text);
    return true;
}

bool command_solution(struct session *session, const char *arguments,
                      struct error *err)
{
    struct player *player = player_of(session);
    const struct step *step = player_step(player);
    (void)arguments;
    if (step->kind == STEP_PREDICT)
        return print_choice(session, player, err);
    if (step->answer.text)
        lesson_text_print_code(session, step->answer.text);
    else
        lesson_text_print_dim(session, _("this step asks nothing"));
    return true;
}

bool command_skip(struct session *session, const char *arguments,
                  struct error *err)
{
    (void)arguments;
    return lesson_play_skip(session, err);
}

bool command_play(struct session *session, const char *arguments,
                  struct error *err)
{
    (void)arguments;
    (void)err;
    lesson_play_mute(session);
    return true;
}

/* -------------------------------------------------- words of other meanings */

bool command_lesson_again(struct session *session)
{
    if (session_lesson(session))
        lesson_play_again(session);
    return session_lesson(session) != NULL;
}

bool command_lesson_quit(struct session *session)
{
    if (!session_lesson(session))
        return false;
    lesson_play_leave(session);
    lesson_text_print_dim(session, _("you have left the lesson: lesson goes on "
                                     "with it, quit leaves tensor"));
    return true;
}

bool command_lesson_reset(struct session *session)
{
    if (session_lesson(session))
        lesson_play_reset(session);
    return session_lesson(session) != NULL;
}

bool command_lesson_notes(struct session *session, struct strbuf *text)
{
    struct lesson_play *play = session_lesson(session);
    if (play)
        strbuf_adds(text, lesson_play_notes(play));
    return play != NULL;
}
