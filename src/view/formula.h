/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas in texts: the part of TeX that titles and labels use. */
#ifndef VIEW_FORMULA_H
#define VIEW_FORMULA_H

/*
 * Pango's markup for LINE (valid UTF-8) when it holds a formula between two
 * $, to be free()d; else NULL.  SIZE is that of the font.  Letters are slanted
 * as in matplotlib; ^ and _ with a character or {…}, \alpha and other symbols,
 * \mathrm{…}, \frac{a}{b} (as a/b).  What is not known stands as it is.
 */
char *formula_to_markup(const char *line, double size);

#endif
