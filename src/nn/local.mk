# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libnn.a
libnn_a_CFLAGS = $(AM_CFLAGS) $(KERNEL_CFLAGS)
libnn_a_SOURCES = \
	src/nn/activation.c \
	src/nn/activation.h \
	src/nn/backward.c \
	src/nn/backward.h \
	src/nn/block.h \
	src/nn/classifier.c \
	src/nn/classifier.h \
	src/nn/denormals.c \
	src/nn/denormals.h \
	src/nn/dense.c \
	src/nn/foreign.c \
	src/nn/foreign.h \
	src/nn/history.c \
	src/nn/history.h \
	src/nn/initializer.c \
	src/nn/initializer.h \
	src/nn/layer.c \
	src/nn/layer.h \
	src/nn/layer_call.c \
	src/nn/layer_call.h \
	src/nn/loss.c \
	src/nn/loss.h \
	src/nn/row_call.c \
	src/nn/row_call.h \
	src/nn/metric.c \
	src/nn/metric.h \
	src/nn/model.c \
	src/nn/model.h \
	src/nn/named.c \
	src/nn/named.h \
	src/nn/normalization.c \
	src/nn/optimizer.c \
	src/nn/optimizer.h \
	src/nn/optimizer_types.c \
	src/nn/pace.c \
	src/nn/pace.h \
	src/nn/pass.c \
	src/nn/pass.h \
	src/nn/regularizer.c \
	src/nn/regularizer.h \
	src/nn/rows.c \
	src/nn/rows.h \
	src/nn/samples.c \
	src/nn/samples.h \
	src/nn/schedule.c \
	src/nn/setting.c \
	src/nn/setting.h \
	src/nn/spatial.c \
	src/nn/train.c \
	src/nn/train.h \
	src/nn/verdict.c \
	src/nn/verdict.h \
	src/nn/weightless.c
