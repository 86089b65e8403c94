# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libbind.a
libbind_a_SOURCES = \
	src/bind/array_attributes.c \
	src/bind/array_attributes.h \
	src/bind/bind.c \
	src/bind/bind.h \
	src/bind/builtins.c \
	src/bind/builtins.h \
	src/bind/builtins_iterate.c \
	src/bind/hints.c \
	src/bind/hints.h \
	src/bind/keras.c \
	src/bind/keras.h \
	src/bind/keras_arguments.c \
	src/bind/keras_compile.c \
	src/bind/keras_data.c \
	src/bind/keras_fit.c \
	src/bind/keras_internal.h \
	src/bind/keras_layer.c \
	src/bind/keras_model.c \
	src/bind/math_module.c \
	src/bind/native_examples.c \
	src/bind/native_examples.h \
	src/bind/natives.c \
	src/bind/natives.h \
	src/bind/numpy_module.c \
	src/bind/op_call.c \
	src/bind/op_call.h \
	src/bind/operate.c \
	src/bind/operate.h \
	src/bind/time_module.c \
	src/bind/types.c \
	src/bind/types.h \
	src/bind/warnings.c \
	src/bind/warnings.h
