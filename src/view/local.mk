# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libview.a
libview_a_SOURCES = \
	src/view/artist.c \
	src/view/artist.h \
	src/view/artist_format.c \
	src/view/color.c \
	src/view/color.h \
	src/view/color_names.c \
	src/view/color_names.h \
	src/view/colormap.c \
	src/view/figure.c \
	src/view/figure.h \
	src/view/paint.h \
	src/view/picture.h \
	src/view/scene.c \
	src/view/scene.h \
	src/view/series.c \
	src/view/series.h \
	src/view/text.h \
	src/view/window.h
