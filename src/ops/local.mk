# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libops.a
libops_a_SOURCES = \
	src/ops/calculus.c \
	src/ops/correlation.c \
	src/ops/create.c \
	src/ops/einsum.c \
	src/ops/elementwise.c \
	src/ops/elementwise.h \
	src/ops/families.h \
	src/ops/inspect.c \
	src/ops/linalg.c \
	src/ops/numeric.c \
	src/ops/polynomial.c \
	src/ops/product.c \
	src/ops/random.c \
	src/ops/random.h \
	src/ops/random_choice.c \
	src/ops/random_distributions.c \
	src/ops/random_generator.c \
	src/ops/random_multivariate.c \
	src/ops/reduce.c \
	src/ops/reduce.h \
	src/ops/reduce_nan.c \
	src/ops/registry.c \
	src/ops/registry.h \
	src/ops/search.c \
	src/ops/shape.c \
	src/ops/statistics.c \
	src/ops/ufunc_methods.c \
	src/ops/ufunc_methods.h
