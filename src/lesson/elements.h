/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two arrays, element by element; inside src/lesson only. */
#ifndef LESSON_ELEMENTS_H
#define LESSON_ELEMENTS_H

#include "lesson/difference.h"

/* SCALE is the largest magnitude beside it: what cancels out leaves traces of
   that size. */
bool number_is_near(double got, double wanted, double scale, double within);

bool arrays_match(struct tensor *got, struct tensor *wanted,
                  struct tolerance tolerance);
void arrays_difference(struct tensor *got, struct tensor *wanted,
                       struct tolerance tolerance, struct strbuf *sb);

#endif
