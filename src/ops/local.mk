# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libops.a
libops_a_SOURCES = \
	src/ops/arguments.c \
	src/ops/arguments.h \
	src/ops/calculus.c \
	src/ops/compare.c \
	src/ops/correlation.c \
	src/ops/create.c \
	src/ops/edit.c \
	src/ops/einsum.c \
	src/ops/elementwise.c \
	src/ops/elementwise.h \
	src/ops/families.h \
	src/ops/grid.c \
	src/ops/histogram.c \
	src/ops/inspect.c \
	src/ops/join.c \
	src/ops/linalg.c \
	src/ops/matrix.c \
	src/ops/numeric.c \
	src/ops/pad.c \
	src/ops/pick.c \
	src/ops/pick.h \
	src/ops/polynomial.c \
	src/ops/product.c \
	src/ops/random.c \
	src/ops/random.h \
	src/ops/random_choice.c \
	src/ops/random_distributions.c \
	src/ops/random_generator.c \
	src/ops/random_multivariate.c \
	src/ops/range.c \
	src/ops/rearrange.c \
	src/ops/reduce.c \
	src/ops/reduce.h \
	src/ops/reduce_nan.c \
	src/ops/registry.c \
	src/ops/registry.h \
	src/ops/search.c \
	src/ops/sets.c \
	src/ops/shape.c \
	src/ops/sort.c \
	src/ops/statistics.c \
	src/ops/ufunc_methods.c \
	src/ops/ufunc_methods.h \
	src/ops/views.h
