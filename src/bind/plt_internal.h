/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of plt share. */
#ifndef BIND_PLT_INTERNAL_H
#define BIND_PLT_INTERNAL_H

#include "autograd/op.h"
#include "bind/plt.h"

/* ---------------------------------------------------------------- figures */

struct plt_item;

/* A figure with what pyplot knows of it.  Counted: by the list of open
   figures and by the prompt's values. */
struct plt_figure {
    int refs;
    struct figure *figure;
    struct axes *current;    /* gca(), or NULL */
    struct axes *mapped;     /* what colorbar() explains: the axes and the */
    struct artist *mappable; /* artist in them, or NULL */
    struct plt_item *items;  /* the values that are part of it */
    struct opaque *object;   /* the value that it is, or NULL; not counted */
    char *name;              /* given in place of a number, or NULL */
};

struct plt_figure *plt_figure_ref(struct plt_figure *figure);
void plt_figure_unref(struct plt_figure *figure); /* NULL is fine */

/* The list of open figures, in plt_state.c. */
struct plt_figure *plt_open_figure(int64_t number); /* 0: the next free one */
struct plt_figure *plt_find_figure(int64_t number); /* NULL: none */
struct plt_figure *plt_find_figure_named(const char *name);
struct plt_figure *plt_current_figure(void); /* opened when there is none */
struct plt_figure *plt_figure_at(int index); /* by number; NULL at the end */
int plt_figure_count(void);
void plt_make_current(struct plt_figure *figure); /* opens it, if need be */
void plt_close_figure(struct plt_figure *figure);
void plt_close_all(void);
bool plt_is_open(const struct plt_figure *figure);
void plt_close_windows(int number); /* 0: all */
bool plt_show_figure(const struct plt_figure *figure, struct error *err);
/* All open ones; TAKE: and closes them. */
bool plt_show_all(bool take, struct error *err);

/* Those of SPAN, made when there are none there. */
struct axes *plt_add_axes(struct plt_figure *figure, struct axes_span span);
/* gca(): made when there are none. */
struct axes *plt_current_axes(struct plt_figure *figure);
/* Without any axes; values of those that it had are of nothing any more. */
void plt_clear_figure(struct plt_figure *figure);
void plt_clear_axes(struct plt_figure *figure, struct axes *axes);
void plt_remove_artist(struct plt_figure *figure, struct axes *axes,
                       struct artist *artist);
void plt_remove_axes(struct plt_figure *figure, struct axes *axes);

/* ----------------------------------------------------------------- values */

/* What kind of matplotlib's objects a value is. */
enum plt_class {
    PLT_AXES,
    PLT_LINE,
    PLT_IMAGE,
    PLT_POINTS,
    PLT_BARS,
    PLT_BAR, /* one of them */
    PLT_FILL,
    PLT_POLYGON,
    PLT_CONTOURS,
    PLT_LINES,
    PLT_TEXT,
    PLT_QUIVER,
    PLT_ARROW,
    PLT_LEGEND,
    PLT_COLORBAR,
    PLT_ERRORBARS,
    PLT_STEMS,
    PLT_WEDGE,
    PLT_TICK_X,
    PLT_TICK_Y,
    PLT_CLASSES
};

/* Part of a figure, as the prompt holds it. */
struct plt_item {
    enum plt_class class;
    struct plt_figure *figure; /* counted */
    struct axes *axes;         /* NULL: it is no longer part of it */
    struct artist *artist;     /* NULL: axes, or what is no artist */
    size_t index;              /* of a bar */
    char *text;                /* of PLT_TEXT: repr() is Text(x, y, text) */
    struct value x, y;
    struct opaque *object;
    struct plt_item *next;
};

/* Owned values; the same object for the same axes and artist. */
struct value plt_figure_value(struct plt_figure *figure);
struct value plt_axes_value(struct plt_figure *figure, struct axes *axes);
struct value plt_value(enum plt_class class, struct plt_figure *figure,
                       struct axes *axes, struct artist *artist);
