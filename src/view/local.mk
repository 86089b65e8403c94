# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libview.a
libview_a_SOURCES = \
	src/view/arrow.c \
	src/view/arrow.h \
	src/view/artist.c \
	src/view/artist.h \
	src/view/artist_class.c \
	src/view/artist_class.h \
	src/view/artist_format.c \
	src/view/axis_map.c \
	src/view/axis_map.h \
	src/view/color.c \
	src/view/color.h \
	src/view/color_names.c \
	src/view/color_names.h \
	src/view/colorbar.c \
	src/view/colorbar.h \
	src/view/colormap.c \
	src/view/contour.c \
	src/view/contour.h \
	src/view/contour_band.c \
	src/view/contour_levels.c \
	src/view/decoration.c \
	src/view/decoration.h \
	src/view/raster.c \
	src/view/raster.h \
	src/view/display.c \
	src/view/display.h \
	src/view/extent.c \
	src/view/extent.h \
	src/view/figure.c \
	src/view/figure.h \
	src/view/formula.c \
	src/view/formula.h \
	src/view/grid.c \
	src/view/grid.h \
	src/view/layout.c \
	src/view/layout.h \
	src/view/legend.c \
	src/view/legend.h \
	src/view/legend_place.c \
	src/view/limits.c \
	src/view/looks.h \
	src/view/marker.c \
	src/view/marker.h \
	src/view/paint.c \
	src/view/paint.h \
	src/view/paint_arrows.c \
	src/view/paint_axes.c \
	src/view/paint_axes.h \
	src/view/paint_bars.c \
	src/view/paint_contour.c \
	src/view/paint_fill.c \
	src/view/paint_image.c \
	src/view/paint_line.c \
	src/view/paint_points.c \
	src/view/paint_rule.c \
	src/view/paint_text.c \
	src/view/painter.c \
	src/view/painter.h \
	src/view/picture.h \
	src/view/picture_file.c \
	src/view/picture_terminal.c \
	src/view/polyline.c \
	src/view/polyline.h \
	src/view/scene.c \
	src/view/scene.h \
	src/view/scene_figure.c \
	src/view/series.c \
	src/view/series.h \
	src/view/text.c \
	src/view/text.h \
	src/view/ticks.c \
	src/view/ticks.h \
	src/view/ticks_label.c \
	src/view/ticks_linear.c \
	src/view/ticks_log.c \
	src/view/window.c \
	src/view/window.h \
	src/view/window_item.c \
	src/view/window_item.h \
	src/view/window_painter.c \
	src/view/window_painter.h \
	src/view/window_protocol.h

# What shows the windows; the only program that knows SDL.
pkglibexec_PROGRAMS += tensor-windows
tensor_windows_SOURCES = \
	src/view/sdl_input.c \
	src/view/sdl_input.h \
	src/view/sdl_main.c \
	src/view/sdl_window.c \
	src/view/sdl_window.h \
	src/view/sdl_x11.c \
	src/view/sdl_x11.h \
	src/view/window_protocol.h
tensor_windows_CPPFLAGS = $(AM_CPPFLAGS) $(SDL_CFLAGS)
tensor_windows_LDFLAGS = $(AM_LDFLAGS) -Wl,--as-needed
tensor_windows_LDADD = $(BASE_LIBS) $(SDL_LIBS)
