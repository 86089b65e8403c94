/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be set when a thing of this folder is made: the names, kinds and
 * defaults are a table in its row, and the constructor at the prompt, its
 * help, the attributes and what a saved file holds follow from the table.
 */
#ifndef NN_SETTING_H
#define NN_SETTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "nn/activation.h"
#include "nn/initializer.h"
#include "nn/regularizer.h"

/* -------------------------------------------------- numbers, in an array */

struct number_setting {
    const char *name; /* NULL ends a table */
    /* As the signature shows it: "0.001"; "True" and "False" stand for 1 and
       0, "None" for not a number;
       NULL: required. */
    const char *fallback;
};

/* Fills NUMBERS, which has one element for each row, with the defaults. */
void number_settings_reset(const struct number_setting *rows, double *numbers);

/* The row's index, -1 when there is none. */
int number_setting_find(const struct number_setting *rows, const char *name);

/* "True", "0.001" or "None" for what SETTING is now. */
void number_setting_format(const struct number_setting *row, double number,
                           struct strbuf *sb);

/* ------------------------------------------------ a layer's, in a struct */

enum setting_kind {
    SETTING_SIZE,        /* int64_t, at least 1 */
    SETTING_NUMBER,      /* double */
    SETTING_SHARE,       /* double, at least 0 and less than 1 */
    SETTING_FLAG,        /* bool */
    SETTING_PAIR,        /* int64_t[2], each at least 1; one number is both */
    SETTING_STRIDES,     /* the same; None: as pool_size */
    SETTING_PADDING,     /* bool: "same", not "valid" */
    SETTING_SHAPE,       /* struct sample_shape */
    SETTING_ACTIVATION,  /* const struct activation *; None: linear */
    SETTING_INITIALIZER, /* struct initializer */
    SETTING_REGULARIZER  /* struct regularizer */
};

struct layer_setting {
    const char *name; /* NULL ends a table */
    enum setting_kind kind;
    const char *fallback; /* as the signature shows it; NULL: required */
    size_t offset;        /* in struct layer_settings */
};

enum { SAMPLE_MAX_DIMS = 4 };

/* Shape of one sample. */
struct sample_shape {
    int ndim;
    int64_t dims[SAMPLE_MAX_DIMS];
};

/* Which of them mean something depends on the type of the layer. */
struct layer_settings {
    int64_t units, filters;
    int64_t window[2], strides[2];
    bool same_padding;
    bool use_bias;
    const struct activation *activation; /* NULL: none */
    struct initializer kernel_initializer, bias_initializer;
    struct initializer gamma_initializer, beta_initializer;
    struct initializer mean_initializer, variance_initializer;
    struct regularizer kernel_regularizer, bias_regularizer;
    double rate;                      /* of Dropout */
    double scale, offset;             /* of Rescaling */
    double alpha;                     /* slope below 0 */
    double momentum, epsilon;         /* of BatchNormalization */
    bool center, scaled;              /* the same */
    struct sample_shape target_shape; /* of Reshape */
};

/* For the tables. */
#define SETTING(name, kind, fallback, member)                         \
    {                                                                 \
        name, kind, fallback, offsetof(struct layer_settings, member) \
    }
#define SETTINGS_END                \
    {                               \
        NULL, SETTING_SIZE, NULL, 0 \
    }

void settings_reset(const struct layer_setting *rows,
                    struct layer_settings *settings);

/* What ROW is in SETTINGS, as JSON; initializers and activations by name. */
void setting_format(const struct layer_setting *row,
                    const struct layer_settings *settings, struct strbuf *sb);

#endif