/* ARTIST is NULL for titles, labels, the texts of ticks. */
struct value plt_text_value(struct plt_figure *figure, struct axes *axes,
                            struct artist *artist, struct value x,
                            struct value y, const char *text);

/* One of the bars of ARTIST. */
struct value plt_bar_value(struct plt_figure *figure, struct axes *axes,
                           struct artist *artist, size_t index);

/* Borrowed; NULL when VALUE is something else. */
struct plt_figure *plt_get_figure(struct value value);
struct plt_item *plt_get_item(struct value value);

/* ROWS × COLUMNS axes, as subplots() returns them: one row or column has one
   dimension. */
struct value plt_grid_value(struct plt_figure *figure, int rows, int columns,
                            struct axes *const *axes, bool is_squeezed);

struct value plt_colormap_value(const struct colormap *map);
const struct colormap *plt_get_colormap(struct value value);

/* ------------------------------------------------------------------ rows */

/* A call of one of the functions: of pyplot, on the current axes; of a method,
   on those whose it is. */
struct plt_call {
    struct interp *interp;
    const struct plt_row *row;
    struct plt_figure *figure;
    struct axes *axes;         /* NULL: the row wants none */
    struct plt_item *item;     /* of artists' methods */
    const struct value *slots; /* in the order of the row's parameters */
    bool of_pyplot;
};

typedef bool plt_function(struct plt_call *call, struct value *ret,
                          struct error *err);

enum plt_target {
    PLT_STATE,     /* nothing yet: figure(), show() */
    PLT_OF_FIGURE, /* the current figure, or a method of Figure */
    PLT_OF_AXES,   /* the current axes, or a method of Axes */
    PLT_OF_ARTIST  /* a method of what plot() and its like return */
};

/* One function: as plt.NAME, as METHOD of what it works on, or both. */
struct plt_row {
    const char *name;   /* in pyplot; NULL: only a method */
    const char *method; /* NULL: only in pyplot */
    enum plt_target target;
    plt_function *call;
    const struct param *params;
    const char *owner; /* whose property an unknown keyword would be:
                          "Line2D"; NULL: a TypeError */
    const char *doc;
};

extern const struct plt_row plt_artist_rows[], plt_axis_rows[], plt_bar_rows[],
    plt_contour_rows[], plt_error_rows[], plt_field_rows[], plt_figure_rows[],
    plt_hist_rows[], plt_image_rows[], plt_legend_rows[], plt_line_rows[],
    plt_point_rows[], plt_rule_rows[], plt_state_rows[], plt_subplot_rows[],
    plt_text_rows[], plt_tick_rows[];

/* Those of other modules: style.use(), matplotlib.use(), cm.get_cmap(). */
extern const struct plt_row plt_use_style_row, plt_use_backend_row,
    plt_get_colormap_row;

/* Every row in order; NULL at the end. */
const struct plt_row *plt_row_at(int index);

/* The method NAME of SELF, owned; false when TARGET has none. */
bool plt_find_method(enum plt_target target, struct value self,
                     const char *name, struct value *ret);
/* Their names and EXTRA ones, NULL-ended, made once and kept. */
const char *const *plt_method_names(enum plt_target target,
                                    const char *const *extra);

/* -------------------------------------------------------------- arguments */

#define REQUIRED(NAME)           \
    {                            \
        NAME, PARAM_ANY, 0, NULL \
    }
#define OPTIONAL(NAME, FALLBACK)     \
    {                                \
        NAME, PARAM_ANY, 0, FALLBACK \
    }
#define KEYWORD(NAME)                               \
    {                                               \
        NAME, PARAM_ANY, PARAM_KEYWORD_ONLY, "None" \
    }
#define KEYWORD_WITH(NAME, FALLBACK)                  \
    {                                                 \
        NAME, PARAM_ANY, PARAM_KEYWORD_ONLY, FALLBACK \
    }
#define STARRED(NAME)                     \
    {                                     \
        NAME, PARAM_ANY, PARAM_STAR, NULL \
    }
