# SPDX-License-Identifier: GPL-3.0-or-later
# Every program here is one test; CK_FORK=no makes it run under a debugger.
EXTRA_DIST += tests/lsan.supp
AM_TESTS_ENVIRONMENT = \
	export srcdir='$(srcdir)'; \
	export TENSOR='$(abs_builddir)/tensor$(EXEEXT)'; \
	export TENSOR_DATADIR='$(abs_srcdir)/assets'; \
	export TENSOR_LESSONS='$(abs_srcdir)/lessons'; \
	export LC_ALL=C.UTF-8 TERM=xterm OMP_NUM_THREADS=2; \
	export TENSOR_GRAPHICS=off; \
	export CK_DEFAULT_TIMEOUT=120; \
	export XDG_STATE_HOME='$(abs_builddir)/tests/state'; \
	export XDG_CONFIG_HOME='$(abs_builddir)/tests/config'; \
	export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1; \
	export LSAN_OPTIONS=suppressions='$(abs_srcdir)/tests/lsan.supp':print_suppressions=0; \
	export UBSAN_OPTIONS=print_stacktrace=1;

# What the programs under test remember.
.PHONY: clean-tests-state
clean-local: clean-tests-state
clean-tests-state:
	rm -rf tests/state

# The program from outside.
scripts = \
	tests/cli.sh \
	tests/commands.sh \
	tests/examples.sh \
	tests/keras.sh \
	tests/keras_own.sh \
	tests/layers.sh \
	tests/lessons.sh \
	tests/modules.sh \
	tests/onnx.sh \
	tests/plt.sh \
	tests/programs.sh \
	tests/save.sh \
	tests/torch_gradients.sh \
	tests/training.sh \
	tests/transcripts.sh \
	tests/translation.sh \
	tests/xvfb.sh
EXTRA_DIST += $(scripts) tests/xvfb.txt tests/modules/numpy_library.py
TESTS += $(scripts)

EXTRA_DIST += tests/programs tests/plt

# Types at the program through a pseudo-terminal.
EXTRA_DIST += \
	tests/transcripts/arithmetic.txt \
	tests/transcripts/backprop.txt \
	tests/transcripts/completion.txt \
	tests/transcripts/completion_list.txt \
	tests/transcripts/confusion.txt \
	tests/transcripts/descend.txt \
	tests/transcripts/draw.txt \
	tests/transcripts/errors.txt \
	tests/transcripts/explain.txt \
	tests/transcripts/help.txt \
	tests/transcripts/history.txt \
	tests/transcripts/indent.txt \
	tests/transcripts/interrupt.txt \
	tests/transcripts/jobs.txt \
	tests/transcripts/language.txt \
	tests/transcripts/lesson.txt \
	tests/transcripts/lesson_chinese.txt \
	tests/transcripts/lesson_shape.txt \
	tests/transcripts/lesson_unsaved.txt \
	tests/transcripts/linalg.txt \
	tests/transcripts/multiline.txt \
	tests/transcripts/narrow.txt \
	tests/transcripts/notes.txt \
	tests/transcripts/paste.txt \
	tests/transcripts/plt.txt \
	tests/transcripts/pictures.txt \
	tests/transcripts/summary.txt \
	tests/transcripts/tall_paste.txt \
	tests/transcripts/type_ahead.txt \
	tests/transcripts/warnings.txt
check_PROGRAMS += tests/pty_transcript
tests_pty_transcript_SOURCES = tests/pty_transcript.c tests/screen.c \
	tests/screen.h
tests_pty_transcript_LDADD = $(BASE_LIBS)

# Units; each links the folder it is about, and those below.
EXTRA_DIST += tests/lesson_answers.awk tests/composed_gradients.h tests/example.h tests/gradient_cases.h \
	tests/torch_gradients.py tests/lang_programs.h tests/lang_session.h tests/run_entry.h \
	tests/view_figures.h tests/view_ticks.h
if HAVE_CHECK
AM_CPPFLAGS += $(CHECK_CFLAGS)
unit_tests = \
	tests/check_array_files \
	tests/check_arrays \
	tests/check_descent_picture \
	tests/check_examples \
	tests/check_gradients \
	tests/check_graph \
	tests/check_graph_picture \
	tests/check_idx \
	tests/check_keras \
	tests/check_kernels \
	tests/check_lang \
	tests/check_lang_class \
	tests/check_lang_container \
	tests/check_lang_function \
	tests/check_lang_generator \
	tests/check_lesson \
	tests/check_library \
	tests/check_linalg \
	tests/check_loops \
	tests/check_memory \
	tests/check_nn \
	tests/check_nn_layers \
	tests/check_pad \
	tests/check_paint \
	tests/check_parser \
	tests/check_picture \
	tests/check_plt \
	tests/check_random \
	tests/check_repl \
	tests/check_show \
	tests/check_training_feed \
	tests/check_training_scene \
	tests/check_training_window \
	tests/check_ufunc \
	tests/check_view \
	tests/check_windows
