/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The data sets by name, and where their files are found: in the directory
 * given by --data, or else in those of TENSOR_DATA_PATH (separated by colons),
 * or else in TENSOR_DATADIR (set when the program runs uninstalled) or where
 * the program or a package with the data was installed.  Each file may be
 * gzipped (.gz) or not.
 */
#ifndef DATA_DATASET_H
#define DATA_DATASET_H

#include "tensor/tensor.h"

enum dataset_part {
    DATASET_TRAIN_IMAGES,
    DATASET_TRAIN_LABELS,
    DATASET_TEST_IMAGES,
    DATASET_TEST_LABELS,
    DATASET_PARTS
};

struct dataset {
    const char *name;   /* "mnist" */
    const char *folder; /* its own, in those that are looked in */
    const char *title;
    int classes;
    const char *const *class_names;   /* for gettext, ended by NULL; or
                                         NULL: they are digits */
    const char *package;              /* Debian's that has it, or NULL */
    const char *directory;            /* where that puts it */
    const char *files[DATASET_PARTS]; /* without .gz */
};

/* Ended by a NULL name. */
extern const struct dataset datasets[];

/* ValueError with a did-you-mean hint when there is none. */
const struct dataset *dataset_find(const char *name, struct error *err);

/* --data: the only place to look in from now on; copied.  NULL: none. */
void dataset_set_directory(const char *directory);

/* PARTS: owned tensors of uint8, images (n, height, width), labels (n,).
   Checked: as many labels as images, every label a class. */
bool dataset_load(const struct dataset *dataset, struct tensor **parts,
                  struct error *err);

#endif
