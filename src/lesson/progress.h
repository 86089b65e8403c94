/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What has been done, in a file that can be read and carried to another
 * machine: $XDG_STATE_HOME/tensor/lessons.
 *
 *     tensor-progress 1
 *     at 07-broadcasting stretch
 *     left 07-broadcasting 1
 *     done 00-prompt calculate tries 2 hints 0 seconds 35
 *     skipped 00-prompt name tries 0 hints 1 seconds 12
 */
#ifndef LESSON_PROGRESS_H
#define LESSON_PROGRESS_H

#include "base/strbuf.h"
#include "lesson/lesson.h"

enum step_state { STEP_OPEN, STEP_DONE, STEP_SKIPPED };

struct step_record {
    char *lesson, *step;
    enum step_state state;
    int tries, hints, seconds;
};

struct lesson_progress {
    struct step_record *records;
    size_t count, capacity;
    char *lesson, *step; /* where the learner is; NULL: nowhere */
    int left;            /* how often that lesson was left unfinished */
    bool kept;           /* the file is a newer program's: it stays as it is */
};

/* Reads it; without a file there is no progress.  What cannot be read is said
   in one sentence to COMPLAINT. */
void progress_load(struct lesson_progress *progress, struct strbuf *complaint);
void progress_done(struct lesson_progress *progress);

/* Written anew, atomically. */
bool progress_save(const struct lesson_progress *progress, struct error *err);

enum step_state progress_state(const struct lesson_progress *progress,
                               const char *lesson, const char *step);
/* Adds to what is known; a step that was done stays done. */
void progress_record(struct lesson_progress *progress, const char *lesson,
                     const char *step, enum step_state state, int tries,
                     int hints, int seconds);
/* LESSON NULL: nowhere. */
void progress_place(struct lesson_progress *progress, const char *lesson,
                    const char *step);
void progress_forget(struct lesson_progress *progress, const char *lesson);

#endif
