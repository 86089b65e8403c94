# SPDX-License-Identifier: GPL-3.0-or-later
# What a program links that uses a layer: the layer's library and those below.
BASE_LIBS = libbase.a
TENSOR_LIBS = libtensor.a $(BASE_LIBS)
OPS_LIBS = libops.a libautograd.a $(TENSOR_LIBS)
NN_LIBS = libnn.a $(OPS_LIBS)
DATA_LIBS = libdata.a $(TENSOR_LIBS)
LANG_LIBS = liblang.a libautograd.a $(TENSOR_LIBS)
LESSON_LIBS = liblesson.a $(LANG_LIBS)
VIEW_LIBS = libview.a $(TENSOR_LIBS) $(PANGO_LIBS) $(CAIRO_LIBS) \
	$(CHAFA_LIBS)
SCENE_LIBS = libscene.a libnn.a libdata.a libops.a libautograd.a $(VIEW_LIBS)
BIND_LIBS = libbind.a liblang.a libnn.a libdata.a libops.a libautograd.a \
	$(VIEW_LIBS)
REPL_LIBS = librepl.a libscene.a liblesson.a $(BIND_LIBS) $(READLINE_LIBS)

EXTRA_DIST += src/README.md
tensor_SOURCES = src/main.c
tensor_LDADD = $(REPL_LIBS)
