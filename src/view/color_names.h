/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of colours. */
#ifndef VIEW_COLOR_NAMES_H
#define VIEW_COLOR_NAMES_H

#include <stdint.h>

struct color_name {
    const char *name;
    uint32_t rgb; /* 0xRRGGBB */
};

/* Ends with a row without a name. */
extern const struct color_name color_names[];

#endif
