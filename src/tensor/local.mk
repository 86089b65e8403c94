# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libtensor.a
libtensor_a_CFLAGS = $(AM_CFLAGS) $(KERNEL_CFLAGS)
libtensor_a_SOURCES = \
	src/tensor/blas.c \
	src/tensor/blas.h \
	src/tensor/cast.c \
	src/tensor/cast.h \
	src/tensor/dtype.c \
	src/tensor/dtype.h \
	src/tensor/elementwise.c \
	src/tensor/elementwise.h \
	src/tensor/float_text.c \
	src/tensor/float_text.h \
	src/tensor/format.c \
	src/tensor/format.h \
	src/tensor/index.c \
	src/tensor/index.h \
	src/tensor/index_advanced.c \
	src/tensor/index_plan.h \
	src/tensor/kernel_loops.h \
	src/tensor/kernels_arithmetic.c \
	src/tensor/kernels_comparison.c \
	src/tensor/kernels_integer.c \
	src/tensor/kernels_math.c \
	src/tensor/lapack.c \
	src/tensor/lapack.h \
	src/tensor/linalg.h \
	src/tensor/linalg_chain.c \
	src/tensor/linalg_eigen.c \
	src/tensor/linalg_factor.c \
	src/tensor/linalg_norm.c \
	src/tensor/linalg_rank.c \
	src/tensor/linalg_solve.c \
	src/tensor/loop.c \
	src/tensor/loop.h \
	src/tensor/parallel.c \
	src/tensor/parallel.h \
	src/tensor/product.c \
	src/tensor/product.h \
	src/tensor/product_axes.c \
	src/tensor/product_float32.c \
	src/tensor/random.c \
	src/tensor/random.h \
	src/tensor/reduce.c \
	src/tensor/reduce.h \
	src/tensor/reduce_kernels.c \
	src/tensor/reduce_kernels.h \
	src/tensor/shape.c \
	src/tensor/sort.c \
	src/tensor/sort.h \
	src/tensor/steps.c \
	src/tensor/steps.h \
	src/tensor/storage.c \
	src/tensor/storage.h \
	src/tensor/tensor.c \
	src/tensor/tensor.h
