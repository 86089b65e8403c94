/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plt.rcParams: the settings that figures begin with. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "bind/natives.h"
#include "bind/plt_internal.h"

struct plt_settings plt_settings;

enum setting_kind { KIND_NUMBER, KIND_FLAG, KIND_SIZE, KIND_MAP };

static const struct setting {
    const char *name;
    enum setting_kind kind;
    void *place;
} settings[] = {
    {"axes.grid", KIND_FLAG, &plt_settings.grid},
    {"figure.dpi", KIND_NUMBER, &plt_settings.dpi},
    {"figure.figsize", KIND_SIZE, &plt_settings.width},
    {"font.size", KIND_NUMBER, &plt_settings.font_size},
    {"image.cmap", KIND_MAP, &plt_settings.colormap},
    {"lines.linewidth", KIND_NUMBER, &plt_settings.line_width},
    {"lines.markersize", KIND_NUMBER, &plt_settings.marker_size},
    {"savefig.dpi", KIND_NUMBER, &plt_settings.file_dpi},
};

enum { SETTINGS = sizeof settings / sizeof *settings };

/* Those of matplotlib that change nothing here. */
static const char *const ignored[] = {
    "axes.facecolor",      "axes.labelsize",     "axes.prop_cycle",
    "axes.titlesize",      "axes.unicode_minus", "figure.autolayout",
    "figure.facecolor",    "font.family",        "font.sans-serif",
    "image.interpolation", "legend.fontsize",    "text.usetex",
    "xtick.labelsize",     "ytick.labelsize",    NULL};

void plt_settings_reset(void)
{
    free(plt_settings.colormap);
    plt_settings = (struct plt_settings){.width = 6.4,
                                         .height = 4.8,
                                         .dpi = 100,
                                         .line_width = 1.5,
                                         .marker_size = 6,
                                         .font_size = 10,
                                         .colormap = xstrdup("viridis")};
}

static const struct setting *find(struct value key)
{
    for (int i = 0; key.kind == VALUE_STRING && i < SETTINGS; i++)
        if (!strcmp(settings[i].name, key.string->text))
            return &settings[i];
    return NULL;
}

static bool is_ignored(struct value key)
{
    for (int i = 0; key.kind == VALUE_STRING && ignored[i]; i++)
        if (!strcmp(ignored[i], key.string->text))
            return true;
    return false;
}

static struct value setting_value(const struct setting *setting)
{
    const double *number = setting->place;
    struct value size[2];
    switch (setting->kind) {
    case KIND_FLAG:
        return value_bool(*(bool *)setting->place);
    case KIND_MAP:
        return value_string(*(char **)setting->place);
    case KIND_SIZE:
        size[0] = value_float(number[0]);
        size[1] = value_float(number[1]);
        return value_list(2, size);
    default:
        return number == &plt_settings.file_dpi && *number == 0
                   ? value_string("figure")
                   : value_float(*number);
    }
}

static bool set_map(const char *name, struct value value, struct error *err)
{
    const struct colormap *map;
    if (!plt_to_colormap(value, name, &map, err))
        return false;
    char *copy = xstrdup(colormap_name(map));
    free(plt_settings.colormap);
    plt_settings.colormap = copy;
    return true;
}

static bool set_setting(const struct setting *setting, struct value value,
                        struct error *err)
{
    double *number = setting->place, size[2];
    switch (setting->kind) {
    case KIND_FLAG:
        return value_truth(value, setting->place, err);
    case KIND_MAP:
        return set_map(setting->name, value, err);
    case KIND_SIZE:
        if (!plt_tuple(value, 2, size, err))
            return false;
        if (!(size[0] > 0 && size[1] > 0))
            return error_set(err, ERROR_VALUE,
                             "figure size must be positive finite not "
                             "(%.12g, %.12g)",
                             size[0], size[1]);
        memcpy(number, size, sizeof size);
        return true;
    default:
        return plt_to_number(value, number, err);
    }
}