tests_check_array_files_LDADD = $(DATA_LIBS) $(CHECK_LIBS)
tests_check_arrays_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_descent_picture_LDADD = $(REPL_LIBS) $(CHECK_LIBS)
tests_check_examples_LDADD = $(REPL_LIBS) $(CHECK_LIBS)
tests_check_gradients_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_graph_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_graph_picture_LDADD = $(SCENE_LIBS) $(CHECK_LIBS)
tests_check_idx_LDADD = $(DATA_LIBS) $(CHECK_LIBS)
tests_check_keras_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_kernels_LDADD = $(TENSOR_LIBS) $(CHECK_LIBS)
tests_check_lang_LDADD = $(LANG_LIBS) $(CHECK_LIBS)
tests_check_lang_class_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_lang_container_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_lang_function_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_lang_generator_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_lesson_LDADD = liblesson.a $(BIND_LIBS) $(CHECK_LIBS)
tests_check_library_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_linalg_LDADD = $(TENSOR_LIBS) $(CHECK_LIBS)
tests_check_loops_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_memory_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_nn_LDADD = $(NN_LIBS) $(CHECK_LIBS)
tests_check_nn_layers_LDADD = $(NN_LIBS) $(CHECK_LIBS)
tests_check_pad_LDADD = $(SCENE_LIBS) $(CHECK_LIBS)
tests_check_paint_LDADD = $(VIEW_LIBS) $(CHECK_LIBS)
tests_check_parser_LDADD = $(LANG_LIBS) $(CHECK_LIBS)
tests_check_picture_LDADD = $(VIEW_LIBS) $(CHECK_LIBS)
tests_check_plt_LDADD = $(BIND_LIBS) $(CHECK_LIBS)
tests_check_random_LDADD = $(TENSOR_LIBS) $(CHECK_LIBS)
tests_check_repl_LDADD = $(REPL_LIBS) $(CHECK_LIBS)
tests_check_show_LDADD = $(SCENE_LIBS) $(CHECK_LIBS)
tests_check_training_feed_LDADD = $(SCENE_LIBS) $(CHECK_LIBS)
tests_check_training_scene_LDADD = $(SCENE_LIBS) $(CHECK_LIBS)
tests_check_training_window_LDADD = $(REPL_LIBS) $(CHECK_LIBS)
tests_check_ufunc_LDADD = $(TENSOR_LIBS) $(CHECK_LIBS)
tests_check_view_LDADD = $(VIEW_LIBS) $(CHECK_LIBS)
tests_check_windows_LDADD = $(VIEW_LIBS) $(CHECK_LIBS)
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
endif

# What the examples write.
CLEANFILES += notes.txt x.npy x.npz x.bin x.csv

# Figures, without pass or fail; beside NumPy, PyTorch, scikit-learn and Octave
# where these are installed.
EXTRA_DIST += tests/peers/mnist_peer.py tests/peers/numpy_epochs.py \
	tests/peers/numpy_rows.py tests/peers/octave_epochs.m \
	tests/peers/sklearn_epochs.py tests/peers/torch_epochs.py
EXTRA_PROGRAMS += tests/bench/bench
CLEANFILES += tests/bench/bench$(EXEEXT)
tests_bench_bench_SOURCES = tests/bench/bench.h tests/bench/command.c \
	tests/bench/epochs.c tests/bench/main.c tests/bench/parts.c \
	tests/bench/peer.c tests/bench/program.c tests/bench/quiet.c \
	tests/bench/rows.c tests/bench/startup.c tests/bench/tape.c \
	tests/bench/training.c tests/bench/training.h
tests_bench_bench_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)
tests_bench_bench_LDADD = $(REPL_LIBS)
.PHONY: bench
bench: tensor$(EXEEXT) tests/bench/bench$(EXEEXT)
	TENSOR_DATADIR='$(abs_srcdir)/assets' \
	XDG_STATE_HOME='$(abs_builddir)/tests/state' \
	tests/bench/bench$(EXEEXT) \
		./tensor$(EXEEXT) '$(abs_srcdir)/tests/peers' \
		'$(abs_srcdir)/assets/mnist'

