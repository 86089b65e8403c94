/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a player; inside src/lesson only. */
#ifndef LESSON_PLAYING_H
#define LESSON_PLAYING_H

#include "lesson/difference.h"
#include "lesson/player.h"
#include "lesson/state.h"
#include "lesson/terms.h"
#include "tensor/random.h"

/* What code gives in a copy of the step's variables. */
struct outcome {
    struct trial trial;
    struct value *values; /* of player->wanted, VALUE_UNDEFINED: unset */
    struct value *made;   /* of player->made; the model answer's alone */
    struct trial *calls;  /* of functions: one an input */
};

struct player {
    struct lesson *lesson;
    struct host host;
    struct interp *interp;
    char *folder;
    struct rng outside; /* the session's random numbers */
    int at;             /* -1: not begun */
    bool finished;
    struct strmap own;    /* names of the lesson's variables */
    struct state *before; /* these, before the next line */
    struct state *start;  /* these, at the step's start */
    int tries, misses, hints_given;
    bool *given;      /* hints */
    int last_mistake; /* or -1 */
    struct strmap origins; /* name → terms it was made with in this step */

    /* The step's, once they are needed */
    struct words wanted;      /* variables; none: the value */
    struct words made;        /* all that the model answer binds */
    bool has_expected, has_examples;
    struct outcome expected;
    struct outcome **examples; /* one array a mistake */
    size_t call_count; /* of a function step */
};

/* expect.c */
/* What the model answer gives; false with an error when it fails. */
bool player_expect(struct player *player, struct error *err);
/* What each example of a mistake gives. */
void player_examples(struct player *player);
void player_forget(struct player *player); /* of the step */
void outcome_run(struct player *player, const char *text,
                 struct outcome *ret);
void outcome_done(struct player *player, struct outcome *outcome);
/* The names that code binds. */
void names_of(const char *text, struct words *ret);
struct tolerance player_tolerance(const struct player *player);
/* The arguments of a function step's call INDEX, a tuple for several, made
   anew: what a call does to them is gone. */
bool input_arguments(struct player *player, size_t index, struct trial *ret);
/* Calls the function VALUE with every input. */
void outcome_call(struct player *player, struct value function,
                  struct outcome *ret);

/* mistakes.c */
/* The listed mistake that TEXT, whose outcome GOT is, makes; or -1.  RIGHT:
   its value is right, only the means may be wrong. */
int mistake_find(struct player *player, const char *text,
                 const struct outcome *got, const term_set *terms, bool right);
/* Are both failures of the same kind, with the same message? */
bool trial_fails_alike(const struct trial *a, const struct trial *b);

/* judge_function.c */
void judge_function(struct player *player, const char *text,
                    const struct program *program, struct value value,
                    struct reply *ret);

/* player.c: after a judgement, what was changed is given back, or kept */
void player_settle(struct player *player, struct reply *reply);

/* judge.c */
void reply_wrong(struct player *player, int mistake, struct reply *ret);
void reply_right(struct player *player, const char *text, struct reply *ret);
/* Means that must or must not be used; false when REPLY says so. */
bool judge_means(struct player *player, const char *text,
                 const struct outcome *got, const struct program *program,
                 struct reply *ret);

#endif
