# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += librepl.a
librepl_a_SOURCES = \
	src/repl/color.c \
	src/repl/color.h \
	src/repl/command.c \
	src/repl/command.h \
	src/repl/command_files.c \
	src/repl/command_files.h \
	src/repl/command_help.c \
	src/repl/command_help.h \
	src/repl/command_session.c \
	src/repl/command_session.h \
	src/repl/command_train.c \
	src/repl/command_train.h \
	src/repl/completion.c \
	src/repl/completion.h \
	src/repl/entry.c \
	src/repl/entry.h \
	src/repl/history.c \
	src/repl/history.h \
	src/repl/journal.c \
	src/repl/journal.h \
	src/repl/loop.c \
	src/repl/loop.h \
	src/repl/output.c \
	src/repl/output.h \
	src/repl/paste.c \
	src/repl/paste.h \
	src/repl/progress.c \
	src/repl/progress.h \
	src/repl/prompt.c \
	src/repl/prompt.h \
	src/repl/run.c \
	src/repl/run.h \
	src/repl/session.c \
	src/repl/session.h \
	src/repl/settings.c \
	src/repl/settings.h \
	src/repl/signals.c \
	src/repl/signals.h \
	src/repl/size_text.c \
	src/repl/size_text.h \
	src/repl/terminal.c \
	src/repl/terminal.h \
	src/repl/wake.c \
	src/repl/wake.h
