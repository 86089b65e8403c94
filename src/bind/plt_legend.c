/* SPDX-License-Identifier: GPL-3.0-or-later */
/* legend(): what the labels belong to. */
#include <stdlib.h>

#include "bind/natives.h"
#include "bind/plt_internal.h"

/* ------------------------------------------------------------------- legend()
 */

static const char *const places[] = {
    "best",         "upper right",  "upper left",  "lower left",
    "lower right",  "right",        "center left", "center right",
    "lower center", "upper center", "center",      NULL};

static bool read_place(struct plt_call *call, enum legend_place *ret,
                       struct error *err)
{
    struct value loc = plt_arg(call, "loc");
    int64_t number;
    int place = (int)*ret;
    if (value_as_int(loc, &number)) {
        if (number >= 0 && number <= 10)
            *ret = (enum legend_place)number;
        return true;
    }
    if (loc.kind == VALUE_TUPLE || loc.kind == VALUE_TENSOR)
        return true; /* a place of its own */
    if (!plt_choice(call, "loc", places, &place, err))
        return false;
    *ret = (enum legend_place)place;
    return true;
}

static bool takes_label(const struct artist *artist)
{
    return artist->kind != ARTIST_TEXT && artist->kind != ARTIST_IMAGE &&
           artist->kind != ARTIST_CONTOUR && artist->kind != ARTIST_ARROWS &&
           !(artist->label && *artist->label == '_');
}

/* The artist of a handle: a line, or the list of one that plot() returned. */
static struct artist *artist_of(struct value handle)
{
    if ((handle.kind == VALUE_LIST || handle.kind == VALUE_TUPLE) &&
        handle.sequence->count == 1)
        handle = handle.sequence->items[0];
    struct plt_item *item = plt_get_item(handle);
    return item ? item->artist : NULL;
}

static void set_label(struct artist *artist, struct value label)
{
    char *text = plt_to_text(label);
    figure_set_text(&artist->label, text);
    free(text);
}

/* LABELS, one after the other, to HANDLES, or to all artists. */
static bool name_artists(struct plt_call *call, struct value handles,
                         struct value labels, struct error *err)
{
    size_t count, handle_count = 0;
    struct value *items, *given = NULL;
    if (!interp_collect(call->interp, labels, &count, &items, err))
        return false;
    bool good =
        !slot_given(handles) ||
        interp_collect(call->interp, handles, &handle_count, &given, err);
    size_t next = 0;
    if (good && given)
        for (; next < count && next < handle_count; next++) {
            struct artist *artist = artist_of(given[next]);
            if (artist)
                set_label(artist, items[next]);
        }
    else if (good)
        for (int i = 0; i < call->axes->artist_count && next < count; i++)
            if (takes_label(call->axes->artists[i]))
                set_label(call->axes->artists[i], items[next++]);
    for (size_t i = 0; i < count; i++)
        value_unref(items[i]);
    for (size_t i = 0; i < handle_count; i++)
        value_unref(given[i]);
    free(items);
    free(given);
    return good;
}

static bool has_labels(const struct axes *axes)
{
    for (int i = 0; i < axes->artist_count; i++)
        if (axes->artists[i]->label && *axes->artists[i]->label != '_')
            return true;
    return false;
}

static void warn_of_nothing(struct plt_call *call)
{
    static const char text[] =
        "No artists with labels found to put in legend.  Note that artists "
        "whose label start with an underscore are ignored when legend() is "
        "called with no argument.\n";
    interp_write_error(call->interp, text, sizeof text - 1);
}

static bool call_legend(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    struct value args = plt_arg(call, "args");
    struct value handles = plt_arg(call, "handles");
    struct value labels = plt_arg(call, "labels"), title;
    size_t count = args.sequence->count;
    enum legend_place place = LEGEND_BEST;
    if (count > 2)
        return error_set(err, ERROR_TYPE, "Invalid arguments to legend.");
    if (count > 0)
        labels = args.sequence->items[count - 1];
    if (count == 2)
        handles = args.sequence->items[0];
    if (!read_place(call, &place, err) ||
        (slot_given(labels) && !name_artists(call, handles, labels, err)))
        return false;
    if (!has_labels(call->axes))
        warn_of_nothing(call);
    call->axes->has_legend = true;
    call->axes->legend = place;
    if (plt_given(call, "title", &title)) {
        char *text = plt_to_text(title);
        figure_set_text(&call->axes->legend_title, text);
        free(text);
    }
    *ret = plt_value(PLT_LEGEND, call->figure, call->axes, NULL);
    return true;
}

/* -------------------------------------------------------------------- rows */

static const struct param legend_params[] = {
    STARRED("args"),          KEYWORD("handles"),
    KEYWORD("labels"),        KEYWORD("loc"),
    KEYWORD("title"),         KEYWORD("fontsize"),
    KEYWORD("frameon"),       KEYWORD("ncol"),
    KEYWORD("ncols"),         KEYWORD("bbox_to_anchor"),
    KEYWORD("shadow"),        KEYWORD("fancybox"),
    KEYWORD("framealpha"),    KEYWORD("numpoints"),
    KEYWORD("prop"),          KEYWORD("title_fontsize"),
    KEYWORD("borderaxespad"), END_OF_PARAMS};

const struct plt_row plt_legend_rows[] = {
    {"legend", "legend", PLT_OF_AXES, call_legend, legend_params, NULL,
     "The box that tells what the labels belong to"},
    {.call = NULL}};
