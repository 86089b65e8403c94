# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libview.a
libview_a_SOURCES = \
	src/view/artist.h \
	src/view/color.h \
	src/view/figure.h \
	src/view/paint.h \
	src/view/picture.h \
	src/view/scene.c \
	src/view/scene.h \
	src/view/series.c \
	src/view/series.h \
	src/view/text.h \
	src/view/window.h