static bool unknown(struct value key, struct error *err)
{
    char *text = plt_to_text(key);
    struct suggestion nearest = suggestion_for(text);
    for (int i = 0; i < SETTINGS; i++)
        suggestion_consider(&nearest, settings[i].name);
    error_set(err, ERROR_KEY,
              "%s is not a valid rc parameter (see rcParams.keys() for a list "
              "of valid parameters)",
              text);
    if (nearest.best)
        error_hint(err, _("did you mean '%s'?"), nearest.best);
    free(text);
    return false;
}

static bool missing(struct value key, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    value_repr(key, &text);
    error_set(err, ERROR_KEY, "%s", text.text);
    strbuf_done(&text);
    return false;
}

/* ------------------------------------------------------------ the mapping */

static bool get_item(struct interp *interp, struct value self, struct value key,
                     struct value *ret, struct error *err)
{
    const struct setting *setting = find(key);
    (void)interp;
    (void)self;
    if (setting)
        *ret = setting_value(setting);
    else if (is_ignored(key))
        *ret = value_none();
    else
        return missing(key, err);
    return true;
}

static bool set_item(struct interp *interp, struct value self, struct value key,
                     struct value value, struct error *err)
{
    const struct setting *setting = find(key);
    (void)interp;
    (void)self;
    if (setting)
        return set_setting(setting, value, err);
    return is_ignored(key) || unknown(key, err);
}

static bool iterate(struct interp *interp, struct value self, struct value *ret,
                    struct error *err)
{
    struct value names = value_list(0, NULL);
    (void)self;
    for (int i = 0; i < SETTINGS; i++) {
        struct value name = value_string(settings[i].name);
        list_append(names.sequence, name);
        value_unref(name);
    }
    bool good = interp_iterate(interp, names, ret, err);
    value_unref(names);
    return good;
}

static const struct param update_params[] = {
    REQUIRED("self"), REQUIRED("settings"), END_OF_PARAMS};
static const struct param self_params[] = {REQUIRED("self"), END_OF_PARAMS};

NATIVE(call_update)
{
    struct value slots[2], key, value;
    if (!native_bind(native, args, slots, err))
        return false;
    if (slots[1].kind != VALUE_DICT)
        return error_set(err, ERROR_TYPE, "'%s' object is not iterable",
                         value_type_name(slots[1]));
    for (size_t i = 0; dict_next(slots[1].dict, &i, &key, &value);)
        if (!set_item(interp, slots[0], key, value, err))
            return false;
    *ret = value_none();
    return true;
}

NATIVE(call_keys)
{
    struct value slots[1], iterator;
    size_t count;
    struct value *items;
    if (!native_bind(native, args, slots, err) ||
        !iterate(interp, slots[0], &iterator, err))
        return false;
    bool good = interp_collect(interp, iterator, &count, &items, err);
    value_unref(iterator);
    if (!good)
        return false;
    *ret = value_list_take(count, items);
    free(items);
    return true;
}

static struct native methods[] = {
    FUNCTION_ROW("keys", call_keys, self_params, "The names of the settings"),
    FUNCTION_ROW("update", call_update, update_params,
                 "Changes several settings at once"),
    {.name = NULL}};

static bool get_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err)
{
    (void)interp;
    return native_method(methods, self, name, ret) ||
           error_set(err, ERROR_ATTRIBUTE,
                     "'RcParams' object has no attribute '%s'", name);
}

static void repr(void *data, struct strbuf *sb)
{
    (void)data;
    strbuf_adds(sb, "RcParams({");
    for (int i = 0; i < SETTINGS; i++) {
        struct value value = setting_value(&settings[i]);
        strbuf_addf(sb, "%s'%s': ", i ? ",\n          " : "", settings[i].name);
        value_repr(value, sb);
        value_unref(value);
    }
    strbuf_adds(sb, "})");
}

static void free_nothing(void *data)
{
    (void)data;
}

static const char *const names[] = {"keys", "update", NULL};

static const struct native_type settings_type = {
    .name = "RcParams",
    .free = free_nothing,
    .repr = repr,
    .get_attribute = get_attribute,
    .get_item = get_item,
    .set_item = set_item,
    .iterate = iterate,
    .attributes = names,
};

struct value plt_settings_value(void)
{
    return value_opaque(&settings_type, NULL);
}
