# SPDX-License-Identifier: GPL-3.0-or-later
lessons_endir = $(pkgdatadir)/lessons/en
dist_lessons_en_DATA = \
	lessons/en/00-prompt.md \
	lessons/en/01-first-network.md \
	lessons/en/02-tensors.md \
	lessons/en/03-shape-dtype.md \
	lessons/en/04-slicing.md \
	lessons/en/05-data.md \
	lessons/en/06-elementwise.md \
	lessons/en/07-broadcasting.md \
	lessons/en/08-dot.md \
	lessons/en/09-reshape.md \
	lessons/en/10-geometry.md \
	lessons/en/11-derivative.md \
	lessons/en/12-gradient.md \
	lessons/en/13-descent.md \
	lessons/en/14-chain-rule.md \
	lessons/en/15-from-scratch.md \
	lessons/en/16-mnist-understood.md \
	lessons/en/17-draw.md

lessons_zh_CNdir = $(pkgdatadir)/lessons/zh_CN
EXTRA_DIST += lessons/mark-translations
dist_lessons_zh_CN_DATA = \
	lessons/zh_CN/00-prompt.md \
	lessons/zh_CN/01-first-network.md \
	lessons/zh_CN/02-tensors.md \
	lessons/zh_CN/03-shape-dtype.md \
	lessons/zh_CN/04-slicing.md \
	lessons/zh_CN/05-data.md \
	lessons/zh_CN/06-elementwise.md \
	lessons/zh_CN/07-broadcasting.md \
	lessons/zh_CN/08-dot.md \
	lessons/zh_CN/09-reshape.md \
	lessons/zh_CN/10-geometry.md \
	lessons/zh_CN/11-derivative.md \
	lessons/zh_CN/12-gradient.md \
	lessons/zh_CN/13-descent.md \
	lessons/zh_CN/14-chain-rule.md \
	lessons/zh_CN/15-from-scratch.md \
	lessons/zh_CN/16-mnist-understood.md \
	lessons/zh_CN/17-draw.md
