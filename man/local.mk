# SPDX-License-Identifier: GPL-3.0-or-later
# The lists of commands and functions come from the program's own tables.
noinst_PROGRAMS += man/reference
man_reference_SOURCES = man/reference.c
man_reference_LDADD = $(REPL_LIBS)

man_MANS = man/tensor.1 man/tensor-lesson.5
man1_zh_CNdir = $(mandir)/zh_CN/man1
nodist_man1_zh_CN_DATA = man/zh_CN/tensor.1
EXTRA_DIST += man/tensor.1.in man/tensor.zh_CN.1.in man/tensor-lesson.5
CLEANFILES += man/tensor.1 man/zh_CN/tensor.1

# $(fill_man) TEMPLATE [LANGUAGE]: the page with the lists in their places
fill_man = fill() { \
	man/reference$(EXEEXT) commands $$2 >$@-commands && \
	man/reference$(EXEEXT) functions $$2 >$@-functions && \
	$(SED) -e 's/@VERSION@/$(PACKAGE_VERSION)/' \
		-e '/^@COMMANDS@$$/{r $@-commands' -e 'd;}' \
		-e '/^@FUNCTIONS@$$/{r $@-functions' -e 'd;}' \
		$$1 >$@-t && rm $@-commands $@-functions && mv $@-t $@; }; fill
man/tensor.1: $(srcdir)/man/tensor.1.in man/reference$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) man && $(fill_man) $(srcdir)/man/tensor.1.in
man/zh_CN/tensor.1: $(srcdir)/man/tensor.zh_CN.1.in man/reference$(EXEEXT) \
		locale/zh_CN/LC_MESSAGES/tensor.mo
	$(AM_V_GEN)$(MKDIR_P) man/zh_CN && \
		$(fill_man) $(srcdir)/man/tensor.zh_CN.1.in zh_CN