# Texts and files that were made to break the readers; tests/README.md says
# how to look for more.
EXTRA_DIST += tests/README.md tests/cli_functions.sh tests/robustness.sh \
	tests/fuzz.sh tests/fuzz/fuzz.h tests/fuzz/seeds
TESTS += tests/fuzz.sh tests/robustness.sh
check_PROGRAMS += tests/fuzz/replay_lang \
	tests/fuzz/replay_idx \
	tests/fuzz/replay_lesson \
	tests/fuzz/replay_npy \
	tests/fuzz/replay_npz \
	tests/fuzz/replay_text
tests_fuzz_replay_lang_SOURCES = tests/fuzz/fuzz_lang.c tests/fuzz/replay.c
tests_fuzz_replay_lang_LDADD = $(BIND_LIBS)
tests_fuzz_replay_idx_SOURCES = tests/fuzz/fuzz_idx.c \
	tests/fuzz/memory_file.c tests/fuzz/memory_file.h \
	tests/fuzz/replay.c
tests_fuzz_replay_idx_LDADD = $(DATA_LIBS)
tests_fuzz_replay_lesson_SOURCES = tests/fuzz/fuzz_lesson.c \
	tests/fuzz/memory_file.c tests/fuzz/memory_file.h \
	tests/fuzz/replay.c
tests_fuzz_replay_lesson_LDADD = $(LESSON_LIBS)
tests_fuzz_replay_npy_SOURCES = tests/fuzz/fuzz_npy.c \
	tests/fuzz/memory_file.c tests/fuzz/memory_file.h \
	tests/fuzz/replay.c
tests_fuzz_replay_npy_LDADD = $(DATA_LIBS)
tests_fuzz_replay_npz_SOURCES = tests/fuzz/fuzz_npz.c \
	tests/fuzz/memory_file.c tests/fuzz/memory_file.h \
	tests/fuzz/replay.c
tests_fuzz_replay_npz_LDADD = $(DATA_LIBS)
tests_fuzz_replay_text_SOURCES = tests/fuzz/fuzz_text.c \
	tests/fuzz/memory_file.c tests/fuzz/memory_file.h \
	tests/fuzz/replay.c
tests_fuzz_replay_text_LDADD = $(DATA_LIBS)
if FUZZERS
noinst_PROGRAMS += tests/fuzz/fuzz_lang \
	tests/fuzz/fuzz_idx \
	tests/fuzz/fuzz_lesson \
	tests/fuzz/fuzz_npy \
	tests/fuzz/fuzz_npz \
	tests/fuzz/fuzz_text
tests_fuzz_fuzz_lang_SOURCES = tests/fuzz/fuzz_lang.c
tests_fuzz_fuzz_lang_LDADD = $(BIND_LIBS)
tests_fuzz_fuzz_lang_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_idx_SOURCES = tests/fuzz/fuzz_idx.c \
	tests/fuzz/memory_file.c tests/fuzz/memory_file.h
tests_fuzz_fuzz_idx_LDADD = $(DATA_LIBS)
tests_fuzz_fuzz_idx_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_lesson_SOURCES = tests/fuzz/fuzz_lesson.c \
	tests/fuzz/memory_file.c tests/fuzz/memory_file.h
tests_fuzz_fuzz_lesson_LDADD = $(LESSON_LIBS)
tests_fuzz_fuzz_lesson_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_npy_SOURCES = tests/fuzz/fuzz_npy.c \
	tests/fuzz/memory_file.c tests/fuzz/memory_file.h
tests_fuzz_fuzz_npy_LDADD = $(DATA_LIBS)
tests_fuzz_fuzz_npy_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_npz_SOURCES = tests/fuzz/fuzz_npz.c \
	tests/fuzz/memory_file.c tests/fuzz/memory_file.h
tests_fuzz_fuzz_npz_LDADD = $(DATA_LIBS)
tests_fuzz_fuzz_npz_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_text_SOURCES = tests/fuzz/fuzz_text.c \
	tests/fuzz/memory_file.c tests/fuzz/memory_file.h
tests_fuzz_fuzz_text_LDADD = $(DATA_LIBS)
tests_fuzz_fuzz_text_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
endif

# Random statements, here and in NumPy; tests/differs says what may differ.
EXTRA_DIST += tests/differential.sh tests/differs \
	tests/differential/arguments.py \
	tests/differential/arrays.py \
	tests/differential/case.py \
	tests/differential/differs.py \
	tests/differential/generate.py \
	tests/differential/operations.py \
	tests/differential/run.py
TESTS += tests/differential.sh
