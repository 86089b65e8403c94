# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libbind.a
libbind_a_SOURCES = \
	src/bind/array_attributes.c \
	src/bind/array_attributes.h \
	src/bind/array_flags.c \
	src/bind/array_flags.h \
	src/bind/bind.c \
	src/bind/bind.h \
	src/bind/builtins.c \
	src/bind/builtins.h \
	src/bind/builtins_iterate.c \
	src/bind/builtins_object.c \
	src/bind/derivatives.c \
	src/bind/bytes_module.c \
	src/bind/descend.c \
	src/bind/descent.c \
	src/bind/descent.h \
	src/bind/dtype_functions.c \
	src/bind/eager.c \
	src/bind/eager.h \
	src/bind/einsum_call.c \
	src/bind/einsum_call.h \
	src/bind/file_object.c \
	src/bind/file_object.h \
	src/bind/fp_state.c \
	src/bind/gradient.c \
	src/bind/gradient.h \
	src/bind/hints.c \
	src/bind/hints.h \
	src/bind/keras.c \
	src/bind/keras.h \
	src/bind/keras_archive.c \
	src/bind/keras_arguments.c \
	src/bind/keras_callback.c \
	src/bind/keras_callback.h \
	src/bind/keras_data.c \
	src/bind/keras_evaluate.c \
	src/bind/keras_fit.c \
	src/bind/keras_history.c \
	src/bind/keras_history.h \
	src/bind/keras_internal.h \
	src/bind/keras_layer.c \
	src/bind/keras_loss.c \
	src/bind/keras_model.c \
	src/bind/keras_optimizer.c \
	src/bind/keras_parts.c \
	src/bind/keras_save.c \
	src/bind/keras_settings.c \
	src/bind/library.c \
	src/bind/library.h \
	src/bind/library_help.c \
	src/bind/library_help.h \
	src/bind/library_natives.c \
	src/bind/limits.c \
	src/bind/math_integer.c \
	src/bind/math_module.c \
	src/bind/math_module.h \
	src/bind/math_several.c \
	src/bind/mistakes.c \
	src/bind/mistakes.h \
	src/bind/native_examples.c \
	src/bind/native_examples.h \
	src/bind/natives.c \
	src/bind/natives.h \
	src/bind/number_digits.c \
	src/bind/numpy_files.c \
	src/bind/numpy_files.h \
	src/bind/numpy_module.c \
	src/bind/numpy_text.c \
	src/bind/op_call.c \
	src/bind/op_call.h \
	src/bind/operate.c \
	src/bind/operate.h \
	src/bind/os_module.c \
	src/bind/other_forms.c \
	src/bind/other_forms.h \
	src/bind/plt.c \
	src/bind/plt.h \
	src/bind/plt_arguments.c \
	src/bind/plt_artists.c \
	src/bind/plt_axis.c \
	src/bind/plt_bars.c \
	src/bind/plt_colormap.c \
	src/bind/plt_fields.c \
	src/bind/plt_figures.c \
	src/bind/plt_grid.c \
	src/bind/plt_image.c \
	src/bind/plt_internal.h \
	src/bind/plt_lines.c \
	src/bind/plt_numbers.c \
	src/bind/plt_object.c \
	src/bind/plt_points.c \
	src/bind/plt_rules.c \
	src/bind/plt_session.c \
	src/bind/plt_settings.c \
	src/bind/plt_state.c \
	src/bind/plt_style.c \
	src/bind/plt_texts.c \
	src/bind/print_options.c \
	src/bind/print_options.h \
	src/bind/random_module.c \
	src/bind/random_module.h \
	src/bind/structure.c \
	src/bind/structure.h \
	src/bind/tape_object.c \
	src/bind/tensorflow_module.c \
	src/bind/time_module.c \
	src/bind/re_module.c \
	src/bind/type_constructors.c \
	src/bind/type_constructors.h \
	src/bind/types.c \
	src/bind/types.h \
	src/bind/ufunc_attributes.c \
	src/bind/ufunc_attributes.h \
	src/bind/variable_object.c \
	src/bind/variable_object.h \
	src/bind/warnings.c \
	src/bind/warnings.h

# Modules in the language itself, as C strings.
library = \
	src/bind/library/abc.py \
	src/bind/library/bisect.py \
	src/bind/library/collections.py \
	src/bind/library/contextlib.py \
	src/bind/library/copy.py \
	src/bind/library/csv.py \
	src/bind/library/dataclasses.py \
	src/bind/library/derivatives.py \
	src/bind/library/enum.py \
	src/bind/library/fnmatch.py \
	src/bind/library/fractions.py \
	src/bind/library/functools.py \
	src/bind/library/glob.py \
	src/bind/library/gzip.py \
	src/bind/library/heapq.py \
	src/bind/library/io.py \
	src/bind/library/itertools.py \
	src/bind/library/json.py \
	src/bind/library/keras_callbacks.py \
	src/bind/library/keras_onnx.py \
	src/bind/library/keras_ops.py \
	src/bind/library/keras_saving.py \
	src/bind/library/numbers.py \
	src/bind/library/numpy_functions.py \
	src/bind/library/numpy_lib.py \
	src/bind/library/numpy_polynomial.py \
	src/bind/library/numpy_polynomial_functions.py \
	src/bind/library/numpy_testing.py \
	src/bind/library/operator.py \
	src/bind/library/pathlib.py \
	src/bind/library/poly1d.py \
	src/bind/library/pprint.py \
	src/bind/library/random.py \
	src/bind/library/re.py \
	src/bind/library/statistics.py \
	src/bind/library/stride_tricks.py \
	src/bind/library/string.py \
	src/bind/library/struct.py \
	src/bind/library/tensorflow.py \
	src/bind/library/textwrap.py \
	src/bind/library/timeit.py \
	src/bind/library/types.py \
	src/bind/library/typing.py \
	src/bind/library/warnings.py
EXTRA_DIST += $(library)
CLEANFILES += src/bind/library_text.h
BUILT_SOURCES += src/bind/library_text.h
src/bind/library_text.h: $(library)
	$(AM_V_GEN)$(MKDIR_P) src/bind && for file in $(library); do \
		name=`basename $$file .py`; test -f $$file || file=$(srcdir)/$$file; \
		echo "static const char $${name}_module[] ="; \
		sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$$/\\n"/' \
			$$file && echo ';'; \
	done > $@.new && mv $@.new $@
src/bind/library.$(OBJEXT): src/bind/library_text.h
