# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libautograd.a
libautograd_a_SOURCES = \
	src/autograd/backward.c \
	src/autograd/graph.c \
	src/autograd/graph.h \
	src/autograd/item.c \
	src/autograd/item.h \
	src/autograd/linear.c \
	src/autograd/op.c \
	src/autograd/op.h \
	src/autograd/record.c \
	src/autograd/record.h \
	src/autograd/tape.c \
	src/autograd/tape.h \
	src/autograd/variable.c \
	src/autograd/variable.h \
	src/autograd/vjp.c \
	src/autograd/vjp.h
