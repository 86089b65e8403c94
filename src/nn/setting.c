/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/setting.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tensor/format.h"

/* -------------------------------------------------------------- numbers */

static double fallback_number(const char *text)
{
    if (!text || !strcmp(text, "None"))
        return NAN;
    if (!strcmp(text, "True"))
        return 1.0;
    return strcmp(text, "False") ? strtod(text, NULL) : 0.0;
}

void number_settings_reset(const struct number_setting *rows, double *numbers)
{
    for (; rows->name; rows++)
        *numbers++ = fallback_number(rows->fallback);
}

int number_setting_find(const struct number_setting *rows, const char *name)
{
    for (int i = 0; rows[i].name; i++)
        if (!strcmp(rows[i].name, name))
            return i;
    return -1;
}

void number_setting_format(const struct number_setting *row, double number,
                           struct strbuf *sb)
{
    bool is_flag = row->fallback && (!strcmp(row->fallback, "True") ||
                                     !strcmp(row->fallback, "False"));
    if (isnan(number))
        strbuf_adds(sb, "None");
    else if (is_flag)
        strbuf_adds(sb, number != 0.0 ? "True" : "False");
    else
        double_repr(number, sb);
}

/* ------------------------------------------------------------- a layer's */

/* 'relu' without its quotes, into NAME. */
static const char *unquoted(const char *text, char *name, size_t size)
{
    snprintf(name, size, "%.*s", (int)strlen(text) - 2, text + 1);
    return name;
}

static void reset(const struct layer_setting *row, void *place)
{
    struct error err = ERROR_INIT;
    const char *text = row->fallback;
    bool none = !strcmp(text, "None");
    char name[40];
    switch (row->kind) {
    case SETTING_SIZE:
        *(int64_t *)place = strtoll(text, NULL, 10);
        break;
    case SETTING_NUMBER:
    case SETTING_SHARE:
        *(double *)place = strtod(text, NULL);
        break;
    case SETTING_FLAG:
        *(bool *)place = !strcmp(text, "True");
        break;
    case SETTING_PAIR:
        sscanf(text, "(%" SCNd64 ", %" SCNd64 ")", (int64_t *)place,
               (int64_t *)place + 1);
        break;
    case SETTING_PADDING:
        *(bool *)place = !strcmp(text, "'same'");
        break;
    case SETTING_ACTIVATION:
        *(const struct activation **)place = activation_find(
            none ? "linear" : unquoted(text, name, sizeof name), &err);
        break;
    case SETTING_INITIALIZER:
        initializer_find(unquoted(text, name, sizeof name), place, &err);
        break;
    case SETTING_STRIDES: /* 0: as the window */
    case SETTING_SHAPE:
    case SETTING_REGULARIZER:
        break;
    }
    assert(err.kind == ERROR_NONE);
}

void settings_reset(const struct layer_setting *rows,
                    struct layer_settings *settings)
{
    for (; rows->name; rows++)
        if (rows->fallback)
            reset(rows, (char *)settings + rows->offset);
}
