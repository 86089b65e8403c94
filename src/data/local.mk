# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libdata.a
libdata_a_SOURCES = \
	src/data/dataset.c \
	src/data/dataset.h \
	src/data/idx.c \
	src/data/idx.h \
	src/data/npy.c \
	src/data/npy.h \
	src/data/npz.c \
	src/data/npz.h \
	src/data/text.c \
	src/data/text.h
