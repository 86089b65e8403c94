/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matplotlib's default looks, in points, from its documented rcParams. */
#ifndef VIEW_LOOKS_H
#define VIEW_LOOKS_H

#define LOOKS_TICK 3.5
#define LOOKS_TICK_WIDTH 0.8
#define LOOKS_TICK_PAD 3.5
#define LOOKS_MINOR_TICK 2.0
#define LOOKS_MINOR_TICK_WIDTH 0.6
#define LOOKS_MINOR_TICK_PAD 3.4
#define LOOKS_TICK_SIZE 10.0
#define LOOKS_LABEL_SIZE 10.0
#define LOOKS_LABEL_PAD 4.0
#define LOOKS_OFFSET_PAD 3.0
#define LOOKS_TITLE_SIZE 12.0
#define LOOKS_TITLE_PAD 6.0
#define LOOKS_FRAME_WIDTH 0.8
#define LOOKS_GRID_WIDTH 0.8
#define LOOKS_GRID_GREY 0.690196 /* #b0b0b0 */

/* Where gridlines and frames are among the artists' z. */
#define LOOKS_GRID_Z 1.5
#define LOOKS_FRAME_Z 2.5

#endif
