/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A lesson that is being played: where the learner is, the lesson's variables,
 * and what is to be said to what was typed.  Draws nothing; whoever plays it
 * runs the learner's lines in player_interp() and asks for a judgement then.
 */
#ifndef LESSON_PLAYER_H
#define LESSON_PLAYER_H

#include "lesson/trial.h"

struct player;

/* LESSON passes to the player.  The random numbers of the session are the
   lesson's until player_free(). */
struct player *player_new(struct lesson *lesson, const struct host *host);
void player_free(struct player *player); /* NULL is fine */

const struct lesson *player_lesson(const struct player *player);
struct interp *player_interp(const struct player *player);
int player_at(const struct player *player); /* index of the step */
const struct step *player_step(const struct player *player);

/* Goes to a step: its variables are as if all steps before had been answered
   as the model does.  From a step to the next one the learner's own variables
   stay.  false when the lesson's own code fails: "FILE:LINE: …". */
bool player_go(struct player *player, int step, struct error *err);

/* The learner types in other languages: the same lesson with other texts. */
void player_translate(struct player *player, struct lesson *lesson);

enum verdict {
    VERDICT_NONE, /* nothing was answered: a look, a variable of one's own */
    VERDICT_RIGHT,
    VERDICT_WRONG,
    VERDICT_ERROR /* the line failed, which is an answer, too */
};

struct reply {
    enum verdict verdict;
    struct strbuf text;    /* Markdown: what there is to say, or empty */
    int mistake;           /* the listed one that was made, or -1 */
    bool other_way;        /* right, but not as the model answer has it */
    struct words restored; /* variables of the lesson that were changed and
                              have been given back */
};

void reply_done(struct reply *reply);

/* The random numbers are those the model answer had: before a line is run. */
void player_prepare(struct player *player);

/* What to say to a line that was run.  PROGRAM is NULL when it was no good
   syntax, VALUE that of its last line if that was an expression (else
   VALUE_UNDEFINED), FAILURE its error, or NULL. */
void player_judge(struct player *player, const char *text,
                  const struct program *program, struct value value,
                  const struct error *failure, struct reply *ret);

/* A command was typed.  WORKED: it did what it does; else it said why not, and
   may still be a listed mistake. */
void player_judge_command(struct player *player, const char *line, bool worked,
                          struct reply *ret);

/* The choice of a predict step that TEXT is: its letter, its number in a
   bracket or itself; -1 when it is none. */
int player_choice(const struct player *player, const char *text);
void player_choose(struct player *player, int choice, struct reply *ret);
/* The one that is right; -1 with an error when it is not exactly one. */
int player_right_choice(struct player *player, struct error *err);

/* What its code gives, as Python shows it; known once a choice was judged. */
void player_predicted(const struct player *player, struct strbuf *sb);

/* Is the step answered, or skipped? */
bool player_is_finished(const struct player *player);
/* Answers the step as the model does. */
bool player_skip(struct player *player, struct error *err);

/* The step as it was when it began; variables of the learner's own go, too. */
void player_begin_again(struct player *player);

/* The lesson's variables are given back; the names of those that had changed
   to RET. */
void player_restore(struct player *player, struct words *ret);

/* The next hint: those for the last mistake first, then from vague to plain;
   NULL when all have been given.  Which one of how many. */
const char *player_hint(struct player *player, int *ret_number, int *ret_count);
/* Has it any that has not been given? */
bool player_has_hint(const struct player *player);
int player_hints_given(const struct player *player);

int player_tries(const struct player *player);
int player_misses(const struct player *player); /* since the step began */

/* Code as typed, with what it shows; the variables keep what it does (lessons
   are checked with it). */
void player_try(struct player *player, const char *text, struct trial *ret,
                struct strbuf *output);

#endif
