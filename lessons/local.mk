# SPDX-License-Identifier: GPL-3.0-or-later
lessons_endir = $(pkgdatadir)/lessons/en
dist_lessons_en_DATA = \
	lessons/en/00-prompt.md

lessons_zh_CNdir = $(pkgdatadir)/lessons/zh_CN
dist_lessons_zh_CN_DATA = \
	lessons/zh_CN/00-prompt.md
