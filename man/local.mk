# SPDX-License-Identifier: GPL-3.0-or-later
# The lists of commands and functions come from the program's own tables.
noinst_PROGRAMS += man/reference
man_reference_SOURCES = man/reference.c
man_reference_LDADD = $(REPL_LIBS)

man_MANS = man/tensor.1 man/tensor-lesson.5
EXTRA_DIST += man/tensor.1.in man/tensor-lesson.5
CLEANFILES += man/tensor.1 man/commands.list man/functions.list
man/tensor.1: $(srcdir)/man/tensor.1.in man/reference$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) man && \
	man/reference$(EXEEXT) commands >man/commands.list && \
	man/reference$(EXEEXT) functions >man/functions.list && \
	$(SED) -e 's/@VERSION@/$(PACKAGE_VERSION)/' \
		-e '/^@COMMANDS@$$/{r man/commands.list' -e 'd;}' \
		-e '/^@FUNCTIONS@$$/{r man/functions.list' -e 'd;}' \
		$(srcdir)/man/tensor.1.in >$@-t && mv $@-t $@
