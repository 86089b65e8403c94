# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libscene.a
libscene_a_SOURCES =
