/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network of `train mnist`, 784-512-10, for those who measure it. */
#ifndef TESTS_BENCH_TRAINING_H
#define TESTS_BENCH_TRAINING_H

#include "data/dataset.h"
#include "nn/train.h"

enum { EPOCHS = 5, BATCH = 128 }; /* as `train mnist` has them */

struct training {
    struct model *model;
    struct samples samples, test;
    struct rng rng;
    struct trainer *trainer;
};

/* DIGITS: the parts of the data set.  What fails ends the program. */
void training_begin(struct training *training, struct tensor *const *digits,
                    uint64_t seed);
void training_run(struct training *training, train_observer *observer,
                  void *context);
/* The part of the test images that are recognised. */
double training_accuracy(const struct training *training);
void training_end(struct training *training);

/* The parts of `make bench` that need DIGITS.  PEERS and FOLDER: of the
   scripts, of the data. */
void bench_epochs(struct tensor *const *digits, const char *peers,
                  const char *folder);
void bench_parts(struct tensor *const *digits);

#endif
