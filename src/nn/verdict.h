/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a classifier says of samples whose classes are known: right or wrong,
 * and how sure it was.
 */
#ifndef NN_VERDICT_H
#define NN_VERDICT_H

#include "nn/model.h"

struct verdict {
    int32_t expected, given; /* classes */
    float confidence;        /* of the class given, 0 to 1 */
};

struct verdicts {
    int64_t count;
    int classes;
    struct verdict *rows; /* owned */
};

/*
 * MODEL's on the samples X.  LABELS are class numbers (n,) or (n, 1), or rows
 * of one number a class, of which the largest is meant.  An output of one
 * number is that of two classes; outputs that are no shares (logits) are taken
 * through softmax or sigmoid.  ValueError when the two do not fit each other,
 * or the model gives no classes; KeyboardInterrupt.
 */
bool verdicts_init(struct verdicts *ret, struct model *model, struct tensor *x,
                   struct tensor *labels, struct error *err);
void verdicts_done(struct verdicts *verdicts);

/* classes x classes counts, rows expected, columns given; owned (free()). */
int64_t *verdicts_count(const struct verdicts *verdicts);

/* How many are wrong. */
int64_t verdicts_mistakes(const struct verdicts *verdicts);

enum { ANY_CLASS = -1 };

/* Positions of those who EXPECTED one class and were GIVEN another, the most
   confident first; ANY_CLASS: of all mistakes.  *COUNT of them, owned
   (free()). */
int64_t *verdicts_list(const struct verdicts *verdicts, int expected, int given,
                       int64_t *count);

#endif
