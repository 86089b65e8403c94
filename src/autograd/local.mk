# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libautograd.a
libautograd_a_SOURCES = \
	src/autograd/op.c \
	src/autograd/op.h \
	src/autograd/variable.c \
	src/autograd/variable.h
