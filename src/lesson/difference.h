/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two values side by side: are they what is asked for, and if not, what is
   the difference that a teacher would name? */
#ifndef LESSON_DIFFERENCE_H
#define LESSON_DIFFERENCE_H

#include "lang/lang.h"
#include "lesson/lesson.h"

/* How alike they must be. */
struct tolerance {
    double within;  /* relative, of floats; of float32 at least 1e-5 */
    bool any_dtype; /* whole numbers may be floats, of any size */
};

/* Same type, dtype, shape and values?  Python's numbers and NumPy's are the
   same type; whole numbers, floats and truth values are not. */
bool value_matches(struct value got, struct value wanted,
                   struct tolerance tolerance);

/* One sentence, Markdown, about two that do not match. */
void value_difference(struct value got, struct value wanted,
                      struct tolerance tolerance, struct strbuf *sb);

/* "an array of shape `(2, 3)`", "a whole number", "a list" */
void value_noun(struct value value, struct strbuf *sb);

#endif
