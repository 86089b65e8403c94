# SPDX-License-Identifier: GPL-3.0-or-later
# Texts in tables are translated, too: po/tables.c is what xgettext sees of
# them.  After a change of texts: make update-texts && make -C po update-po.
noinst_PROGRAMS += po/texts
po_texts_SOURCES = po/texts.c
po_texts_LDADD = $(REPL_LIBS)
EXTRA_DIST += po/tables.c
.PHONY: update-texts
update-texts: po/texts$(EXEEXT)
	po/texts$(EXEEXT) >$(srcdir)/po/tables.c

# Catalogs for the program that is not installed.
noinst_DATA = locale/zh_CN/LC_MESSAGES/tensor.mo
CLEANFILES += $(noinst_DATA)
locale/zh_CN/LC_MESSAGES/tensor.mo: $(srcdir)/po/zh_CN.po
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(GMSGFMT) -o $@ $(srcdir)/po/zh_CN.po
