# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libscene.a
libscene_a_SOURCES = \
	src/scene/answers.c \
	src/scene/answers.h \
	src/scene/confusion.c \
	src/scene/confusion.h \
	src/scene/confusion_paint.c \
	src/scene/confusion_scene.h \
	src/scene/digit_image.c \
	src/scene/digit_image.h \
	src/scene/drawing.c \
	src/scene/drawing.h \
	src/scene/gallery.c \
	src/scene/gallery.h \
	src/scene/graph_layout.c \
	src/scene/graph_layout.h \
	src/scene/graph_paint.c \
	src/scene/graph_paint.h \
	src/scene/graph_scene.c \
	src/scene/graph_scene.h \
	src/scene/keys_line.c \
	src/scene/keys_line.h \
	src/scene/pad.c \
	src/scene/pad.h \
	src/scene/pad_network.c \
	src/scene/pad_network.h \
	src/scene/pad_paint.c \
	src/scene/pad_paint.h \
	src/scene/pixels.c \
	src/scene/pixels.h \
	src/scene/training.c \
	src/scene/training.h \
	src/scene/training_curves.c \
	src/scene/training_curves.h \
	src/scene/training_feed.c \
	src/scene/training_feed.h \
	src/scene/training_figure.c \
	src/scene/training_figure.h \
	src/scene/training_keys.c \
	src/scene/training_layout.c \
	src/scene/training_layout.h \
	src/scene/training_paint.c \
	src/scene/training_scene.h \
	src/scene/training_zoom.c \
	src/scene/weight_tiles.c \
	src/scene/weight_tiles.h
