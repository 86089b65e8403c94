# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	src/base/alloc.c \
	src/base/alloc.h \
	src/base/confine.c \
	src/base/confine.h \
	src/base/error.c \
	src/base/error.h \
	src/base/i18n.h \
	src/base/interrupt.c \
	src/base/interrupt.h \
	src/base/memory.c \
	src/base/memory.h \
	src/base/path.c \
	src/base/path.h \
	src/base/pattern.h \
	src/base/pattern_compile.c \
	src/base/pattern_match.c \
	src/base/pattern_program.h \
	src/base/ptrmap.c \
	src/base/ptrmap.h \
	src/base/strbuf.c \
	src/base/strbuf.h \
	src/base/strmap.c \
	src/base/strmap.h \
	src/base/suggest.c \
	src/base/suggest.h \
	src/base/utf8.c \
	src/base/utf8.h
