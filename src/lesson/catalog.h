/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which lessons there are, and in which languages. */
#ifndef LESSON_CATALOG_H
#define LESSON_CATALOG_H

#include "lesson/lesson.h"

/* Paths of the lessons "NN-name.md" in the folder of LANGUAGE ("en" is the
   base), in order: beside the program's source when it is not installed,
   $TENSOR_LESSONS before all. */
void catalog_paths(const char *language, struct words *ret);

/* The path of lesson NUMBER; NULL when there is none.  Owned. */
char *catalog_find(int number);
/* The same by id, "07-broadcasting". */
char *catalog_find_id(const char *id);

/* Where the translation of PATH would be: lessons/LANGUAGE/NN-name.md for
   lessons/en/NN-name.md, my.LANGUAGE.md for my.md.  Owned. */
char *catalog_translation(const char *path, const char *language);

/* The lesson at PATH in LANGUAGE, as far as it is translated. */
bool lesson_open(const char *path, const char *language, struct lesson **ret,
                 struct error *err);

#endif