#define END_OF_PARAMS            \
    {                            \
        NULL, PARAM_ANY, 0, NULL \
    }

/* What every artist takes. */
#define ARTIST_PROPERTIES                                                      \
    KEYWORD("alpha"), KEYWORD("label"), KEYWORD("zorder"), KEYWORD("visible"), \
        KEYWORD("clip_on"), KEYWORD("rasterized")
#define LINE_PROPERTIES                                                       \
    KEYWORD("color"), KEYWORD("linestyle"), KEYWORD("linewidth"),             \
        KEYWORD("marker"), KEYWORD("markersize"), KEYWORD("markerfacecolor"), \
        KEYWORD("markeredgecolor"), KEYWORD("markeredgewidth"),               \
        KEYWORD("antialiased"), KEYWORD("drawstyle"), ARTIST_PROPERTIES
#define TEXT_PROPERTIES                                                   \
    KEYWORD("color"), KEYWORD("fontsize"), KEYWORD("fontweight"),         \
        KEYWORD("fontstyle"), KEYWORD("fontfamily"), KEYWORD("rotation"), \
        KEYWORD("horizontalalignment"), KEYWORD("verticalalignment"),     \
        KEYWORD("bbox"), KEYWORD("transform"), KEYWORD("wrap"),           \
        ARTIST_PROPERTIES

#define AREA_PROPERTIES                                               \
    KEYWORD("color"), KEYWORD("facecolor"), KEYWORD("edgecolor"),     \
        KEYWORD("linewidth"), KEYWORD("linestyle"), KEYWORD("hatch"), \
        ARTIST_PROPERTIES
#define FIGURE_PROPERTIES                                           \
    KEYWORD("facecolor"), KEYWORD("edgecolor"), KEYWORD("frameon"), \
        KEYWORD("tight_layout"), KEYWORD("constrained_layout"),     \
        KEYWORD("layout"), KEYWORD("clear")

/* The canonical name of a property that PARAMS has under it, NAME itself when
   there is no such alias. */
const char *plt_canonical(const struct param *params, const char *name);

/* call_bind() with aliases (c for color); SPREAD, owned, is the starred
   parameter's. */
bool plt_bind(const struct plt_row *row, const char *function,
              const struct call_args *args, struct value *slots,
              struct value *spread, struct error *err);

/* The argument called NAME; VALUE_UNDEFINED when it was not given, or when the
   row has no such parameter. */
struct value plt_arg(const struct plt_call *call, const char *name);
/* The same, and None counts as not given. */
bool plt_given(const struct plt_call *call, const char *name,
               struct value *ret);

/* RET keeps its value when nothing, or None, was given. */
bool plt_number(const struct plt_call *call, const char *name, double *ret,
                struct error *err);
bool plt_integer(const struct plt_call *call, const char *name, int64_t *ret,
                 struct error *err);
bool plt_flag(const struct plt_call *call, const char *name, bool *ret,
              struct error *err);
bool plt_string(const struct plt_call *call, const char *name, const char **ret,
                struct error *err); /* borrowed */
/* One of CHOICES (NULL-ended): its index.  ValueError "'x' is not a valid
   value for where; supported values are 'pre', 'post', 'mid'". */
bool plt_choice(const struct plt_call *call, const char *name,
                const char *const *choices, int *ret, struct error *err);
bool plt_bad_choice(const char *name, struct value value,
                    const char *const *choices, struct error *err);

bool plt_to_number(struct value value, double *ret, struct error *err);
/* "str(VALUE)", owned. */
char *plt_to_text(struct value value);
bool plt_to_color(struct value value, const char *name, struct color *ret,
                  struct error *err);
bool plt_to_colormap(struct value value, const char *name,
                     const struct colormap **ret, struct error *err);
bool plt_color(const struct plt_call *call, const char *name, struct color *ret,
               bool *given, struct error *err);
/* One for each of COUNT things, cycled, or *RET stays NULL: one colour, or
   none, was given; that goes to ONE.  *RET is owned. */
