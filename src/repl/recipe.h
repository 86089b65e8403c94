/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `train` is asked for: `mnist layers=256,128 epochs=3`, or `net x y`
 * with the names of variables.  It is words only; repl/training.h makes a
 * training of it.
 */
#ifndef REPL_RECIPE_H
#define REPL_RECIPE_H

#include "data/dataset.h"
#include "nn/classifier.h"

enum recipe_setting {
    RECIPE_LAYERS,
    RECIPE_ACTIVATION,
    RECIPE_DROPOUT,
    RECIPE_OPTIMIZER,
    RECIPE_EPOCHS,
    RECIPE_BATCH,
    RECIPE_RATE,
    RECIPE_VALIDATION,
    RECIPE_SEED,
    RECIPE_WINDOW, /* 1: it opens one, where there is a display */
    RECIPE_SETTINGS
};

struct recipe {
    const struct dataset *dataset; /* NULL: the variables X and Y */
    char *model;                   /* a variable; NULL: layers as told */
    char *x, *y;
    bool given[RECIPE_SETTINGS]; /* by whoever typed it */
    double values[RECIPE_SETTINGS];
    int layer_count;
    int64_t layers[CLASSIFIER_MAX_LAYERS];
    const struct activation *activation;
    const struct optimizer_type *optimizer;
};

/* NULL at the end; "epochs". */
const char *recipe_setting_name(int index);

/* ValueErrors with a did-you-mean hint; the seed stays negative when it is not
   given.  RET ends with recipe_done(). */
bool recipe_parse(struct recipe *ret, const char *text, struct error *err);
void recipe_done(struct recipe *recipe);

/* FROM with the settings that TEXT names changed. */
bool recipe_change(struct recipe *ret, const struct recipe *from,
                   const char *text, struct error *err);

/* A number that a setting may have: `set rate 0.01`. */
bool recipe_read_number(enum recipe_setting setting, const char *text,
                        double *ret, struct error *err);

/* "train mnist layers=512 epochs=5 …": typed again it does the same. */
void recipe_format(const struct recipe *recipe, struct strbuf *sb);

/* A setting's value alone, "256,128"; "-" when the model decides it. */
void recipe_format_value(const struct recipe *recipe,
                         enum recipe_setting setting, struct strbuf *sb);

#endif
