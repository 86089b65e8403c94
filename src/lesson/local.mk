# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += liblesson.a
liblesson_a_SOURCES = \
	src/lesson/blocks.c \
	src/lesson/blocks.h \
	src/lesson/catalog.c \
	src/lesson/catalog.h \
	src/lesson/check.c \
	src/lesson/check.h \
	src/lesson/check_texts.c \
	src/lesson/difference.c \
	src/lesson/difference.h \
	src/lesson/document.c \
	src/lesson/document.h \
	src/lesson/elements.c \
	src/lesson/elements.h \
	src/lesson/expect.c \
	src/lesson/judge.c \
	src/lesson/judge_function.c \
	src/lesson/lesson.c \
	src/lesson/lesson.h \
	src/lesson/limits.c \
	src/lesson/limits.h \
	src/lesson/mistakes.c \
	src/lesson/parse.c \
	src/lesson/player.c \
	src/lesson/player.h \
	src/lesson/playing.h \
	src/lesson/progress.c \
	src/lesson/progress.h \
	src/lesson/state.c \
	src/lesson/state.h \
	src/lesson/terms.c \
	src/lesson/terms.h \
	src/lesson/translation.c \
	src/lesson/translation.h \
	src/lesson/trial.c \
	src/lesson/trial.h