bool plt_colors(const struct plt_call *call, const char *name, size_t count,
                struct color *one, bool *given, struct color **ret,
                struct error *err);
/* COUNT numbers that must be there: limits, an extent. */
bool plt_tuple(struct value value, int count, double *ret, struct error *err);

/* As np.atleast_1d(VALUE); texts become their places on an axis of names,
   AXIS (NULL: no names are allowed).  Owned. */
struct tensor *plt_numbers(struct value value, struct axis *axis,
                           struct error *err);
/* The same as one row of numbers. */
struct series *plt_series(struct value value, struct axis *axis,
                          struct error *err);
/* LENGTH numbers of SERIES, which has one or as many; SERIES is taken. */
struct series *plt_stretch(struct series *series, size_t length,
                           struct error *err);
struct series *plt_indices(size_t count, struct error *err); /* 0, 1, 2… */
struct value plt_series_value(const struct series *series);
/* NAME of numpy, called with COUNT arguments. */
bool plt_call_numpy(struct interp *interp, const char *name, int count,
                    const struct value *values, struct value *ret,
                    struct error *err);

/* Label, alpha, z and the like. */
bool plt_read_artist(const struct plt_call *call, struct artist *artist,
                     struct error *err);
/* The properties of lines, *HAS_COLOR when one is given. */
bool plt_read_line(const struct plt_call *call, struct artist *artist,
                   bool *has_color, struct error *err);
/* edgecolor, facecolor, linewidth, linestyle. */
bool plt_read_edges(const struct plt_call *call, struct artist *artist,
                    struct error *err);
/* The same with color, and what every artist has. */
bool plt_read_area(const struct plt_call *call, struct artist *artist,
                   struct error *err);
/* cmap, vmin, vmax; the limits from VALUES where none are given. */
bool plt_read_scale(const struct plt_call *call, const struct series *values,
                    struct color_scale *scale, struct error *err);
bool plt_to_style(struct value value, const char *name, enum line_style *ret,
                  struct error *err);
bool plt_to_marker(struct value value, char *ret, struct error *err);

/* ----------------------------------------------------------- rc settings */

struct plt_settings {
    double width, height; /* figure.figsize */
    double dpi, file_dpi; /* 0: as the figure */
    double line_width, marker_size, font_size;
    char *colormap;
    bool grid;
};
extern struct plt_settings plt_settings;
struct value plt_settings_value(void); /* rcParams */
void plt_settings_reset(void);

/* ------------------------------------------------------- shared builders */

/* The data limits as they are drawn: x's low and high, y's. */
bool plt_limits(const struct plt_figure *figure, const struct axes *axes,
                double ret[4], struct error *err);
/* The open figure that num=… of the call asks for, or a new one, with the
   call's size and colours; borrowed. */
struct plt_figure *plt_make_figure(struct plt_call *call, struct error *err);

/* A line with the call's properties over FORMAT (or NULL), its colour the next
   of the cycle when none is given. */
struct artist *plt_styled_line(struct plt_call *call, const char *format,
                               struct error *err);
/* The call's x and y, of one length. */
bool plt_read_xy(struct plt_call *call, struct series **x, struct series **y,
                 struct error *err);
/* 0, 1, 2… below each other. */
struct tensor *plt_count_rows(int64_t count, struct error *err);
/* false: "x and y WHAT, but have shapes (3,) and (2,)". */
bool plt_shapes_differ(const struct tensor *x, const struct tensor *y,
                       const char *what, struct error *err);
/* Without data, and without edges. */
struct artist *plt_new_bars(bool is_horizontal);

/* What the data itself takes: low and high of x, of y; without margins. */
bool plt_data_limits(const struct axes *axes, double ret[4]);
/* These places and no others, TICKS is taken; without labels. */
void plt_set_ticks(struct axis *axis, struct series *ticks);
/* The next colour of what is filled. */
struct color plt_next_fill(struct axes *axes);

#endif
