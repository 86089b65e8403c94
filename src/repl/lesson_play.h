/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A lesson at the prompt.  What is typed runs in the lesson's variables, is
 * judged (lesson/player.h), and the judgement is printed below what the line
 * itself prints.  The session thread's, but for what is said to be main's.
 */
#ifndef REPL_LESSON_PLAY_H
#define REPL_LESSON_PLAY_H

#include "lesson/player.h"
#include "lesson/progress.h"

struct session;
struct lesson_play;

/* Plays the lesson at PATH from STEP on; -1: where it was left, or from the
   start.  false with an error, in the session as it was. */
bool lesson_play_start(struct session *session, const char *path, int step,
                       struct error *err);
/* Back to the learner's own variables; fine when no lesson is on. */
void lesson_play_end(struct session *session);

/* ---------------------------------------------------- of the one played */

struct player *lesson_play_player(const struct lesson_play *play);
bool lesson_play_is_muted(const struct lesson_play *play);

/* Each prints what it leads to. */
bool lesson_play_go(struct session *session, int step, struct error *err);
bool lesson_play_next(struct session *session, struct error *err);
bool lesson_play_skip(struct session *session, struct error *err);
void lesson_play_again(struct session *session);
void lesson_play_mute(struct session *session);
void lesson_play_leave(struct session *session);
/* The step's variables as they were at its start. */
void lesson_play_reset(struct session *session);
/* The lesson so far with the learner's lines, as Markdown. */
const char *lesson_play_notes(const struct lesson_play *play);

/* --------------------------------------------------------- hooks of entry */

/* Is TEXT the answer of a predict step?  Then it has been taken. */
bool lesson_play_take_choice(struct session *session, const char *text,
                             size_t length);
/* Around the running of code: false when no lesson is on. */
bool lesson_play_begin_line(struct session *session);
void lesson_play_judge_line(struct session *session, const char *text,
                            size_t length, const struct program *program,
                            const struct error *failure);
/* Says what is to be said; may go on to the next step. */
void lesson_play_answer_line(struct session *session);
/* A command has run, or failed and said why. */
void lesson_play_command(struct session *session, const char *text,
                         size_t length, bool worked);

/* ---------------------------------------------------------------- others */

/* What has been done in lessons; said once when it cannot be read. */
struct lesson_progress *lesson_play_progress(struct session *session);
void lesson_play_save_progress(struct session *session);

/* "tensor 7.3>", "tensor play>", "tensor>"; main's. */
void lesson_play_prompt(struct session *session, struct strbuf *sb);
/* One line that offers to go on, to be free()d; NULL.  Main's, before the
   first entry. */
char *lesson_play_offer(struct session *session);

/* The language of lessons: "en", "zh_CN". */
const char *lesson_language(void);

/* Is one played? */
bool lesson_play_is_on(void);

/* Has the lesson that was played last come to its end? */
bool lesson_play_is_complete(void);

/* For --check-lessons: FILES, or all; false when there are faults. */
struct lesson_files {
    char *const *paths;
    int count;
};
bool lesson_play_check(struct session *session, void *files);

#endif
