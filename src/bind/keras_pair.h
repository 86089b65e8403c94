/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What losses and metrics are called with: targets and outputs as rows of
   numbers, the last axis being a row. */
#ifndef BIND_KERAS_PAIR_H
#define BIND_KERAS_PAIR_H

#include "autograd/op.h"
#include "lang/lang.h"
#include "nn/loss.h"

struct pair {
    /* As a tape can follow them: int32, or the output's dtype; float64 stays
       what it is, all else is float32. */
    struct tensor *given, *output;
    struct tensor *truth;   /* GIVEN in plain memory */
    struct tensor *weights; /* of each row, float32 in plain memory; or NULL */
    int64_t rows, columns;
};

/* Parameters of such a call, and where they are. */
extern const struct param keras_pair_params[];
enum { PAIR_TRUTH, PAIR_OUTPUT, PAIR_SIZE, PAIR_WEIGHT = PAIR_SIZE };

/* From the slots of TRUTH and OUTPUT.  LABELS: the targets are class numbers.
   ValueError when shapes do not fit or a label is no class; PAIR is to be
   done in any case. */
bool pair_init(struct pair *pair, const struct value *slots, bool labels,
               struct error *err);
void pair_done(struct pair *pair);

/* Makes the output plain float32, for metrics, which no tape follows. */
bool pair_flatten(struct pair *pair, struct error *err);
/* A weight for each row from VALUE, unless that is None. */
bool pair_weigh(struct pair *pair, struct value value, struct error *err);

struct targets pair_targets(const struct pair *pair);
const float *pair_outputs(const struct pair *pair); /* of a flat one */

#endif
